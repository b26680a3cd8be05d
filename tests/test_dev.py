"""`dev.py`: clear words where a machine is not ready, and every command shown before it runs."""

import ast
import importlib.util
import socket
import subprocess
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / "dev.py"


@pytest.fixture
def dev():
    spec = importlib.util.spec_from_file_location("dev", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_stands_on_the_standard_library_alone():
    nodes = list(ast.walk(ast.parse(FILE.read_text())))
    imported = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_old_python_is_told_what_is_needed(dev, monkeypatch):
    monkeypatch.setattr(dev.sys, "version_info", (3, 8, 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.8"):
        dev.require_python()


def test_an_old_python_can_read_the_file_that_tells_it():
    ast.parse(FILE.read_text(), feature_version=(3, 7))


def test_a_python_without_venv_is_told_how_to_get_it(dev, monkeypatch):
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        dev.require_python()


def test_a_port_that_is_taken_is_told_before_anything_is_installed(dev, monkeypatch):
    monkeypatch.setattr(dev, "install", lambda *files: pytest.fail("too late"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} cannot be served on.*--port"):
            dev.demo(port, serve=True)


def test_a_port_that_does_not_exist_is_told_too(dev):
    with pytest.raises(SystemExit, match="Port 99999 cannot be served on"):
        dev.demo(99999, serve=True)


def test_a_command_is_shown_before_it_runs(dev, capfd):
    dev.show_and_run([sys.executable, "-c", "print('ran')"], {"DEBUG": "1"})
    shown, ran = capfd.readouterr().out.splitlines()
    assert shown.startswith("$ DEBUG=1 ")
    assert ran == "ran"


def test_secrets_and_other_settings_are_not_printed(dev, capfd):
    dev.show_and_run([sys.executable, "-c", ""], {"SECRET_KEY": "hidden-key"})
    assert "hidden-key" not in capfd.readouterr().out


def test_a_command_that_fails_stops_it(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "lock", lambda: dev.show_and_run([sys.executable, "-c", "exit(3)"]))
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "lock"])
    assert dev.main() == 3
    assert "ended with 3" in capsys.readouterr().out


def test_requirements_are_installed_once_until_they_change(dev, monkeypatch, tmp_path):
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "HERE", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "show_and_run", lambda command, environment=None: ran.append(command))
    (tmp_path / "requirements.txt").write_text("a==1")
    dev.install("requirements.txt")
    dev.install("requirements.txt")
    assert len(ran) == 1
    (tmp_path / "requirements.txt").write_text("a==2")
    dev.install("requirements.txt")
    assert len(ran) == 2


def test_the_test_command_fails_in_ci_without_postgresql(dev, monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    with pytest.raises(SystemExit, match="TEST_DATABASE_URL is not set"):
        dev.test_on_postgresql([])


def test_the_benchmark_is_given_its_own_options(dev, monkeypatch):
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "install", lambda *files: None)
    monkeypatch.setattr(dev, "show_and_run", lambda command, environment=None: ran.append(command))
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "bench", "--documents", "500", "--help"])
    assert dev.main() == 0
    assert ran[0][1:] == ["-m", "benchmarks", "--documents", "500", "--help"]


def test_other_commands_refuse_what_they_do_not_know(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "lock", "--documents", "500"])
    with pytest.raises(SystemExit):
        dev.main()
    assert "unrecognized arguments: --documents 500" in capsys.readouterr().err


def test_help_names_both_commands():
    shown = subprocess.run([sys.executable, FILE, "--help"], capture_output=True, text=True)
    assert "demo" in shown.stdout
    assert "test" in shown.stdout

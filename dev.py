#!/usr/bin/env python3
"""Two commands for a fresh machine, on nothing but Python's standard library.

    python3 dev.py demo         a searchable archive in your browser
    python3 dev.py test         everything that must hold before a change lands
    python3 dev.py bench        how fast it is beside other engines (bench --help says more)
    python3 dev.py faults       what befalls disks and processes, by the thousand (--help says more)
    python3 dev.py translate    bring what is said in other languages up to date
    python3 dev.py lock         pin the requirements again, with hashes

Each command that is run is printed first, so that you can run it yourself.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
NEEDED = (3, 11)
# A process for each processor. The tests of a file stay together: what they share is made once.
# The files come in the order that tests/conftest.py gives them, not those of few tests last.
PYTEST = ("pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
DEMO = {"DEBUG": "1"}
QUIETLY = {"DJANGO_RUNSERVER_HIDE_WARNING": "true"}
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-the-check-" + "x" * 50,
    "ALLOWED_HOSTS": "archive.example",
}
SEARCHES = (
    ("harbour bridge", "two words, and how they fared over twenty years"),
    ('"not one more winter"', "a quotation"),
    ("flood date:1993..1995", "a word in a range of years"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    demo_options = commands.add_parser("demo", help="a searchable archive in your browser")
    demo_options.add_argument("--port", type=int, default=8000)
    demo_options.add_argument("--no-serve", action="store_true", help="prepare all, then stop")
    test_options = commands.add_parser("test", help="all checks and tests")
    test_options.add_argument("pytest", nargs="*", help="passed to pytest: tests/search -k facet")
    commands.add_parser("bench", help="how fast it is beside other engines", add_help=False)
    commands.add_parser("faults", help="long runs that try to break what must hold", add_help=False)
    commands.add_parser("translate", help="bring what is said in other languages up to date")
    commands.add_parser("lock", help="pin the requirements again")
    options, others = parser.parse_known_args()
    if others and options.command not in ("bench", "faults"):
        parser.error(f"unrecognized arguments: {shlex.join(others)}")
    try:
        require_python()
        if options.command == "demo":
            demo(options.port, serve=not options.no_serve)
        elif options.command == "test":
            test(options.pytest)
        elif options.command == "bench":
            bench(others)
        elif options.command == "faults":
            faults(others)
        elif options.command == "translate":
            translate()
        else:
            lock()
    except subprocess.CalledProcessError as error:
        print(f"\nStopped: {shlex.join(map(str, error.cmd))} ended with {error.returncode}.")
        return error.returncode
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    return 0


def require_python() -> None:
    if sys.version_info < NEEDED:
        sys.exit(
            "Backfile needs Python {}.{} or newer; this is {}.{}. Install a newer python3 "
            "and run this again with it.".format(*NEEDED, *sys.version_info[:2])
        )
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        sys.exit(
            "This Python comes without venv. On Debian and Ubuntu: sudo apt install python3-venv."
        )


def require_port(port: int) -> None:
    """Before anything is installed rather than after everything is."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        sys.exit(
            f"Port {port} cannot be served on ({error}); perhaps this demo is running there "
            "already. Choose another: python3 dev.py demo --port 8001"
        )


def demo(port: int, *, serve: bool) -> None:
    if serve:
        require_port(port)
    install("requirements.txt")
    manage("migrate", "--verbosity", "0")
    manage("import_articles", "sample/people.jsonl", "sample/articles.jsonl")
    manage("index_worker", "--once")
    print_welcome(port)
    manage("make_editor", "--group", "chief")
    if serve:
        manage("runserver", f"127.0.0.1:{port}", environment=DEMO | QUIETLY)


def print_welcome(port: int) -> None:
    from urllib.parse import quote_plus

    site = f"http://127.0.0.1:{port}"
    print(f"\nThe Port Almond Courier, 1989 to 2009: {site}/\n\nThree searches worth trying:")
    for query, why in SEARCHES:
        print(f"  {site}/search/?q={quote_plus(query)}\n      {query} ({why})")
    print(f"\nThe editors' desk: {site}/admin/", flush=True)


def test(pytest_arguments: list[str]) -> None:
    install("requirements.txt", "requirements-dev.txt")
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")
    run("mypy")
    run("lint-imports")
    manage("makemigrations", "--check", "--dry-run")
    manage("check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION)
    run(*PYTEST, *pytest_arguments)
    test_on_postgresql(pytest_arguments)


def test_on_postgresql(pytest_arguments: list[str]) -> None:
    """Those that ask a database, on PostgreSQL at TEST_DATABASE_URL; always in CI."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if url:
        chosen = ("-m", "database and not browser")
        run(*PYTEST, *chosen, *pytest_arguments, environment={"DATABASE_URL": url})
    elif os.environ.get("CI") == "true":
        sys.exit("TEST_DATABASE_URL is not set, and in CI the PostgreSQL tests must run.")
    else:
        print(
            "\nSkipped the tests on PostgreSQL: set TEST_DATABASE_URL="
            "postgres://user:password@host:port/name (a role that may create databases)."
        )


def bench(arguments: list[str]) -> None:
    install("requirements.txt", "requirements-dev.txt")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    show_and_run([str(PYTHON), "-m", "benchmarks", *arguments], DEMO | settings)


def faults(arguments: list[str]) -> None:
    install("requirements.txt", "requirements-dev.txt")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    show_and_run([str(PYTHON), "-m", "tests.faults", *arguments], DEMO | settings)


def translate() -> None:
    install("requirements.txt", "requirements-dev.txt")
    show_and_run([str(PYTHON), "-m", "catalogues"])


def lock() -> None:
    install("requirements.txt", "requirements-dev.txt")
    for name in ("requirements", "requirements-dev", "requirements-spacy"):
        options = (
            "--generate-hashes",
            "--strip-extras",
            "--allow-unsafe",
            "--no-header",
            "--no-emit-find-links",
        )
        run("pip-compile", "--quiet", *options, "-o", f"{name}.txt", f"{name}.in")


def install(*files: str) -> None:
    """Make .venv hold what the files pin. Quick when it was done before and nothing changed."""
    if not PYTHON.exists():
        show_and_run([sys.executable, "-m", "venv", str(VENV)])
    for file in files:
        stamp = VENV / f".installed-{file}"
        wanted = hashlib.sha256((HERE / file).read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            options = ("--quiet", "--disable-pip-version-check", "--require-hashes", "-r", file)
            show_and_run([str(PYTHON), "-m", "pip", "install", *options])
            stamp.write_text(wanted)


def run(program: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run a program that the requirements brought into .venv."""
    show_and_run([str(VENV / "bin" / program), *arguments], environment)


def manage(*arguments: str, environment: dict[str, str] | None = None) -> None:
    show_and_run([str(PYTHON), "manage.py", *arguments], environment or DEMO)


def show_and_run(command: list[str], environment: dict[str, str] | None = None) -> None:
    added = environment or {}
    shown = [part.replace(f"{HERE}/", "") for part in command]
    settings = [f"{name}={shlex.quote(value)}" for name, value in added.items() if name in DEMO]
    print("$", *settings, shlex.join(shown), flush=True)
    subprocess.run(command, cwd=HERE, env={**os.environ, **added}, check=True)


if __name__ == "__main__":
    sys.exit(main())

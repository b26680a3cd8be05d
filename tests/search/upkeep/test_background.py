"""Commands begun in processes of their own."""

import logging
import os
import subprocess

from search.upkeep import background

start = background.start  # before a fixture keeps tests from it


def test_a_command_outlives_its_beginner_in_a_session_of_its_own(monkeypatch, caplog):
    begun = []

    class Begun(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(["sleep", "60"], **options)
            begun.append((arguments[0], self))

    monkeypatch.setattr(subprocess, "Popen", Begun)
    start("rebuild_index")
    [(command, process)] = begun
    assert command[-2].endswith("/manage.py")
    assert command[-1] == "rebuild_index"
    assert os.getsid(process.pid) == process.pid
    process.kill()
    process.wait()
    assert "was started: rebuild_index" in caplog.text


def test_how_it_ended_stands_in_the_log(caplog):
    for code in (0, 3):
        background.wait_for("rebuild_index", subprocess.Popen(["sh", "-c", f"exit {code}"]))
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.ERROR]
    assert "failed with exit code 3" in caplog.text

"""A small newsroom at work. By hand, and timed, `dev.py faults load`."""

import os
import subprocess
import sys

import pytest

from tests.faults.served import ROOT


@pytest.mark.parametrize("sync", ["worker", "inline"])
def test_a_newsroom_loses_nothing_and_sees_no_error(sync):
    small = ["--documents", "200", "--minutes", "0.05", "--pause", "1", "--seed", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "load", *small, "--sync", sync, "--correct-only"],
        cwd=ROOT,
        env={**os.environ, "BACKFILE_SHARED": "/nonexistent"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 problems" in done.stdout

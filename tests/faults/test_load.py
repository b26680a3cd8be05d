"""A small newsroom at work. By hand, and timed, `dev.py faults load`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.served import ROOT


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive is made once; each newsroom works on a copy."""
    return tmp_path_factory.mktemp("load")


@pytest.mark.parametrize("sync", ["worker", "inline"])
def test_a_newsroom_loses_nothing_and_sees_no_error(sync, kept):
    small = ["--documents", "200", "--minutes", "0.05", "--pause", "1", "--seed", "1"]
    own = ["--sync", sync, "--keep", str(kept), "--correct-only"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "load", *small, *own],
        cwd=ROOT,
        env={**os.environ, "BACKFILE_SHARED": "/nonexistent"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 problems" in done.stdout

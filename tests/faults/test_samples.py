"""A sample of each kind of fault, the same each time. All of them: `python3 dev.py faults`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.seeded import defects

ROOT = Path(__file__).resolve().parents[2]
CASES = 12
VERDICT = re.compile(r" of (\d+) recovered, 0 lost, 0 phantom, 0 partial; (\d+) fired")
SHARE = {"calls": 0.9, "kills": 0.3, "power": 1, "room": 0.2, "rot": 0.8}
"""How many of the cases have to be faults indeed: a kill may come when all is done, and room may
suffice."""


def faults(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `dev.py faults`, in settings of its own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
    command = [sys.executable, "-m", "tests.faults", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("kind", SHARE)
def test_nothing_acknowledged_is_lost_nothing_is_there_in_part_and_searches_say_the_truth(kind):
    ran = faults(kind, "--cases", str(CASES), "--seed", "1")
    if ran.returncode == 0 and "not tried" in ran.stdout:
        pytest.skip(ran.stdout.strip())
    assert ran.returncode == 0, ran.stdout + ran.stderr
    tried, fired = map(int, VERDICT.search(ran.stdout).groups())
    assert tried == CASES
    assert fired >= SHARE[kind] * tried


def test_a_defect_that_is_put_in_is_caught():
    """One of them; `python3 dev.py faults seeded` plants them all."""
    defect = defects()["unsynced-segments"]
    ran = faults(*defect.caught_by, "--stop", "--defect", defect.name)
    if ran.returncode == 0 and "not tried" in ran.stdout:
        pytest.skip(ran.stdout.strip())
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "FAILED power, merge " in ran.stdout

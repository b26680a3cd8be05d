"""Is each seeded defect caught, and by what?

    python3 dev.py faults seeded [NAME…]

What catches it is run twice: as it is, when it must find nothing, and with the defect.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.faults.seeded import Defect, defects

ROOT = Path(__file__).resolve().parents[3]

OF_FAULTS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
"""What the runs of faults have set for themselves, and pytest has other values for."""


def main(names: list[str]) -> int:
    every = defects()
    chosen = [every[name] for name in names] or list(every.values())
    escaped = [defect for defect in chosen if not told(defect)]
    print(f"seeded defects: {len(chosen) - len(escaped)} of {len(chosen)} caught")
    return 1 if escaped else 0


def told(defect: Defect) -> bool:
    """Say whether it is caught."""
    if finds_something(defect.caught_by):
        verdict = "proves nothing: what is to catch it fails without it"
    elif finds_something(defect.caught_by, defect.name):
        print(f"caught   {defect.name}: {defect.what}", flush=True)
        return True
    else:
        verdict = "was not caught"
    print(f"ESCAPED  {defect.name}: {defect.what}. It {verdict}: {' '.join(defect.caught_by)}")
    return False


@cache
def finds_something(words: tuple[str, ...], planted: str = "") -> bool:
    """Run what is to catch a defect. Raises RuntimeError where it cannot run at all."""
    tool, *rest = words
    environment = {**os.environ, "BACKFILE_DEFECT": planted}
    command = [sys.executable, "-m", "tests.faults", tool, *rest]
    if tool == "pytest":
        environment = {name: environment[name] for name in environment.keys() - OF_FAULTS}
        command = [sys.executable, "-m", "pytest", "-p", "tests.faults.seeded.plugin", *rest]
    elif planted:
        command += ["--stop", "--defect", planted]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if ran.returncode and "FAILED" not in ran.stdout:
        raise RuntimeError(f"{' '.join(command)}\n{ran.stdout}{ran.stderr}")
    return ran.returncode != 0

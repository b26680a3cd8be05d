"""Run by `python3 dev.py faults`, in archives of its own that are thrown away.

python3 dev.py faults                      each kind of fault in turn
python3 dev.py faults power --minutes 10   one of them
python3 dev.py faults power --only "…"     one case again, as a failing run names it
python3 dev.py faults leaks                the whole leak matrix, word by word
python3 dev.py faults seeded               are defects that are put in on purpose caught?
python3 dev.py faults import | resume      damaged files; imports that are killed (see there)
python3 dev.py faults queries | load       hostile requests; a newsroom at work (see there)
"""

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random
from shutil import disk_usage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.trial import Kind, Lab

ROOM = 200_000_000  # bytes, some times what the archives of a run take
KINDS = ("calls", "kills", "power", "room", "rot")
OTHERS = {
    "import": "tests.faults.imports",
    "leaks": "tests.faults.leaks",
    "resume": "tests.faults.resume",
    "seeded": "tests.faults.seeded.catch",
}
LARGE = {"load": "tests.faults.load", "queries": "tests.faults.queries"}


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] in OTHERS:
        return other(*arguments)
    if arguments and arguments[0] in LARGE:  # their archives may be kept: they set Django up
        return int(importlib.import_module(LARGE[arguments[0]]).main(arguments[1:]))
    options = parsed(arguments)
    with tempfile.TemporaryDirectory(prefix="backfile-faults-", dir=in_memory()) as folder:
        lab = set_up(Path(folder), options)
        failed = [kind for kind in kinds(options.kind) if not held(kind, lab, options)]
    return 1 if failed else 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev.py faults", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("kind", nargs="?", choices=KINDS, help="without it, each in turn")
    parser.add_argument("--minutes", type=float, help="of each kind, at most")
    parser.add_argument("--cases", type=int, help="of each kind, at most")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--scenario", metavar="NAME", help="this one alone: import, drain, …")
    parser.add_argument("--only", metavar="CASE", help="as a failing run names it")
    parser.add_argument("--stop", action="store_true", help="at the first case that fails")
    parser.add_argument("--defect", metavar="NAME", help="one of tests/faults/seeded, put in")
    return parser.parse_args(arguments)


def in_memory() -> str | None:
    """A disk in memory, where there is one: the faults are ours, and a real disk is only slow."""
    memory = Path("/dev/shm")  # noqa: S108
    return str(memory) if os.access(memory, os.W_OK) and disk_usage(memory).free > ROOM else None


def set_up(folder: Path, options: argparse.Namespace) -> "Lab":
    """A Django of the real settings, whose data are a folder to be broken."""
    (data := folder / "data").mkdir()
    os.environ |= {"BACKFILE_DATA": str(data), "DATABASE_URL": "", "SEARCH_SYNC": "worker"}
    import django

    django.setup()
    from tests.faults.ground import Ground
    from tests.faults.scenarios import BY_NAME, SCENARIOS
    from tests.faults.seeded import defects
    from tests.faults.trial import Lab

    defect = defects()[options.defect] if options.defect else None
    chosen = [BY_NAME[options.scenario]] if options.scenario else SCENARIOS
    return Lab(Ground(folder, data), options.seed, defect, chosen)


def kinds(name: str | None) -> "Iterable[Kind]":
    for each in [name] if name else KINDS:
        yield importlib.import_module(f"tests.faults.{each}")


def held(kind: "Kind", lab: "Lab", options: argparse.Namespace) -> bool:
    """Did each promise hold in each case? What a machine does not let us do is said; in CI, where
    each proof must run, it fails."""
    from tests.faults import trial

    most = options.cases or (sys.maxsize if options.minutes else kind.enough)
    seconds = 60 * (options.minutes or float("inf"))
    random = Random(f"{kind.name} {lab.seed}")
    cases = iter([options.only]) if options.only else kind.cases(lab, random)
    try:
        limits = trial.Limits(most, seconds, options.stop)
        return not trial.run(kind, lab, cases, limits).problems
    except trial.Unable as why:
        print(f"{kind.label}: not tried. {why}")
        return os.environ.get("CI") != "true"


def other(kind: str, *arguments: str) -> int:
    """The runs that are not of scenarios. They have an archive of their own, too."""
    with tempfile.TemporaryDirectory(prefix="backfile-faults-") as folder:
        os.environ |= {"BACKFILE_DATA": folder, "DATABASE_URL": "", "SEARCH_SYNC": "worker"}
        import django

        django.setup()
        return int(importlib.import_module(OTHERS[kind]).main(list(arguments)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

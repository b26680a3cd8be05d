"""What a run can be told."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import BACKFILE, FRAGMENTED, NAMES


@dataclass(frozen=True, slots=True)
class Options:
    documents: int
    peers: tuple[str, ...]
    rounds: int
    patience: float
    keep: Path | None
    rebuild: tuple[str, ...]
    cold: bool
    json: Path | None


def read(arguments: list[str] | None = None) -> Options:
    """Of the command line, where nothing is given. `peers` begins with Backfile."""
    given = parser().parse_args(arguments)
    others = [name for name in NAMES if name not in (BACKFILE, FRAGMENTED)]
    wanted = {BACKFILE, *(others if given.peers is None else given.peers)}
    if given.cold:
        wanted.add(FRAGMENTED)
    given.peers = tuple(name for name in NAMES if name in wanted)
    given.rebuild = tuple(given.rebuild)
    return Options(**vars(given))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="dev.py bench",
        description="Backfile beside other engines, on the same whole job. See docs/benchmarks.md.",
    )
    add = made.add_argument
    add("--documents", type=int, default=20_000, metavar="N", help="articles (20,000)")
    add("--peers", nargs="*", choices=NAMES, help="the others (all that can run here)")
    add("--rounds", type=int, default=7, help="times that each query is asked of each engine (7)")
    add("--patience", type=float, default=120, metavar="SECONDS", help="an engine that took longer"
        " in all stays out of further rounds (120)")  # fmt: skip
    add("--keep", type=Path, metavar="FOLDER", help="keep the indexes there for the next run")
    add("--rebuild", nargs="*", choices=NAMES, default=(), metavar="PEER", help="not as kept")
    add("--cold", action="store_true", help="also opening, first uses, fragments and edits")
    add("--json", type=Path, metavar="FILE", help="write the figures there")
    return made

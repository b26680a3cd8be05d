"""What a run can be told."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import NAMES


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
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Backfile beside its peers, on the same whole job."
    )
    parser.add_argument("--documents", type=int, default=20_000, metavar="N")
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=NAMES[1:],
        help="beside Backfile; without it, all that can run here",
    )
    parser.add_argument("--rounds", type=int, default=7, help="as often is each query asked")
    parser.add_argument(
        "--patience",
        type=float,
        default=120,
        metavar="SECONDS",
        help="an engine that took longer than this takes no part in further rounds",
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the indexes there")
    parser.add_argument("--rebuild", nargs="*", choices=NAMES, default=(), help="kept ones, anew")
    parser.add_argument("--cold", action="store_true", help="also what is not warm costs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    given = vars(parser.parse_args(arguments))
    wanted = given.pop("peers")
    peers = NAMES if wanted is None else ("backfile", *wanted)
    return Options(**given | {"peers": peers, "rebuild": tuple(given["rebuild"])})

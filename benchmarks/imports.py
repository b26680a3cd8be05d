"""How fast articles come in, and what takes the time: Reuters-21578 of BACKFILE_SHARED into SQLite.

    python3 dev.py bench import [--limit N]

Once as it is, with the people that its own indexers listed, and once with the people looked for in
the texts. Quotations and stories that are there twice are looked for in both. The index is built
afterwards, by a worker, and is not part of it. Each run is a process of its own, on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.management import call_command

from archive.importers import reuters_sgml, run
from archive.importers.journal.ledger import Asked
from archive.importers.journal.reporter import Reporter
from archive.importers.writing import commit, plan, store
from archive.progress import meter

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared"))
REUTERS = SHARED / "data" / "reuters21578.tar.xz"
READING = "reading, checking"
STAGES: tuple[tuple[Any, str, str], ...] = (
    (run, "prepared", "digests"),
    (commit, "plan", "what is there already"),
    (plan, "named_in", "people in the texts"),
    (run, "write_batch", "transactions"),
    (store, "_create", "rows of articles and what hangs on them"),
    (store, "quotations_extract", "quotations"),
    (store, "duplicates_find", "the same story twice"),
)
"""Where a function is called from, its name, and what it does that no later one of these does."""


class Clock:
    """Seconds of the processor by stage; what a stage calls of another is the other's."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._stages = [READING]
        self._since = time.process_time()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            self.turn()
            self._stages.append(stage)
            try:
                return function(*args, **options)
            finally:
                self.turn()
                self._stages.pop()

        return call

    def turn(self) -> None:
        """Write down what the stage at hand took so far."""
        now = time.process_time()
        self.spent[self._stages[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now


def main() -> None:
    options = _options()
    if options.here:
        _import_here(options)
        return
    for find_people in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            _tell(find_people, _import_apart(options.limit, find_people, folder))


def _import_apart(limit: int, find_people: bool, folder: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks", "import", "--here", "--limit", str(limit)]
    settings = {"BACKFILE_DATA": folder, "DATABASE_URL": "", "SEARCH_SYNC": "worker"}
    done = subprocess.run(  # noqa: S603  this program itself
        [*command, *(["--find-people"] if find_people else [])],
        env={**os.environ, **settings},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _import_here(options: argparse.Namespace) -> None:
    """In this process, whose archive is empty."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    call_command("migrate", verbosity=0)
    asked = Asked((str(REUTERS),), limit=options.limit)
    with _measured(options.find_people) as clock, meter("Importing", _write_line) as shown:
        start = time.monotonic()
        counts = run.run(asked, Reporter(shown)).counts
        wall = time.monotonic() - start
    print(json.dumps({"records": counts.read, "wall": wall, "stages": clock.spent}))


@contextmanager
def _measured(find_people: bool) -> Iterator[Clock]:
    build, clock = reuters_sgml.build, Clock()
    with ExitStack() as patches:
        for where, name, stage in STAGES:
            timed = clock.timed(stage, getattr(where, name))
            patches.enter_context(mock.patch.object(where, name, timed))
        if find_people:
            unlisted = lambda *arguments: replace(build(*arguments), people=None)  # noqa: E731
            patches.enter_context(mock.patch.object(reuters_sgml, "build", unlisted))
        yield clock
        clock.turn()


def _tell(find_people: bool, figures: dict[str, Any]) -> None:
    records, stages = figures["records"], Counter(figures["stages"])
    seconds = sum(stages.values())
    people = "looked for in the texts" if find_people else "as listed"
    print(
        f"{records:,} articles of Reuters, people {people}: {records / seconds:,.0f} a second of "
        f"one core, {records / figures['wall']:,.0f} by the clock (load {os.getloadavg()[0]:.1f})"
    )
    for stage, spent in stages.most_common():
        print(f"  {1e6 * spent / records:6,.0f} µs {spent / seconds:4.0%}  {stage}")


def _write_line(line: str) -> None:
    print(line, file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench import", description=__doc__)
    parser.add_argument("--limit", type=int, default=21_578, metavar="N", help="read N records")
    for name in ("--here", "--find-people"):  # how it calls itself
        parser.add_argument(name, action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(sys.argv[2:])

"""Damaged files, imported: nothing crashes, hangs or is dropped without a word, and the memory
stays what it was.

    python3 dev.py faults import [--records 100000] [--seed 1]
"""

import argparse
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command

from archive.importers.base import Defaults, Entry, Note, Reject
from archive.importers.journal.ledger import Asked
from archive.importers.journal.reporter import Reporter
from archive.importers.reading.entries import Reader
from archive.importers.reading.files import walk
from archive.importers.run import run
from archive.progress import Lines, meter
from tests.archive.importers.test_docs import EXAMPLES
from tests.faults.damage import PACKINGS, damaged

PART = 500  # files in one import
PATIENCE = 60  # seconds for one file; the largest has some hundred thousand bytes
MOST_GROWTH = 0.1  # of the memory in the second half, when what is remembered of words is full
DEFAULTS = Defaults("", ZoneInfo("UTC"))


class BrokenError(BaseException):
    """What must hold did not. The text says for which file. Nothing in an import catches it."""


class Verdict(NamedTuple):
    """What became of some files: how many records they held, and what their import came to."""

    files: int
    entries: int
    rejects: int
    counts: Counter[str]


def write_damaged(folder: Path, numbers: range, seed: int) -> None:
    """A file for each number, the same for the same seed whatever the other numbers are."""
    for number in numbers:
        random = Random(f"{seed} {number}")
        name = random.choice(list(EXAMPLES))
        whole = EXAMPLES[name].replace("bridge", f"bridge-{number}").encode()
        ending = random.choice(("", "", ".txt", ".jsonl", ".xml", ".csv", ".html"))
        packed = random.choice(PACKINGS)(whole)
        (folder / f"{number:07}-{name}{ending}").write_bytes(damaged(packed, random))


def try_import(folder: Path) -> Verdict:
    """Read each file by itself, then import all of them. Raises BrokenError."""
    seen: Counter[type] = Counter()
    for file in walk([str(folder)]):
        with _patience(file.name):
            items = [type(item) for item in Reader("auto", DEFAULTS).items(file)]
        if not items:
            raise BrokenError(f"{file.name}: nothing became of it, and nothing was said")
        seen.update(items)
    counts = run(Asked((str(folder),)), _quietly()).counts
    if counts.read != seen[Entry] + seen[Reject]:
        raise BrokenError(f"{folder}: {seen} were read, and {counts} came of them")
    files = sum(1 for _ in folder.iterdir())
    came = Counter({"taken in": counts.read - counts.rejected, "set aside": counts.rejected})
    return Verdict(files, seen[Entry], seen[Reject], came + Counter(remarks=seen[Note]))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py faults import", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args(arguments)
    settings.DEBUG = False  # Django would keep the last 9,000 queries
    call_command("migrate", verbosity=0)
    total: Counter[str] = Counter()
    broken: list[str] = []
    memory: list[float] = []  # MB after each tenth
    with meter("Damaging", print) as shown:
        for start in range(0, options.records, PART):
            numbers = range(start, min(start + PART, options.records))
            try:
                total += _try_part(numbers, options.seed)
            except BrokenError as error:
                broken.append(str(error))
                shown.say(f"BROKEN: {error}")
            shown.show(numbers.stop, options.records, numbers.stop)
            if numbers.stop * 10 >= options.records * (len(memory) + 1):
                memory.append(_megabytes())
    told = ", ".join(f"{count:,} {what}" for what, count in total.items())
    print(f"seed {options.seed}: {options.records:,} damaged files: {told}.")
    print(f"Memory after each tenth, in MB: {', '.join(f'{mb:,.0f}' for mb in memory)}.")
    growth = memory[-1] / memory[len(memory) // 2] - 1
    if growth > MOST_GROWTH:
        broken.append(f"the memory grew by {growth:.0%} in the second half")
    print("\n".join(broken) or "Nothing crashed, nothing was dropped, the memory stayed.")
    return 1 if broken else 0


def _try_part(numbers: range, seed: int) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        write_damaged(Path(folder), numbers, seed)
        return try_import(Path(folder)).counts


@contextmanager
def _patience(name: str) -> Iterator[None]:
    def give_up(*_: Any) -> None:
        raise BrokenError(f"{name}: not read in {PATIENCE} seconds")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    except BrokenError:
        raise
    except Exception as error:
        raise BrokenError(f"{name}: {type(error).__name__}: {error}") from error
    finally:
        signal.alarm(0)


def _quietly() -> Reporter:
    return Reporter(Lines("", lambda line: None))


def _megabytes() -> float:
    """What this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

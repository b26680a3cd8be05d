"""What an archive does all day, each in a small and repeatable dose, telling what is done for good.

A line that is told is a promise: `3 2` says that article 3 is in edition 2 now (`fiction.State`),
`live g000002` that this generation serves, `purged` that the index holds no word of what is gone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.test import override_settings

from archive.importers.journal.counts import Counts
from archive.importers.journal.ledger import Asked
from archive.importers.journal.reporter import Reporter
from archive.importers.run import run
from archive.importers.writing import commit
from archive.progress import Lines
from search import outbox
from search.engines import get_engine
from search.engines.whoosh import shelf
from search.rebuild import rebuild
from search.upkeep.purging import purge
from tests.faults.fiction import NUMBERS, State, marker, write, write_source
from tests.faults.ground import Ground, Tell, Work

Plan = Mapping[int, tuple[State, ...]]


@dataclass(frozen=True)
class Scenario:
    """plan: the states that each article goes through, the first being where it stands.

    start: brings the archive to where `work` begins; recover: what is done after a fault beside
    starting the worker, which leaves each article in the last state of its plan if `is_resumed`.
    purged: words that are in no file of the index any more when that was told, or after `recover`.
    """

    name: str
    plan: Plan
    start: Callable[[], None]
    work: Callable[[Tell], None]
    recover: Callable[[], None] = field(default=lambda: None)
    is_resumed: bool = False
    purged: tuple[str, ...] = ()

    def prepare(self, ground: Ground) -> None:
        """Have the archive kept as it is before `work`."""
        if not ground.is_prepared("migrated"):
            ground.prepare("migrated", closing(lambda tell: call_command("migrate", verbosity=0)))
        if not ground.is_prepared(self.name):
            ground.prepare(self.name, closing(lambda tell: self.start()), after="migrated")


def closing(work: Work) -> Work:
    """Work that leaves the archive as a process does that comes to its end: SQLite then moves what
    was committed out of the log."""

    def do(tell: Tell) -> None:
        work(tell)
        connections.close_all()

    return do


class Said(Reporter):
    """Tells of each article of a file as soon as its batch is in. Not of a batch with rejects: who
    imports is told of them, and that they are to be mended or imported again.
    """

    def __init__(self, tell: Tell, edition: int) -> None:
        super().__init__(Lines("", lambda line: None))
        self._tell, self._edition, self._told, self._rejected = tell, edition, 0, 0

    def moved(self, position: int, counts: Counts) -> None:
        if counts.rejected == self._rejected:
            for number in NUMBERS[self._told : counts.read]:
                self._tell(f"{number} {self._edition}")
        self._told, self._rejected = counts.read, counts.rejected


def import_all(tell: Tell, edition: int, numbers: range = NUMBERS) -> None:
    path = write_source(source_folder(), numbers, edition)
    run(Asked((str(path),)), Said(tell, edition))


def source_folder() -> Path:
    return Path(settings.BACKFILE_DATA).parent / "source"


def do_import(tell: Tell) -> None:
    """Three batches of a file: new articles, newer editions, photos."""
    with mock.patch.object(commit, "BATCH", 3):
        import_all(tell, edition=2)


def do_drain(tell: Tell, limit: int = 3) -> None:
    while True:
        if not outbox.drain(limit).more:
            return


def do_edits(tell: Tell) -> None:
    """An editor's afternoon; each save is indexed at once, in this process."""
    with override_settings(SEARCH_SYNC="inline"):
        for number, states in EDITED.items():
            for state in states[1:]:
                with transaction.atomic():
                    write(number, state)
                tell(f"{number} {state}")


def do_rebuild(tell: Tell) -> None:
    rebuild(chunk=3)
    tell(f"live {get_engine().generation()}")


def do_purge(tell: Tell) -> None:
    purge(wait=20)
    tell("purged")


def imported(numbers: range = NUMBERS) -> None:
    import_all(lambda line: None, edition=1, numbers=numbers)


def indexed(numbers: range = NUMBERS) -> None:
    imported(numbers)
    outbox.drain_all()


def changed() -> None:
    """Indexed in two segments, then half of it changed, withdrawn or removed."""
    imported()
    do_drain(lambda line: None, limit=5)
    with transaction.atomic():
        for number, states in CHANGED.items():
            write(number, states[-1])


def left() -> None:
    """All that was changed is indexed; what it took away is only marked, as in large segments."""
    with mock.patch.object(shelf, "merge_by_tiers", lambda writer, segments, part_of: segments):
        changed()
        do_drain(lambda line: None, limit=20)
    if not all(map(in_the_index, GONE)):
        raise RuntimeError("there is nothing to purge")


def in_the_index(word: str) -> bool:
    """Does any file of the index hold it?"""
    files = Path(settings.SEARCH_INDEX_DIR).rglob("*")
    return any(word.encode() in path.read_bytes() for path in files if path.is_file())


ALL_NEW = dict.fromkeys(NUMBERS, (1,))
IMPORTED = {number: (1, 2) if number < 4 else (0, 2) for number in NUMBERS}
EDITED = {1: (1, 2), 2: (1, -1, 1), 4: (1, 0, 3), 5: (1, -2, 0), 7: (1, 2, 3)}
CHANGED = {1: (2,), 2: (-1,), 4: (0,), 7: (2,)}
AS_CHANGED = {number: states[-1:] for number, states in (ALL_NEW | CHANGED).items()}
GONE = (marker(1, 1), marker(4, 1), marker(7, 1))

SCENARIOS = (
    Scenario(
        "import",
        IMPORTED,
        start=lambda: indexed(range(1, 4)),
        work=do_import,
        recover=lambda: do_import(lambda line: None),
        is_resumed=True,
    ),
    Scenario("drain", ALL_NEW, start=imported, work=do_drain),
    Scenario("edit", ALL_NEW | EDITED, start=indexed, work=do_edits),
    Scenario("merge", ALL_NEW | CHANGED, start=changed, work=lambda tell: do_drain(tell, limit=2)),
    Scenario("rebuild", ALL_NEW | CHANGED, start=changed, work=do_rebuild),
    Scenario(
        "purge",
        AS_CHANGED,
        start=left,
        work=do_purge,
        recover=lambda: do_purge(lambda line: None),
        purged=GONE,
    ),
)
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}

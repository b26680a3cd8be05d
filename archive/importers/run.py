"""A run of an import, which can be killed at any time and goes on where it was when run again.

Records are gathered into batches. What a batch changes, its counts, its rejects and the place that
the run has come to are one transaction.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from zoneinfo import ZoneInfo

from archive.importers.base import Defaults, Entry, Note, Reject
from archive.importers.fetching import Fetcher, media_fetch
from archive.importers.journal.counts import Counts
from archive.importers.journal.ledger import Asked, Checkpoint, Ledger
from archive.importers.journal.lock import import_lock, lock_file
from archive.importers.journal.reporter import Reporter
from archive.importers.reading.entries import Item, Reader
from archive.importers.reading.files import File, Trail, walk
from archive.importers.writing.commit import Gathered, write_batch
from archive.importers.writing.prepared import Prepared, PreparedPerson, prepared
from archive.importers.writing.related import tie_related
from archive.importers.writing.seen import Meeting, Seen
from archive.models import ImportBatch

OBJECTS = 50_000
"""New ones after which garbage is looked for; a batch is made of some hundred thousand."""


@dataclass(frozen=True, slots=True)
class Result:
    counts: Counts
    rejects: Path | None
    is_interrupted: bool = False


def run(
    asked: Asked,
    reporter: Reporter,
    *,
    open_ledger: Callable[[Asked], Ledger] = Ledger,
    seconds: float | None = None,
) -> Result:
    """Import what is asked for, or go on with it; told to stop (Ctrl-C), say how far it came.

    With a DryLedger nothing changes in the database. It also stops after so many `seconds`, at
    least one record further. Raises BusyError, PathError, and whatever ails the database; an import
    that was stopped by it can be resumed.
    """
    size = sum(file.size for file in walk(asked.paths))
    with import_lock(lock_file()), seldom_collected():
        ledger = open_ledger(asked)
        reporter.began(
            size,
            ledger.counts,
            is_resumed=bool(ledger.checkpoint.file),
            was_changed=ledger.was_changed,
        )
        is_interrupted = False
        try:
            is_interrupted = not _Run(asked, ledger, reporter, seconds).go()
        except KeyboardInterrupt:
            is_interrupted = True
        except Exception as error:
            ledger.fail(f"{type(error).__name__}: {error}")
            ledger.write_rejects()
            raise
        return Result(ledger.total(), ledger.write_rejects(), is_interrupted)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """All that a batch is made of lives until it is written: a collector of garbage that comes as
    often as it does by default goes through it in vain, an eighth of the time of an import."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


class _Run:
    def __init__(
        self, asked: Asked, ledger: Ledger, reporter: Reporter, seconds: float | None
    ) -> None:
        self.asked, self.ledger, self.reporter = asked, ledger, reporter
        defaults = Defaults(asked.source, ZoneInfo(asked.timezone), asked.mapping)
        self.reader = Reader(asked.format, defaults)
        self.seen = Seen(ledger.scratch)
        self.gathered = Gathered()
        self.place = ledger.checkpoint
        self.bytes_behind = 0
        self.seconds = seconds
        self.until: float | None = None

    def go(self) -> bool:
        """Returns: did it come to its end?"""
        with closing(self.seen):
            if not self._read():
                return False
            if self.ledger.batch:
                tie_related()
                self._fetch_media(self.ledger.batch)
        self.ledger.finish()
        return True

    def _fetch_media(self, batch: ImportBatch) -> None:
        if not self.asked.fetch_media:
            return
        with TemporaryDirectory(dir=self.ledger.folder) as folder:
            self.reporter.fetched(
                media_fetch(
                    batch=batch,
                    is_met=self.seen.has_met,
                    fetcher=Fetcher(Path(folder)),
                    told=self.reporter.fetching,
                )
            )

    def _read(self) -> bool:
        is_at_end = True
        for item, place in self._items():
            if self._is_time_up():
                is_at_end = False
                break
            if isinstance(item, Note):
                self.reporter.noted(item)
                continue
            if self._is_enough():
                break
            self._gather(item)
            self.place = place
            if self.gathered.is_full:
                self._commit()
        self._commit()
        return is_at_end

    def _is_time_up(self) -> bool:
        """Time counts from what the run has not passed by before: each run gets further."""
        if self.seconds is None:
            return False
        now = monotonic()
        self.until = self.until or now + self.seconds
        return now >= self.until and self.place != self.ledger.checkpoint

    def _is_enough(self) -> bool:
        limit = self.asked.limit
        return limit is not None and self.ledger.counts.read + self.gathered.read >= limit

    def _items(self) -> Iterator[tuple[Item, Checkpoint]]:
        """What lies ahead, each with the place that is reached once it is dealt with."""
        for file, skip, passed in self._files_ahead():
            records = skip
            for item in self.reader.items(file, skip):
                records += not isinstance(item, Note)
                yield item, Checkpoint(file.place, records, passed)
            self.bytes_behind += file.size

    def _files_ahead(self) -> Iterator[tuple[File, int, str]]:
        """Each file behind the checkpoint, with how many of its records were dealt with before."""
        trail, start = Trail(), self.ledger.checkpoint
        is_ahead = not start.file
        for file in walk(self.asked.paths):
            passed = trail.pass_by(file)
            if is_ahead:
                yield file, 0, passed
            elif file.place == start.file:
                is_ahead = True
                yield file, start.records, passed
            else:
                self.bytes_behind += file.size

    def _gather(self, item: Entry | Reject) -> None:
        if isinstance(item, Reject):
            self._set_aside(item)
            return
        try:
            one = prepared(item)
        except (OSError, ValueError) as error:  # the latter of a name that no file can have
            self._set_aside(item.reject(f"a media file could not be read: {error}"))
            return
        if isinstance(one, Prepared):
            for problem in (file.problem for file in one.files if file.problem):
                self.reporter.noted(Note(item.file, item.line, problem))
        self._admit(one)

    def _admit(self, one: Prepared | PreparedPerson) -> None:
        """Take the record into the batch, unless this run met its article in another place."""
        meeting = self.seen.meet(one)
        if meeting is Meeting.WITH_ANOTHER_TEXT:
            self._set_aside(one.entry.reject(self.seen.reason(one)))
        elif meeting in (Meeting.AS_IT_WAS, Meeting.WITH_A_NEWER):
            self.gathered.unchanged += 1
        else:
            if one.key in self.gathered.keys:  # an older version: it goes in before this one
                self._commit()
            if meeting is Meeting.WITH_AN_OLDER:
                self.gathered.newer.add(one.key)
            self.gathered.add(one)

    def _set_aside(self, reject: Reject) -> None:
        self.gathered.rejects.append(reject)
        self.reporter.set_aside(reject)

    def _commit(self) -> None:
        batch, self.gathered = self.gathered, Gathered()
        if not batch.read:
            return
        self.seen.commit()
        counts = write_batch(batch, self.ledger, self.place, self.reporter)
        self.ledger.counts += counts
        self.reporter.moved(self.bytes_behind + self.reader.position, self.ledger.counts)

"""Which articles a run met before, and where: nothing may silently overwrite its namesake."""

import sqlite3
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from archive.importers.base import Record
from archive.importers.reading.checks import GUESSED_ID
from archive.importers.writing.prepared import Prepared, PreparedPerson, url_key


class Meeting(Enum):
    """How a record stands to what the run met before under its identity."""

    FIRST = auto()  # also: met again in the same place, by a run that was resumed
    WITH_AN_OLDER = auto()
    WITH_A_NEWER = auto()
    AS_IT_WAS = auto()
    WITH_ANOTHER_TEXT = auto()


class Sighting(NamedTuple):
    file: str
    line: int
    digest: str
    modified: str  # in UTC, written so that it sorts as time does; empty: the source did not say


class Seen:
    """The articles of one run, kept on the disk: a million of them must not fill the memory.

    A scratch file that is committed before the archive is, so what it knows too much after a kill
    or a power cut is met again in the same place.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._db = sqlite3.connect(path or "", isolation_level=None)
        if path:
            self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS seen"
            " (key TEXT PRIMARY KEY, file TEXT, line INTEGER, digest TEXT, modified TEXT)"
            " WITHOUT ROWID"
        )
        self._db.execute("BEGIN")

    def meet(self, one: Prepared | PreparedPerson) -> Meeting:
        """Remember where the record stands, unless its identity is taken by another of this run."""
        here, before = _sighting(one), self._get(one.key)
        meeting = _meeting(here, before, one)
        if meeting in (Meeting.FIRST, Meeting.WITH_AN_OLDER):
            self._put(one.key, here)
            if isinstance(one.record, Record) and one.record.external_id and one.record.url:
                self._put(url_key(one.record.url), here)
        return meeting

    def has_met(self, key: str) -> bool:
        return self._get(key) is not None

    def reason(self, one: Prepared | PreparedPerson) -> str:
        """Why a record that met another text of its article is set aside."""
        before = self._get(one.key)
        where = f"{before.file}, line {before.line}" if before else "another place"
        return f"{_called(one)} stands in {where} with another text; only one of them can be right"

    def commit(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def _get(self, key: str) -> Sighting | None:
        row = self._db.execute(
            "SELECT file, line, digest, modified FROM seen WHERE key = ?", (key,)
        ).fetchone()
        return Sighting(*row) if row else None

    def _put(self, key: str, sighting: Sighting) -> None:
        self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", (key, *sighting))


def _meeting(here: Sighting, before: Sighting | None, one: Prepared | PreparedPerson) -> Meeting:
    if before is None or (here.file, here.line) == (before.file, before.line):
        return Meeting.FIRST
    if here.digest == before.digest:
        return Meeting.AS_IT_WAS
    if isinstance(one, PreparedPerson):  # names and notes add up
        return Meeting.WITH_AN_OLDER
    versions_differ = here.modified and before.modified and here.modified != before.modified
    if not versions_differ or one.record.external_id.startswith(GUESSED_ID):
        return Meeting.WITH_ANOTHER_TEXT
    return Meeting.WITH_AN_OLDER if here.modified > before.modified else Meeting.WITH_A_NEWER


def _sighting(one: Prepared | PreparedPerson) -> Sighting:
    modified = one.record.modified if isinstance(one, Prepared) else None
    sortable = modified.isoformat(timespec="microseconds") if modified else ""
    return Sighting(one.entry.file, one.entry.line, one.digest, sortable)


def _called(one: Prepared | PreparedPerson) -> str:
    record = one.record
    if not isinstance(record, Record):
        return f"the same person ({record.name})"
    if record.external_id.startswith(GUESSED_ID):
        return "an article with the same headline and time"
    return f"the same article ({record.external_id or record.url})"

"""SQLite: copied by its online backup, which sees one moment while others write."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from archive.disk import private, sync
from backup.errors import BackupError
from backup.files import copy

PAGES = 4096
"""To copy at a time: 16 MB, after which a signal is heard."""

Rows = Callable[[str], Iterable[Any]]


class SQLite:
    engine = "sqlite3"
    vendor = "sqlite"
    file = "database.sqlite3"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.path = Path(settings["NAME"])
        self.name = str(self.path)

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.files() if path.exists())

    def files(self) -> list[Path]:
        return [self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm")]

    @contextmanager
    def dump(self, target: Path) -> Iterator[Rows]:
        with open(target, "xb", opener=private):
            pass
        with opened(self.path) as source, opened(target) as copy:
            # Held to the end: without it the copy would begin anew with each commit of others.
            source.execute("BEGIN")
            source.execute("SELECT name FROM sqlite_master").fetchone()
            source.backup(copy, pages=PAGES)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            yield copy.execute
        sync(target)

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        with opened(self.path) as database:
            database.execute("BEGIN IMMEDIATE")
            yield database.execute
            database.execute("COMMIT")

    def tables(self, rows: Rows) -> list[str]:
        names = rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [name for (name,) in names if not name.startswith("sqlite_")]

    def is_there(self) -> bool:
        return self.path.exists()

    def staged(self, data: Path) -> "SQLite":
        return SQLite({"NAME": data / self.path.name})

    def fill(self, dump: Path) -> None:
        copy(dump, self.path)
        with opened(self.path) as database:
            [(said,)] = database.execute("PRAGMA integrity_check(1)").fetchall()
        if said != "ok":
            raise BackupError(f"{dump} is damaged: {said}")

    def settled(self) -> None:
        try:
            with opened(self.path, wait=1) as database:
                # Only whoever has it alone may turn the log of writes off; what is in it is
                # brought into the file then.
                database.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as problem:
            if problem.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise BackupError(
                    f"Somebody has {self.path} open: stop the web processes and the worker."
                ) from problem
            # It is damaged, which may well be why it is replaced.
        sync(self.path)
        sync(self.path.parent)

    def replace_by(self, staged: str, aside: str) -> None:
        """It is a file, and was moved with the others."""

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": ""}


@contextmanager
def opened(path: Path, wait: float = 20) -> Iterator[sqlite3.Connection]:
    """wait: seconds, for others who write."""
    with closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as database:
        yield database

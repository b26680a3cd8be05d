"""What both databases can do for a backup."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from backup.errors import BackupError
from backup.postgresql import PostgreSQL
from backup.sqlite import SQLite

Rows = Callable[[str], Iterable[Any]]
"""Asks a database, in SQL."""


class Database(Protocol):
    """vendor: as Django calls it. file: what a dump of it is called. name: its own."""

    vendor: str
    file: str
    name: str

    def size(self) -> int:
        """Bytes, of a dump at most."""

    def files(self) -> list[Path]:
        """What it is kept in, the main one first; none where a server keeps it."""

    def tables(self, rows: Rows) -> list[str]:
        """The names of its tables."""

    def dump(self, target: Path) -> AbstractContextManager[Rows]:
        """Write all that was committed before this began to a new file. Inside the block one may
        ask what is in it. Others go on writing. Raises BackupError.
        """

    def rows(self) -> AbstractContextManager[Rows]:
        """Ask what is in it now; what is changed is committed at the end."""

    def is_there(self) -> bool: ...

    def staged(self, data: Path) -> "Database":
        """The one that a restore fills, beside this one. `data`: its folder."""

    def fill(self, dump: Path) -> None:
        """Make it, out of a dump. What a restore that died left of it is dropped. BackupError."""

    def settled(self) -> None:
        """Return when what it holds is on the disk, and nobody has it open. Raises BackupError."""

    def replace_by(self, staged: str, aside: str) -> None:
        """Have the database `staged` take our name, and the one that had it the name `aside`, at
        once. Nothing where that was done."""

    def environment(self) -> dict[str, str]:
        """What tells another process to work on it."""


def database_of(settings: dict[str, Any]) -> Database:
    """settings: one of Django's DATABASES."""
    for kind in (SQLite, PostgreSQL):
        if settings["ENGINE"] == f"django.db.backends.{kind.engine}":
            return kind(settings)
    raise BackupError(f"No backup is made of {settings['ENGINE']}.")

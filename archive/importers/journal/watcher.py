"""Who is told how a run goes."""

from typing import Protocol

from archive.importers.base import Note, Reject
from archive.importers.journal.counts import Counts


class Watcher(Protocol):
    def began(self, size: int, counts: Counts, *, is_resumed: bool, was_changed: bool) -> None:
        """`size` bytes are to be read; `counts` are those of the run that is resumed, if any.

        `was_changed`: there was one to resume, but its files were changed since.
        """

    def moved(self, position: int, counts: Counts) -> None:
        """`position` bytes have been read, and the records of `counts` are in the archive."""

    def noted(self, note: Note) -> None:
        """Something that an archivist should know."""

    def set_aside(self, reject: Reject) -> None:
        """A record could not be taken in."""

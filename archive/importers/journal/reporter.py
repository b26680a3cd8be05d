"""What an archivist is told while an import runs."""

from collections import Counter

from archive.importers.base import Note, Reject
from archive.importers.fetching.fetches import Fetches
from archive.importers.journal.counts import Counts
from archive.progress import Meter

MOST_SHOWN = 10  # rejects, and different notes; the rest is counted


class Reporter:
    """Shows the way of a run, the first of its rejects, and each note once."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._size = 0
        self._rejects = 0
        self._notes: Counter[str] = Counter()

    def began(self, size: int, counts: Counts, *, is_resumed: bool, was_changed: bool) -> None:
        """`size` bytes are to be read; `counts` are those of the run that is resumed, if any.

        `was_changed`: there was one to resume, but its files were changed since.
        """
        self._size = size
        if is_resumed:
            self._meter.say(
                f"Going on behind the {counts.read:,} records of the unfinished import."
            )
        elif was_changed:
            self._meter.say("An unfinished import of this was begun again: its files have changed.")
        self._meter.show(0, size, counts.read)

    def moved(self, position: int, counts: Counts) -> None:
        """`position` bytes have been read, and the records of `counts` are in the archive."""
        self._meter.show(position, self._size, counts.read)

    def noted(self, note: Note) -> None:
        self._notes[note.text] += 1
        if self._notes[note.text] == 1 and len(self._notes) <= MOST_SHOWN:
            self._meter.say(f"{place(note)}: {note.text}")

    def set_aside(self, reject: Reject) -> None:
        self._rejects += 1
        if self._rejects <= MOST_SHOWN:
            self._meter.say(f"{place(reject)}: {reject.reason}; the record was set aside")

    def fetching(self, fetches: Fetches) -> None:
        self._meter.say(f"Fetching media: {_in_words(fetches)} so far.")

    def fetched(self, fetches: Fetches) -> None:
        if fetches.fetched or fetches.failed:
            self._meter.say(f"Media: {_in_words(fetches)}; why not stands on the batch's page.")

    def ended(self) -> None:
        """Say how much was not shown one by one."""
        if self._rejects > MOST_SHOWN:
            self._meter.say(f"… and {self._rejects - MOST_SHOWN:,} more records were set aside.")
        for text, times in list(self._notes.items())[:MOST_SHOWN]:
            if times > 1:
                self._meter.say(f"{times:,} times: {text}")
        if len(self._notes) > MOST_SHOWN:
            self._meter.say(f"… and {len(self._notes) - MOST_SHOWN:,} other remarks.")


def _in_words(fetches: Fetches) -> str:
    return f"{fetches.fetched:,} files fetched, {fetches.failed:,} not"


def place(of: Note | Reject) -> str:
    return f"{of.file}, line {of.line}" if of.line else of.file

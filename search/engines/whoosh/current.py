"""The file CURRENT: which generation is live, and whether anybody has found it damaged.

    4 g000002-5f3a9c1e
    public/MAIN_….arrays was changed between its bytes 0 and 4194304.

The first line has the layout and the name. Where there is a second, no process reads the generation
any more, and it says why.
"""

import re
from pathlib import Path
from typing import NamedTuple

from archive.disk import write_durably
from search.engines.whoosh.locks import locked
from search.engines.whoosh.watched import Watched

WAIT = 20.0
"""Seconds for somebody who writes it, on a very slow disk."""

_LINES = re.compile(r"(?P<layout>\d+) (?P<name>g\d{6}(-[0-9a-f]{8})?)\n(?:(?P<damage>.+)\n)?")


class Senseless(Exception):  # noqa: N818  a state of the file, not a mistake
    """CURRENT says nothing that we understand."""


class Entry(NamedTuple):
    """damage: what was found; "" where nothing was."""

    layout: int
    name: str
    damage: str = ""


class Current:
    """One `stat` a look. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "CURRENT"
        self._lock = folder / "current.lock"
        self._watched = Watched(self._path, self._read)

    def get(self) -> Entry:
        """Raises FileNotFoundError where there is none, OSError, and Senseless."""
        return self._watched.get()

    def put(self, entry: Entry) -> None:
        """Durable and at once. Raises OSError and EngineBusy."""
        with locked(self._lock, WAIT):
            self._write(entry)

    def add_damage(self, name: str, damage: str) -> None:
        """Unless another generation is live by now. Raises OSError, Senseless and EngineBusy."""
        with locked(self._lock, WAIT):
            entry = self._read()
            if entry.name == name and not entry.damage:
                self._write(entry._replace(damage=" ".join(damage.split())))

    def _write(self, entry: Entry) -> None:
        lines = [f"{entry.layout} {entry.name}", *filter(None, [entry.damage])]
        write_durably(self._path, "".join(f"{line}\n" for line in lines).encode())

    def _read(self) -> Entry:
        text = self._path.read_bytes().decode("utf-8", "replace")
        if not (found := _LINES.fullmatch(text)):
            raise Senseless(f"{self._path} makes no sense.")
        return Entry(int(found["layout"]), found["name"], found["damage"] or "")

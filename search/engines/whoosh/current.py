"""The file CURRENT: which generation is live, and whether it can still be trusted.

    4 g000002-5f3a9c1e
    ... is damaged: ...

Its first line is the layout and the name. Where there is a second, somebody has found the
generation damaged, and it says how: no process reads it from then on.
"""

import re
from pathlib import Path
from typing import NamedTuple

from search.engines.whoosh.durable import write_durably
from search.engines.whoosh.watched import Watched

_LIVE = re.compile(r"(?P<layout>\d+) (?P<name>g\d{6}(-[0-9a-f]{8})?)\n(?:(?P<trouble>.+)\n)?")


class Senseless(Exception):  # noqa: N818  a state of the file, not a mistake
    """The file CURRENT makes no sense."""


class Live(NamedTuple):
    """trouble: why the generation is not to be read; "" where nothing is known against it."""

    layout: int
    name: str
    trouble: str = ""


class Current:
    """One `stat` a look. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "CURRENT"
        self._watched = Watched(self._path, self._read)

    def get(self) -> Live:
        """Raises FileNotFoundError where nothing was ever made, OSError, and Senseless."""
        return self._watched.get()

    def put(self, live: Live) -> None:
        """Durable and at once. Not two at a time."""
        lines = [f"{live.layout} {live.name}", *filter(None, [" ".join(live.trouble.split())])]
        write_durably(self._path, "".join(f"{line}\n" for line in lines).encode())

    def _read(self) -> Live:
        text = self._path.read_bytes().decode("utf-8", "replace")
        if not (found := _LIVE.fullmatch(text)):
            raise Senseless(f"{self._path} makes no sense.")
        return Live(int(found["layout"]), found["name"], found["trouble"] or "")

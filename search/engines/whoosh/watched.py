"""What was read at a place on the disk, read again once that has changed: one `stat` a look."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Content = TypeVar("Content")

TICK = 100_000_000
"""Nanoseconds, several ticks of the clock that a file system stamps changes with. What changes
twice within one tick looks as if it had changed once."""


class Watched(Generic[Content]):
    """A file that is replaced, or a folder whose list of names changes. Safe to share between
    threads, which may at times read the same thing twice.
    """

    def __init__(self, path: Path, read: Callable[[], Content]) -> None:
        self._path = str(path)
        self._read = read
        self._seen: tuple[tuple[int, int], Content] | None = None

    def get(self) -> Content:
        """What `read` gives now, or gave when nothing was different. Raises FileNotFoundError where
        there is nothing, and whatever `read` raises.
        """
        found = os.stat(self._path)  # noqa: PTH116  at half the time
        stamp = found.st_ino, found.st_mtime_ns
        seen = self._seen
        if seen and seen[0] == stamp:
            return seen[1]
        content = self._read()
        # Only what has stood still for a while when it was read can be told from what comes next.
        self._seen = (stamp, content) if time.time_ns() - stamp[1] > TICK else None
        return content

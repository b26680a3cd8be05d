"""Memory to work in that is used again: fresh megabytes cost a page fault for every 4 kB.

A search takes what it needs of one Scratch, piece behind piece, and gives all of it back at the
end. So there are as many as there were ever searches at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array

_LINE = 64  # bytes: pieces begin at a cache line


class Scratch:
    """For one search at a time. What was taken is valid until it, or what came before, is freed."""

    def __init__(self) -> None:
        self._memory = np.empty(0, np.uint8)
        self.used = 0
        """In bytes. Note it, and later call `free` with it, to give back all taken since."""

    def take(self, size: int, dtype: npt.DTypeLike = np.uint8) -> Array:
        """An array of `size` elements, of any content."""
        start = self.used
        end = start + size * np.dtype(dtype).itemsize
        self.used = -(-end // _LINE) * _LINE
        if self.used > len(self._memory):
            # What was taken before keeps the old memory alive.
            self._memory = np.empty(2 * self.used, np.uint8)
        return self._memory[start:end].view(dtype)

    def free(self, used: int) -> None:
        self.used = used


_idle: list[Scratch] = []


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Lend one, empty, to a search."""
    try:
        lent = _idle.pop()  # atomic, so threads need no lock
    except IndexError:
        lent = Scratch()
    try:
        yield lent
    finally:
        lent.free(0)
        _idle.append(lent)

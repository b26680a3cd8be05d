"""The terms of one field of a segment, to be looked up and gone through."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array


class SortedTerms:
    """A sequence of bytes, ascending."""

    def __init__(self, text: Array, ends: Array) -> None:
        self._text = text.data
        self._ends = ends.data
        self._known: dict[bytes, int | None] = {}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._text[self._ends[number] : self._ends[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        text, ends = bytes(self._text), self._ends.tolist()
        return (text[start:end] for start, end in pairwise(ends))

    def number(self, term: bytes) -> int | None:
        """The number of a term, None where the segment does not have it."""
        try:
            return self._known[term]
        except KeyError:
            at = bisect_left(self, term)
            number = at if at < len(self) and self[at] == term else None
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[term] = number
            return number

    def beginning(self, start: bytes) -> tuple[int, int]:
        """The first term that begins with `start`, and the one behind the last."""
        # No byte of UTF-8 is 0xFF.
        return bisect_left(self, start), bisect_left(self, start + b"\xff")

    def lengths(self, first: int, behind: int) -> npt.NDArray[np.int64]:
        """How many bytes each of a range of terms has."""
        ends = np.asarray(self._ends[first : behind + 1]).astype(np.int64)
        return ends[1:] - ends[:-1]

    def letters(self, numbers: Array, width: int) -> npt.NDArray[np.uint8]:
        """The bytes of n terms, [width, n], 0 behind the last of each. None is longer."""
        text, ends = np.asarray(self._text), np.asarray(self._ends)
        at = ends[numbers] + np.arange(width)[:, None]
        return np.where(at < ends[numbers + 1], text[np.minimum(at, len(text) - 1)], 0)

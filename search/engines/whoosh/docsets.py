"""A set of documents of one segment, as one stage of a search hands it to the next.

Most sets are known as a list; what comes of words that many documents have, as a row with a byte
for each document; a range of documents needs neither. Whoever receives a set asks for the form
that suits, which is made once.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.company import Cover
from search.engines.whoosh.scratch import Scratch
from search.engines.whoosh.segment import Docs

Mask = npt.NDArray[np.bool_]

_STRIDE = 1 << 15  # indices that are widened at a time: they stay in the processor's cache


class DocSet:
    """Some documents of a segment. They lie in start..stop; start is a multiple of 64.

    is_listed: they are known as a list, and `docs` costs nothing.
    is_range: they are all the documents first..last.
    row: of a set that is neither, u1 or bool [last - first], not 0 for those in the set.
    covers: terms of which every document of the set has some, in several ways.
    Arrays are read-only and valid during the search alone: some are scratch.
    """

    __slots__ = (
        "_bits", "_count", "_docs", "_mask",
        "covers", "first", "is_listed", "is_range", "last", "row", "scratch", "start", "stop",
    )  # fmt: skip

    def __init__(
        self,
        first: int,
        last: int,
        scratch: Scratch,
        *,
        docs: Docs | None = None,
        row: Array | None = None,
        count: int | None = None,
        covers: Sequence[Cover] = (),
    ) -> None:
        """With neither docs nor row, all of first..last. count: of a row, where it is known."""
        self.first, self.last = first, last
        self.start, self.stop = first & ~63, last
        self.is_listed = docs is not None
        self.is_range = docs is None and row is None
        self.row = row
        self._docs = docs
        self._count = count
        self.covers = covers
        self.scratch = scratch
        self._mask: Mask | None = None
        self._bits: npt.NDArray[np.uint64] | None = None

    @property
    def count(self) -> int:
        """How many."""
        if self._count is None:
            self._count = self.between(self.first, self.last)
        return self._count

    def between(self, first: int, last: int) -> int:
        """How many of the documents first..last are in the set."""
        first = max(first, self.first)
        last = max(first, min(last, self.last))
        if self._docs is not None:
            return len(cut(self._docs, first, last))
        if self.row is not None:
            return int(np.count_nonzero(self.row[first - self.first : last - self.first]))
        return last - first

    def docs(self) -> Docs:
        """u4, ascending, numbers in the segment."""
        if self._docs is None:
            if self.row is None:
                self._docs = np.arange(self.first, self.last, dtype=np.uint32)
            else:
                self._docs = (np.flatnonzero(self.mask()) + self.start).astype(np.uint32)
        return self._docs

    def mask(self) -> Mask:
        """bool [stop - start]: is document start + i in the set?"""
        if self._mask is None:
            self._mask = self.scratch.take(self.stop - self.start, np.bool_)
            self._mask[: self.first - self.start] = False
            self.write(self._mask[self.first - self.start :])
        return self._mask

    def bits(self) -> npt.NDArray[np.uint64]:
        """u8 [ceil((stop - start) / 64)]: bit i % 64, from the least, of word i // 64 is about
        document start + i; bits behind the last document are 0.
        """
        if self._bits is None:
            marks = self.mask() if self.row is None or self.first > self.start else self.row
            packed = np.packbits(marks, bitorder="little")
            self._bits = np.zeros(-(-(self.stop - self.start) // 64), np.uint64)
            self._bits.view(np.uint8)[: len(packed)] = packed
        return self._bits

    def write(self, mask: Mask) -> None:
        """Fill in a bool [last - first]: is document first + i in the set?"""
        if self._docs is not None:
            mask.fill(False)
            for _, at in indices(self._docs, self.first):
                mask[at] = True
        elif self.row is not None:
            np.not_equal(self.row, 0, out=mask)
        else:
            mask.fill(True)

    def holds(self, docs: Docs) -> Mask:
        """bool: is each of these documents in the set? docs: u4, in any order."""
        if self.first == self.last:
            return np.zeros(len(docs), np.bool_)
        if self._docs is not None:
            return self._lists(self._docs, docs)
        at = docs - np.uint32(self.first)  # of what is before the first, a very great number
        inside = at < self.last - self.first
        if self.row is not None:
            inside &= self.row.take(at, mode="clip") != 0
        return inside

    def _lists(self, own: Docs, docs: Docs) -> Mask:
        if not len(own):
            return np.zeros(len(docs), np.bool_)
        if len(docs) > 2_000 and len(own) < 16 * len(docs):
            return self._marks(docs)
        listed: Mask = own.take(own.searchsorted(docs), mode="clip") == docs
        return listed

    def _marks(self, docs: Docs) -> Mask:
        at = docs - np.uint32(self.start)
        marked = self.mask().take(at, mode="clip")
        marked &= at < self.stop - self.start
        return marked


def cut(docs: Docs, first: int, last: int) -> Docs:
    """Those of first..last."""
    start, end = docs.searchsorted(np.array((first, last), np.uint32))
    return docs[start:end]


def indices(docs: Docs, first: int) -> Iterator[tuple[slice, npt.NDArray[np.intp]]]:
    """docs - first, piece by piece, each with where it lies in docs.

    numpy widens what it indexes with. Done in pieces, this stays in the cache and takes half the
    time where there are many.
    """
    wide = np.empty(min(_STRIDE, len(docs)), np.intp)
    for start in range(0, len(docs), _STRIDE):
        piece = slice(start, start + _STRIDE)
        own = docs[piece]
        yield piece, np.subtract(own, first, out=wide[: len(own)], casting="unsafe")

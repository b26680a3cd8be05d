"""A set of documents of one segment, as one stage of a search hands it to the next.

Few documents are known as a list, many as a row with a byte for each document; a range of
documents needs neither. Whoever receives a set asks for the form that suits, which is made once.
"""

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.scratch import Scratch
from search.engines.whoosh.segment import Docs


class DocSet:
    """Some documents of a segment. They lie in start..stop; start is a multiple of 64.

    count: how many. is_listed: they are few, and `docs` costs nothing.
    is_range: they are all the documents first..last.
    Arrays are read-only and valid during the search alone: some are scratch.
    """

    __slots__ = (
        "_bits", "_docs", "_mask", "_row", "_scratch",
        "count", "first", "is_listed", "is_range", "last", "start", "stop",
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
    ) -> None:
        """docs: the documents, or row: u1 or bool [last - first], not 0 for those that are in the
        set; with neither, all of first..last are. count: of a row, where it is known.
        """
        self.first, self.last = first, last
        self.start, self.stop = first & ~63, last
        self.is_listed = docs is not None
        self.is_range = docs is None and row is None
        if docs is not None:
            count = len(docs)
        elif row is None:
            count = last - first
        elif count is None:
            count = int(np.count_nonzero(row))
        self.count = count
        self._scratch = scratch
        self._docs = docs
        self._row = row
        self._mask: npt.NDArray[np.bool_] | None = None
        self._bits: npt.NDArray[np.uint64] | None = None

    def docs(self) -> Docs:
        """u4, ascending, numbers in the segment."""
        if self._docs is None:
            if self._row is None:
                self._docs = np.arange(self.first, self.last, dtype=np.uint32)
            else:
                self._docs = (np.flatnonzero(self.mask()) + self.start).astype(np.uint32)
        return self._docs

    def mask(self) -> npt.NDArray[np.bool_]:
        """bool [stop - start]: is document start + i in the set?"""
        if self._mask is None:
            mask = self._scratch.take(self.stop - self.start, np.bool_)
            before = self.first - self.start
            if self._docs is not None:
                mask.fill(False)
                mask[self._docs - np.uint32(self.start)] = True
            else:
                mask[:before] = False
                if self._row is None:
                    mask[before:] = True
                else:
                    np.not_equal(self._row, 0, out=mask[before:])
            self._mask = mask
        return self._mask

    def bits(self) -> npt.NDArray[np.uint64]:
        """u8 [ceil((stop - start) / 64)]: bit i % 64, from the least, of word i // 64 is about
        document start + i; bits behind the last document are 0.
        """
        if self._bits is None:
            packed = np.packbits(self.mask(), bitorder="little")
            bits = np.zeros(-(-(self.stop - self.start) // 64), np.uint64)
            bits.view(np.uint8)[: len(packed)] = packed
            self._bits = bits
        return self._bits

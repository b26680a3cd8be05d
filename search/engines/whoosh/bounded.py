"""The first values of a facet among many documents, without counting the others.

No value counts more than it is frequent. So values are counted from the most frequent on, and all
others are left once none of them can come among the first; only a tie is decided by name. The idea
is the threshold algorithm's: Fagin, Lotem and Naor, "Optimal aggregation algorithms for
middleware" (2003).
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.counted import Counted
from search.engines.whoosh.docsets import DocSet, Mask, cut
from search.engines.whoosh.names import Numbers
from search.engines.whoosh.values import (
    Counts,
    FacetValues,
    PartValues,
    least_of,
    ranked,
    unranked,
)

MANY = 8192
"""Documents of a segment from which on its values may be counted one by one."""

SPARSE = 100
"""What fewer than one in so many documents carry is counted by its list of documents."""

# What counting costs, in nanoseconds, as measured with 20,000 people in 200,000 and a million
# documents: near enough to tell which way is shorter.
PER_DOCUMENT = 25
PER_VALUE = 3000
PER_CARRIER = 1.5
PER_BIT = 0.014


def is_dense(part: PartValues, found: DocSet) -> bool:
    """Are they many documents of a part, but not simply all of them, whose counts are known?"""
    return part.documents > found.count > MANY and len(part.own.bitmaps) > 0


class Bounded:
    """As `tally.Tally`, where many documents of some part are found. For one search."""

    def __init__(self, values: FacetValues, found: Sequence[DocSet]) -> None:
        self._values = values
        parts = list(zip(values.parts, found, strict=True))
        self._dense = [DensePart(part, docs) for part, docs in parts if is_dense(part, docs)]
        self._elsewhere = values.counts(pair for pair in parts if not is_dense(*pair))
        frequencies = (dense.part.frequencies for dense in self._dense)
        self._most = values.added_up([self._elsewhere, *frequencies])

    def top(self, limit: int, among: Mask | None = None) -> list[tuple[int, int]]:
        values = self._values
        numbers, falling = values.most_frequent(among)
        first = np.empty(0, np.int64)
        done, least = 0, 1
        to_do = self._expected(falling, limit)  # the frequencies of those that are left to count
        while len(to_do):
            if self._is_shorter_to_count_all(to_do):
                return self._counted().top(limit, among)
            following = numbers[done : done + min(len(to_do), max(done, limit))]
            done += len(following)
            likely = following[self._most.take(following) >= least]
            first = np.sort(np.concatenate([first, ranked(self._counts(likely), likely)]))[:limit]
            least = least_of(first, limit)
            to_do = falling[done : np.count_nonzero(falling >= least)]
        return unranked(first)

    def count(self, number: int) -> int:
        return int(self._counts(np.array([number], np.uint32))[0])

    def _counts(self, numbers: Numbers) -> Counts:
        counts = self._elsewhere.take(numbers)
        for dense in self._dense:
            counts += dense.counts(numbers)
        return counts

    def _counted(self) -> Counted:
        counts = self._values.counts((dense.part, dense.found) for dense in self._dense)
        return Counted(self._values, counts + self._elsewhere)

    def _expected(self, falling: Counts, limit: int) -> Counts:
        """How frequent those are that will have to be counted, if the documents found are like all
        others. falling: the frequencies of all.
        """
        if len(falling) <= limit:
            return falling
        share = sum(dense.found.count for dense in self._dense) / self._values.documents
        return falling[: np.count_nonzero(falling >= falling[limit - 1] * share)]

    def _is_shorter_to_count_all(self, frequencies: Counts) -> bool:
        documents = sum(dense.found.count for dense in self._dense)
        by_bits = PER_BIT * sum(dense.found.stop - dense.found.start for dense in self._dense)
        one_by_one = np.minimum(PER_CARRIER * frequencies, by_bits) + PER_VALUE * len(self._dense)
        return PER_DOCUMENT * documents < float(one_by_one.sum())


class DensePart:
    """Counts single values in a part of which many documents are found."""

    def __init__(self, part: PartValues, found: DocSet) -> None:
        self.part = part
        self.found = found
        self._is_whole = (found.first, found.last) == (0, part.size)
        # The first values are the most frequent.
        often = part.own.frequencies[: len(part.own.bitmaps)] * SPARSE > part.size
        self._by_bits_below = int(np.count_nonzero(often))

    def counts(self, numbers: Numbers) -> Counts:
        """i8: how many of the documents found carry each of these values of the snapshot."""
        own, whose = self.part.values_of(numbers)
        below = self._by_bits_below
        counts = [self._by_bits(one) if one < below else self._by_list(one) for one in own]
        return np.bincount(whose, counts, len(numbers)).astype(np.int64)

    def _by_bits(self, value: int) -> int:
        bitmaps, bits, both, ones = self._as_bits
        np.bitwise_and(bitmaps[value], bits, out=both)
        np.bitwise_count(both, out=ones)
        return int(np.add.reduce(ones, dtype=np.uint32))

    @cached_property
    def _as_bits(self) -> tuple[Array, Array, Array, Array]:
        """The bitmaps, the documents found, and room to work in."""
        bits = self.found.bits()
        first = self.found.start // 64
        bitmaps = self.part.own.bitmaps[:, first : first + len(bits)]
        return bitmaps, bits, np.empty_like(bits), np.empty(len(bits), np.uint8)

    def _by_list(self, value: int) -> int:
        docs, found = self.part.own.docs_of(value), self.found
        if not self._is_whole:
            docs = cut(docs, found.first, found.last) - np.uint32(found.start)
        return int(np.count_nonzero(found.mask().take(docs)))

"""The first values of a facet among many documents, without counting the others.

No value counts more than it is frequent. So values are counted from the most frequent on, and all
others are left once none of them can come among the first; only a tie is decided by name. The idea
is the threshold algorithm's: Fagin, Lotem and Naor, "Optimal aggregation algorithms for
middleware" (2003).
"""

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.counted import Counted
from search.engines.whoosh.docsets import DocSet, cut
from search.engines.whoosh.names import Numbers
from search.engines.whoosh.values import (
    Counts,
    FacetValues,
    PartValues,
    least_of,
    ranked,
    unranked,
)

DENSE = 10
"""More than one in so many documents of a segment are many."""

SPARSE = 64
"""What fewer than one in so many documents carry is counted by its list of documents."""

# What counting costs, in nanoseconds: enough to tell which way is shorter.
PER_DOCUMENT = 13
PER_VALUE = 2000
PER_CARRIER = 1


def is_dense(part: PartValues, found: DocSet) -> bool:
    """Are they many of the part's documents, and not simply all, whose counts are known?"""
    many = part.documents > found.count > part.documents / DENSE
    return many and len(part.own.bitmaps) > 0


class Bounded:
    """As `tally.Tally`, where many documents of some part are found. For one search."""

    def __init__(self, values: FacetValues, found: Sequence[DocSet]) -> None:
        self._values = values
        self._found = found
        parts = list(zip(values.parts, found, strict=True))
        dense = [(part, docs) for part, docs in parts if is_dense(part, docs)]
        others = [part.counts(docs) for part, docs in parts if not is_dense(part, docs)]
        self._dense = [DensePart(part, docs) for part, docs in dense]
        self._elsewhere = values.added_up(others)
        self._most = values.added_up([*others, *(part.frequencies for part, _ in dense)])

    def top(self, limit: int, among: Numbers | None = None) -> list[tuple[int, int]]:
        values = self._values
        numbers, falling = values.most_frequent if among is None else values.by_frequency(among)
        first = np.empty(0, np.int64)
        least, done, behind = 1, 0, len(numbers)
        while done < behind:
            if done and self._is_shorter_to_count_all(falling[done:behind]):
                return Counted.of(values, self._found).top(limit, among)
            following = numbers[done : min(behind, done + max(done, limit))]
            done += len(following)
            likely = following[self._most.take(following) >= least]
            first = np.sort(np.concatenate([first, ranked(self._counts(likely), likely)]))[:limit]
            least = least_of(first, limit)
            behind = int(np.count_nonzero(falling >= least))
        return unranked(first)

    def count(self, number: int) -> int:
        return int(self._counts(np.array([number], np.uint32))[0])

    def _counts(self, numbers: Numbers) -> Counts:
        counts = self._elsewhere.take(numbers)
        for part in self._dense:
            counts += part.counts(numbers)
        return counts

    def _is_shorter_to_count_all(self, frequencies: Counts) -> bool:
        documents = sum(docs.count for docs in self._found)
        one_by_one = PER_VALUE * len(frequencies) + PER_CARRIER * int(frequencies.sum())
        return PER_DOCUMENT * documents < one_by_one


class DensePart:
    """Counts single values in a part of which many documents are found."""

    def __init__(self, part: PartValues, found: DocSet) -> None:
        self._part = part
        self._found = found
        self._bits = found.bits()
        first = found.start // 64
        self._bitmaps = part.own.bitmaps[:, first : first + len(self._bits)]
        size = len(part.own.firsts) - 1
        frequencies = part.own.frequencies[: len(self._bitmaps)]
        self._frequent = int(np.count_nonzero(frequencies * SPARSE > size))
        self._both = np.empty_like(self._bits)
        self._ones = np.empty(len(self._bits), np.uint8)

    def counts(self, numbers: Numbers) -> Counts:
        """i8: how many of the documents found carry each of these values of the snapshot."""
        own, whose = self._part.values_of(numbers)
        counts = np.bincount(whose, list(map(self._count, own)), len(numbers))
        return counts.astype(np.int64)

    def _count(self, value: int) -> int:
        if value < self._frequent:
            np.bitwise_and(self._bitmaps[value], self._bits, out=self._both)
            np.bitwise_count(self._both, out=self._ones)
            return int(np.add.reduce(self._ones, dtype=np.uint32))
        found = self._found
        docs = cut(self._part.own.docs_of(value), found.first, found.last)
        return int(np.count_nonzero(found.mask().take(docs - np.uint32(found.start))))

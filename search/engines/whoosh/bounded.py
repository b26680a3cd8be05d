"""The first values of a facet among many documents, without counting the others.

No value counts more than it is frequent, or than it comes with the words that were asked for
(`company`). So values are counted from the one that may count most on, and all others are left
once none of them can come among the first; only a tie is decided by name. The idea is the threshold
algorithm's: Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware" (2003).
"""

from collections.abc import Sequence
from functools import cached_property, reduce

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.company import Cover, at_most, postings
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

TOGETHER = 8
"""Bitmaps that are compared at a time: what that takes stays in the cache."""

# What counting costs, in nanoseconds, as measured with 20,000 people in 200,000 and a million
# documents: near enough to tell which way is shorter.
PER_DOCUMENT = 25
PER_VALUE = 2000
PER_LIST = 3000
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
        sparse = [pair for pair in parts if not is_dense(*pair)]
        self._elsewhere = values.counts(sparse) if sparse else None

    def top(self, limit: int, among: Mask | None = None) -> list[tuple[int, int]]:
        numbers, falling = self._values.most_frequent(among)
        expected = self._expected(numbers[: 4 * limit], limit)
        first, least = np.empty(0, np.int64), 1
        waiting, most = self._in_order(numbers, falling, expected)
        if self._is_shorter_to_count_all(waiting):
            return self._counted().top(limit, among)
        while True:
            done = 0
            while done < len(waiting) and most[done] >= least:
                following = waiting[done : done + max(done, limit + limit // 2)]
                done += len(following)
                first = np.sort(np.concatenate([first, ranked(self._counts(following), following)]))
                first = first[:limit]
                least = least_of(first, limit)
            if least >= expected:
                return unranked(first)
            # Fewer documents carry the first than was to be expected: more values come in question.
            waiting, most = self._in_order(numbers, falling, least, below=expected)
            expected = least

    def count(self, number: int) -> int:
        return int(self._counts(np.array([number], np.uint32))[0])

    def _expected(self, likely: Numbers, limit: int) -> int:
        """How much the last of the first will count, if documents found carry what others do.

        likely: the most frequent values.
        """
        if len(likely) < limit:
            return 1
        most = self._most(likely)
        share = self._found / sum(dense.among for dense in self._dense)
        return max(1, int(np.partition(most, -limit)[-limit] * min(1.0, share)))

    def _in_order(
        self, numbers: Numbers, falling: Counts, least: int, below: int | None = None
    ) -> tuple[Numbers, Counts]:
        """The values that may count `least` or more, but not `below`, and how much they may, most
        first. numbers: all values, by their frequencies, which are falling.
        """
        numbers = numbers[: len(falling) - int(falling[::-1].searchsorted(least))]
        most = self._most(numbers)
        wanted = most >= least
        if below is not None:
            wanted &= most < below
        numbers, most = numbers.compress(wanted), most.compress(wanted)
        order = np.argsort(-most, kind="stable")
        return numbers.take(order), most.take(order)

    @property
    def _found(self) -> int:
        return sum(dense.found.count for dense in self._dense)

    def _most(self, numbers: Numbers) -> Counts:
        """i8: no value counts more."""
        return self._added(numbers, [dense.at_most(numbers) for dense in self._dense])

    def _counts(self, numbers: Numbers) -> Counts:
        return self._added(numbers, [dense.counts(numbers) for dense in self._dense])

    def _added(self, numbers: Numbers, counts: list[Counts]) -> Counts:
        """With what the other parts have."""
        if self._elsewhere is not None:
            counts.append(self._elsewhere.take(numbers))
        return reduce(np.add, counts)

    def _counted(self) -> Counted:
        counts = self._values.counts((dense.part, dense.found) for dense in self._dense)
        everywhere = counts if self._elsewhere is None else counts + self._elsewhere
        return Counted(self._values, everywhere)

    def _is_shorter_to_count_all(self, waiting: Numbers) -> bool:
        return PER_DOCUMENT * self._found < sum(dense.cost(waiting) for dense in self._dense)


class DensePart:
    """Counts single values in a part of which many documents are found.

    among: how many documents the bounds are the counts of, at least those that are found.
    """

    def __init__(self, part: PartValues, found: DocSet) -> None:
        self.part = part
        self.found = found
        self.among = part.documents
        self._is_whole = (found.first, found.last) == (0, part.size)
        self._bits_cost = PER_BIT * (found.stop - found.start)
        # The first values are the most frequent.
        lists = PER_CARRIER * part.own.frequencies[: len(part.own.bitmaps)] + PER_LIST
        self._by_bits_below = int(np.count_nonzero(lists > self._bits_cost))
        self._known: Counts = np.empty(0, np.int64)
        self._company: Counts | None = None
        if found.covers:
            self._use(min(found.covers, key=postings))

    def _use(self, cover: Cover) -> None:
        """What is found keeps the company of these terms, some or all of it."""
        among = postings(cover)
        if among >= self.among:
            return
        company = at_most(cover, self.part.own, self.found.count // 4)
        if company is None:
            return
        self.among = among
        if among == self.found.count:
            self._known = company
        self._company = np.append(company, self.part.size)  # the last for those that are not kept

    def at_most(self, numbers: Numbers) -> Counts:
        """i8: no more of the documents found carry each of these values of the snapshot."""
        most = self.part.frequencies.take(numbers)
        if self._company is None:
            return most
        company = self._company.take(self.part.value_of.take(numbers), mode="clip")
        return np.minimum(most, company)

    def cost(self, numbers: Numbers) -> float:
        """Nanoseconds: of counting these values of the snapshot."""
        if len(self._known):
            numbers = numbers[self.part.value_of.take(numbers) >= len(self._known)]
        by_list = PER_CARRIER * self.part.frequencies.take(numbers) + PER_LIST
        return float(np.minimum(by_list, self._bits_cost).sum()) + PER_VALUE * len(numbers)

    def counts(self, numbers: Numbers) -> Counts:
        """i8: how many of the documents found carry each of these values of the snapshot."""
        own, whose = self.part.values_of(numbers)
        counts = np.empty(len(own), np.int64)
        known, often = own < len(self._known), own < self._by_bits_below
        counts[known] = self._known.take(own[known])
        counts[often & ~known] = self._by_bits(own[often & ~known])
        counts[~(often | known)] = [self._by_list(one) for one in own[~(often | known)].tolist()]
        return np.bincount(whose, counts, len(numbers)).astype(np.int64)

    def _by_bits(self, own: Array) -> Counts:
        counts = np.empty(len(own), np.int64)
        for start in range(0, len(own), TOGETHER):
            piece = own[start : start + TOGETHER]
            both, ones = (room[: len(piece)] for room in self._rooms)
            for value, room in zip(piece.tolist(), both, strict=True):
                np.bitwise_and(self._bitmaps[value], self.found.bits(), out=room)
            np.bitwise_count(both, out=ones)
            counts[start : start + TOGETHER] = ones.sum(axis=1, dtype=np.uint32)
        return counts

    @cached_property
    def _bitmaps(self) -> Array:
        """Of the documents among which those found lie."""
        first = self.found.start // 64
        return self.part.own.bitmaps[:, first : first + len(self.found.bits())]

    @cached_property
    def _rooms(self) -> tuple[Array, Array]:
        """To compare bitmaps in: u8 and u1 [TOGETHER, words]."""
        scratch, words = self.found.scratch, len(self.found.bits())
        both = scratch.take(TOGETHER * words, np.uint64).reshape(TOGETHER, words)
        return both, scratch.take(TOGETHER * words).reshape(TOGETHER, words)

    def _by_list(self, value: int) -> int:
        docs, found = self.part.own.docs_of(value), self.found
        if not self._is_whole:
            docs = cut(docs, found.first, found.last) - np.uint32(found.start)
        return int(np.count_nonzero(found.mask().take(docs)))

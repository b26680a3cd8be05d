"""The values of a facet in a snapshot, and how frequent they are."""

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet, Mask
from search.engines.whoosh.names import MISSING, Numbers
from search.engines.whoosh.naming import Naming
from search.engines.whoosh.segment import AT_A_TIME, Docs, Values, spans

Counts = npt.NDArray[np.int64]
"""Numbers of documents: i8."""


class PartValues:
    """The v values that one segment has of a facet, where the snapshot has V.

    own: as the segment has them. numbers: u4 [v], which of the snapshot's each of them is.
    size: documents. deleted: those that are deleted. documents: how many are not.
    frequencies: i8 [V], how many of those carry each of the snapshot's values.
    """

    def __init__(
        self, own: Values, deleted: Docs, numbers: Numbers, live: Counts, total: int
    ) -> None:
        """live: i8 [v], how many documents that are not deleted carry each. total: V."""
        self.own = own
        self.numbers = numbers
        self.deleted = deleted
        self.size = len(own.firsts) - 1
        self.documents = self.size - len(deleted)
        self.frequencies: Counts = np.zeros(total, np.int64)
        np.add.at(self.frequencies, numbers, live)

    def counts(self, docs: Docs) -> Counts:
        """i8 [V]: how many of these documents carry each value."""
        counts = np.zeros_like(self.frequencies)
        np.add.at(counts, self.numbers, self.own.counts(docs, len(self.own.terms)))
        return counts

    def carried_by(self, docs: Docs) -> Numbers:
        """u4: the values that documents carry, one document after the other."""
        return self.numbers.take(self.own.carried_by(docs))

    def gone_through(self, docs: Docs) -> list[int]:
        """As `carried_by`, of a few documents, for which Python is faster."""
        firsts, carried, numbers = self.own.firsts.data, self.own.carried.data, self.numbers.data
        own: list[int] = []
        for doc in docs.tolist():
            own += carried[firsts[doc] : firsts[doc + 1]]
        return [numbers[value] for value in own]

    def values_of(self, numbers: Numbers) -> tuple[Array, Array]:
        """The segment's values behind values of the snapshot, and which of `numbers` each stands
        for: mostly one for each; none, or those of somebody renamed.
        """
        own = self.value_of.take(numbers)
        if len(own) and own.max() < MISSING:
            return own, np.arange(len(own))
        values, ordered = self._by_number
        starts, ends = ordered.searchsorted(numbers), ordered.searchsorted(numbers, "right")
        return values.take(spans(starts, ends)), np.arange(len(numbers)).repeat(ends - starts)

    @cached_property
    def value_of(self) -> Numbers:
        """u4 [V]: the segment's value behind each of the snapshot's; MISSING: none or several."""
        values, ordered = self._by_number
        alone = np.ones(len(ordered), np.bool_)
        alone[1:] &= ordered[1:] != ordered[:-1]
        alone[:-1] &= ordered[1:] != ordered[:-1]
        found = np.full(len(self.frequencies), MISSING, np.uint32)
        found[ordered[alone]] = values[alone]
        return found

    @cached_property
    def _by_number(self) -> tuple[Array, Numbers]:
        values = np.argsort(self.numbers, kind="stable")
        return values, self.numbers[values]


class FacetValues:
    """The V values of a snapshot, numbered as `names` has them. Immutable, shared by all threads.

    documents: how many live documents there are, whether they carry values or not.
    frequencies: i8 [V], how many of them carry each value.
    """

    def __init__(self, segments: Sequence[tuple[Values, Docs]]) -> None:
        """Of each segment its values, and the documents that were deleted from it."""
        live = [live_frequencies(own, deleted) for own, deleted in segments]
        self.names = Naming([own.names for own, _ in segments], live)
        self.parts = [
            PartValues(own, deleted, numbers, frequencies, len(self.names))
            for (own, deleted), numbers, frequencies in zip(
                segments, self.names.numbers, live, strict=True
            )
        ]
        self.documents = sum(part.documents for part in self.parts)
        self.frequencies = self.added_up(part.frequencies for part in self.parts)

    def counts(self, found: Iterable[tuple[PartValues, DocSet]]) -> Counts:
        """i8 [V], not to be written to: how many of some live documents carry each value."""
        counts, carried = [], []
        for part, docs in found:
            if docs.count == part.documents:
                counts.append(part.frequencies)
            elif docs.count > AT_A_TIME:
                counts.append(part.counts(docs.docs()))
            elif docs.count:
                carried.append(part.carried_by(docs.docs()))
        if carried:
            counts.append(np.bincount(np.concatenate(carried), minlength=len(self.names)))
        return self.added_up(counts)

    def added_up(self, counts: Iterable[Counts]) -> Counts:
        """i8 [V], not to be written to. counts: i8 [V] each; without any, all are 0."""
        arrays = list(counts) or [np.zeros(len(self.names), np.int64)]
        return reduce(np.add, arrays)

    def most_frequent(self, among: Mask | None = None) -> tuple[Numbers, Counts]:
        """The values that live documents carry, by falling frequency, then by number; and these
        frequencies. among: bool [V], the values that come into question; None for all.
        """
        numbers, frequencies = self._by_frequency
        if among is None:
            return numbers, frequencies
        kept = among.take(numbers)
        return numbers[kept], frequencies[kept]

    @cached_property
    def _by_frequency(self) -> tuple[Numbers, Counts]:
        keys = ranked(self.frequencies, np.arange(len(self.names)))
        return keys.astype(np.uint32), -(keys >> 32)  # a key's lower half is the number


def live_frequencies(own: Values, deleted: Docs) -> Counts:
    """i8 [v]: how many documents that are not deleted carry each of a segment's values."""
    if not len(deleted):
        return own.frequencies
    return own.frequencies - own.counts(deleted, len(own.terms))


def ranked(counts: Counts, numbers: Array) -> npt.NDArray[np.int64]:
    """A key for each value that was counted at all, ascending: by falling count, then by number."""
    keys: npt.NDArray[np.int64] = numbers - (counts << 32)
    keys.sort()
    return keys[: keys.searchsorted(0)]


def least_of(keys: npt.NDArray[np.int64], limit: int) -> int:
    """What a value has to count to be among the first `limit`, as far as these keys tell."""
    return -(int(keys[limit - 1]) >> 32) if len(keys) >= limit else 1


def unranked(keys: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """The numbers and counts that keys were made of."""
    return [(key & 0xFFFFFFFF, -(key >> 32)) for key in keys.tolist()]

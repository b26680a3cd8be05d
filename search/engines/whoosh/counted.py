"""A facet with all its values counted."""

from collections.abc import Sequence
from typing import Self

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.names import Numbers
from search.engines.whoosh.values import Counts, FacetValues, least_of, ranked, unranked

LIKELY = 256
"""Most of what comes first is among so many of the most frequent values."""


class Counted:
    """As `tally.Tally`. counts: i8 [V]."""

    def __init__(self, values: FacetValues, counts: Counts) -> None:
        self._values = values
        self._counts = counts

    @classmethod
    def of(cls, values: FacetValues, found: Sequence[DocSet]) -> Self:
        parts = zip(values.parts, found, strict=True)
        counts = (part.counts(docs) for part, docs in parts if docs.count)
        return cls(values, values.added_up(counts))

    def top(self, limit: int, among: Numbers | None = None) -> list[tuple[int, int]]:
        candidates: Array = self._likely(limit) if among is None else among
        return unranked(ranked(self._counts.take(candidates), candidates)[:limit])

    def _likely(self, limit: int) -> Array:
        """All values that may be among the first, and few others."""
        frequent = self._values.most_frequent[0][:LIKELY]
        least = least_of(ranked(self._counts.take(frequent), frequent), limit)
        return (self._counts >= least).nonzero()[0]

    def count(self, number: int) -> int:
        return int(self._counts[number])

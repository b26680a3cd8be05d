"""A facet with all its values counted."""

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.names import Numbers
from search.engines.whoosh.values import Counts, FacetValues, least_of, ranked, unranked

LIKELY = 3
"""Most of the first values are among so many times as many of the most frequent."""


class Counted:
    """As `tally.Tally`. counts: i8 [V]."""

    def __init__(self, values: FacetValues, counts: Counts) -> None:
        self._values = values
        self._counts = counts

    def top(self, limit: int, among: Numbers | None = None) -> list[tuple[int, int]]:
        candidates: Array = self._likely(limit) if among is None else among
        return unranked(ranked(self._counts.take(candidates), candidates)[:limit])

    def _likely(self, limit: int) -> Array:
        """All values that may be among the first, and few others."""
        frequent = self._values.most_frequent[0][: LIKELY * limit]
        least = least_of(ranked(self._counts.take(frequent), frequent), limit)
        return (self._counts >= least).nonzero()[0]

    def count(self, number: int) -> int:
        return int(self._counts[number])

"""A facet with all its values counted."""

from search.engines.whoosh.docsets import Mask
from search.engines.whoosh.values import Counts, FacetValues, least_of, ranked, unranked

LIKELY = 3
"""Most of the first values are among so many times as many of the most frequent."""


class Counted:
    """As `tally.Tally`. counts: i8 [V]."""

    def __init__(self, values: FacetValues, counts: Counts) -> None:
        self._values = values
        self._counts = counts

    def top(self, limit: int, among: Mask | None = None) -> list[tuple[int, int]]:
        # Few others count as much as those that are among the first here.
        likely = self._values.most_frequent(among)[0][: LIKELY * limit]
        enough = self._counts >= least_of(ranked(self._counts.take(likely), likely), limit)
        if among is not None:
            enough &= among
        numbers = enough.nonzero()[0]
        return unranked(ranked(self._counts.take(numbers), numbers)[:limit])

    def count(self, number: int) -> int:
        return int(self._counts[number])

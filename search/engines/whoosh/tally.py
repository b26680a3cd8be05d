"""How many of the documents found carry each value of a facet, and which values most.

- Of a few documents the values are simply gone through.
- Of more, all values are counted in one array.
- Where a large part of a segment is found, values are counted one by one, from the most frequent
  on, until no other is frequent enough to come among the first (`bounded`).
"""

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Protocol

from search.engines.whoosh.bounded import Bounded, is_dense
from search.engines.whoosh.counted import Counted
from search.engines.whoosh.docsets import DocSet, Mask
from search.engines.whoosh.values import FacetValues

FEW = 40
"""Documents up to which Python is faster than numpy."""


class Tally(Protocol):
    def top(self, limit: int, among: Mask | None = None) -> list[tuple[int, int]]:
        """The first values by falling count, then by number, and their counts; none is 0.

        limit: at least 1. among: bool [V], the values that come into question; None for all.
        """

    def count(self, number: int) -> int:
        """How many documents carry one value."""


def tally(values: FacetValues, found: Sequence[DocSet]) -> Tally:
    """found: live documents of each part of the snapshot."""
    count = sum(docs.count for docs in found)
    if count <= FEW:
        return Few(values, found)
    if count == values.documents:
        return Counted(values, values.frequencies)
    if any(map(is_dense, values.parts, found)):
        return Bounded(values, found)
    return Counted(values, values.counts(zip(values.parts, found, strict=True)))


class Few:
    """Of few documents."""

    def __init__(self, values: FacetValues, found: Sequence[DocSet]) -> None:
        carried: list[int] = []
        for part, docs in zip(values.parts, found, strict=True):
            if docs.count:
                carried += part.gone_through(docs.docs())
        carried.sort()
        self._counts = Counter(carried)

    def top(self, limit: int, among: Mask | None = None) -> list[tuple[int, int]]:
        counts = list(self._counts.items())  # by number, and so they stay where counts are equal
        if among is not None:
            counts = [(number, count) for number, count in counts if among[number]]
        counts.sort(key=itemgetter(1), reverse=True)
        return counts[:limit]

    def count(self, number: int) -> int:
        return self._counts[number]

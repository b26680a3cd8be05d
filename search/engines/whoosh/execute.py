"""A search run over the segments of a snapshot: what it finds, and the best of that.

No document is looked at one by one but by numpy. Statistics of words and lengths count deleted and
hidden documents until a merge takes them out; they shift scores a little and never what is found.

A search takes as scratch some bytes for each document: one for each part of the query that many
documents match, and a few more for what choices leave and for bounds.
"""

from collections.abc import Collection, Sequence

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.bounds import Scores
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.scratch import Scratch
from search.engines.whoosh.segment import Docs, SegmentArrays
from search.engines.whoosh.selection import Choices, Selection
from search.engines.whoosh.snapshot import Part, Snapshot
from search.request import Facet, Match, SearchRequest, Sort


class Search:
    """One request, put to a snapshot as if the articles `hidden` (ids) were not there.

    found: for each segment the documents under all choices. total: how many they are.
    """

    def __init__(
        self, request: SearchRequest, snapshot: Snapshot, hidden: Collection[int], scratch: Scratch
    ) -> None:
        choices = Choices.of(request)
        self._request = request
        self._segments = [part.arrays for part in snapshot.parts]
        self._selections = [
            Selection(
                request, choices, part.arrays, unseen(part, hidden), snapshot.statistics, scratch
            )
            for part in snapshot.parts
        ]
        self.found = [selection.found for selection in self._selections]
        self.total = sum(found.count for found in self.found)

    def without_choice_of(self, facet: Facet) -> list[DocSet]:
        """For each segment what a facet that is requested is counted among."""
        return [selection.without_choice_of(facet) for selection in self._selections]

    def undated(self) -> int:
        """How many have no date, counted as if no dates were asked for."""
        return sum(selection.undated() for selection in self._selections)

    def best(self, count: int) -> list[Match]:
        """The first `count` in the order that the request asks for.

        What a sort leaves equal goes by date, newest first, then by id, greatest first; for the
        oldest first both are turned round. Undated ones come last.
        """
        if not count or not self._selections:
            return []
        if len(self._selections) == 1:
            docs, scores = self._selections[0].best(count, 0.0)
            ids = self._segments[0].ids.take(docs)
            return list(map(Match, ids.tolist(), scores.tolist()))
        leading = Leading(count, -1 if self._request.sort is Sort.OLDEST else 1)
        # What the largest has rules out most of what the others have.
        for number, segment in sorted(enumerate(self._segments), key=lambda one: -one[1].size):
            docs, scores = self._selections[number].best(count, leading.floor)
            leading.add(segment, docs, scores)
        return leading.matches()


class Leading:
    """The first `count` of all that is added, greatest first by score, date, then id.

    floor: a document that scores less is not among them.
    """

    def __init__(self, count: int, turn: int) -> None:
        """turn: -1 for the least date and id first."""
        self.floor = 0.0
        self._count = count
        self._turn = turn
        self._columns: Sequence[Array] = ()

    def add(self, segment: SegmentArrays, docs: Docs, scores: Scores) -> None:
        """docs: of the segment, in any order."""
        dates = segment.published.take(docs) * self._turn
        dates[docs < segment.undated] = np.iinfo(np.int64).min
        columns: Sequence[Array] = (segment.ids.take(docs) * self._turn, dates, scores)
        if self._columns:
            columns = tuple(map(np.concatenate, zip(self._columns, columns, strict=True)))
        order = np.lexsort(columns)[: -self._count - 1 : -1]
        self._columns = [column.take(order) for column in columns]
        if len(order) == self._count:
            self.floor = float(self._columns[-1][-1])

    def matches(self) -> list[Match]:
        ids, _, scores = self._columns
        return list(map(Match, (ids * self._turn).tolist(), scores.tolist()))


def unseen(part: Part, hidden: Collection[int]) -> Docs:
    """What was deleted from a segment and what is hidden in it."""
    if not hidden:
        return part.deleted
    return np.union1d(part.deleted, part.arrays.holding(hidden))

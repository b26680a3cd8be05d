"""What one request finds in one segment: under all of its choices, or all but a facet's own."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

import numpy as np

from search.engines.whoosh.algebra import Window, intersection
from search.engines.whoosh.bounds import Scores, bounds_of
from search.engines.whoosh.clauses import Clause, Conjunction, Disjunction, Negation
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.leaves import Constant
from search.engines.whoosh.plan import Planner, between
from search.engines.whoosh.scratch import Scratch
from search.engines.whoosh.segment import Docs, SegmentArrays
from search.engines.whoosh.statistics import Statistics
from search.engines.whoosh.topk import best, newest, oldest
from search.request import Facet, SearchRequest, Sort

SCORED_AT_ONCE = 500
"""Documents up to which scoring all takes less time than finding out which need it."""


class Selection:
    """The documents of a segment that a request asks for, as if those `unseen` were not there.

    found: the documents under all choices.
    """

    def __init__(
        self,
        request: SearchRequest,
        segment: SegmentArrays,
        unseen: Docs,
        statistics: Statistics,
        scratch: Scratch,
    ) -> None:
        self._request, self._segment, self._unseen = request, segment, unseen
        self._statistics, self._scratch = statistics, scratch
        whole = Window(segment.size, 0, segment.size, scratch)
        self._window = whole.narrowed(*dates(request, segment))
        planner = Planner(segment, self._window, statistics)
        self._query = planner.clause(request.query.tree)
        apart = facets_apart(request)
        self._clause = self._filtered([facet for facet in Facet if facet not in apart], planner)
        self._base = self._clause.find()
        self._apart = {
            facet: clause.find() for facet in apart for clause in self._choice(facet, planner)
        }
        self.found = self._under(self._apart.keys())

    def without_choice_of(self, facet: Facet) -> DocSet:
        """What a facet that is requested is counted among."""
        return self._under(self._apart.keys() - {facet})

    def undated(self) -> int:
        """How many have no date, counted as if no dates were asked for."""
        request, segment = self._request, self._segment
        if request.undated or not (request.start or request.end):
            return self.found.between(0, segment.undated)
        if not segment.undated:
            return 0
        alone = replace(request, undated=True, facets=())
        return Selection(alone, segment, self._unseen, self._statistics, self._scratch).found.count

    def best(self, count: int, floor: float) -> tuple[Docs, Scores]:
        """The first `count` in the order that the request asks for, or all, and perhaps others.

        floor: a score; documents that score less need not be among them.
        """
        sort, found = self._request.sort, self.found
        if sort is Sort.RELEVANCE and self._query.votes:
            if found.is_listed and found.count <= SCORED_AT_ONCE:
                return found.docs(), self._query.score(found.docs())[1]
            bounds = bounds_of(found, self._clause, self._window, filtered=found is not self._base)
            return best(bounds, lambda docs: self._query.score(docs)[1], count, floor)
        first = (
            oldest(found, self._segment.undated, count)
            if sort is Sort.OLDEST
            else newest(found, count)
        )
        return first, np.zeros(len(first))

    def _filtered(self, facets: Collection[Facet], planner: Planner) -> Clause:
        """The query with what is chosen in these facets, and without what is unseen."""
        filters = [clause for facet in facets for clause in self._choice(facet, planner)]
        if len(self._unseen):
            unseen = Constant(lambda: self._window.listed(self._unseen))
            filters.append(Negation(unseen, self._window))
        return Conjunction([self._query, *filters], self._window) if filters else self._query

    def _choice(self, facet: Facet, planner: Planner) -> list[Clause]:
        """What is chosen in a facet, as one clause; none where nothing is."""
        values: list[Clause] = [
            Constant(partial(planner.carrying, facet, slug)) for slug in self._request.chosen(facet)
        ]
        if len(values) < 2:
            return values
        together = facet is Facet.PERSON and self._request.all_people
        return [(Conjunction if together else Disjunction)(values, self._window)]

    def _under(self, facets: Collection[Facet]) -> DocSet:
        if not facets:
            return self._base
        return intersection([self._base, *(self._apart[facet] for facet in facets)], self._window)


def facets_apart(request: SearchRequest) -> set[Facet]:
    """The facets with a choice that are counted as if there were none."""
    return {
        wanted.facet
        for wanted in request.facets
        if request.chosen(wanted.facet)
        and not (wanted.facet is Facet.PERSON and request.all_people)
    }


def dates(request: SearchRequest, segment: SegmentArrays) -> tuple[int, int]:
    """The documents first..last that a request is confined to. `undated` gives the undated alone,
    whatever the days.
    """
    if request.undated:
        return 0, segment.undated
    if request.start or request.end:
        return between(request.start, request.end, segment)
    return 0, segment.size

"""What one request finds in one segment: under all of its choices, or all but a facet's own."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from search.engines.whoosh.algebra import Window, intersection
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.bounds import Scores, bounds_of, found_by_bounds
from search.engines.whoosh.clauses import Clause, Conjunction, Disjunction, Negation
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.leaves import Constant
from search.engines.whoosh.plan import Planner, between
from search.engines.whoosh.scratch import Scratch
from search.engines.whoosh.segment import Docs, SegmentArrays
from search.engines.whoosh.statistics import Statistics
from search.engines.whoosh.topk import best, newest, oldest
from search.language.periods import Unit
from search.request import Facet, SearchRequest, Sort

SCORED_AT_ONCE = 500
"""Documents up to which scoring all takes less time than finding out which need it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a request has chosen in the facets.

    narrowing: the choices that hold for everything. apart: those of the facets that are counted
    as if they had none.
    """

    narrowing: dict[Facet, tuple[str, ...]]
    apart: dict[Facet, tuple[str, ...]]

    @classmethod
    def of(cls, request: SearchRequest) -> "Choices":
        counted = {wanted.facet for wanted in request.facets}
        if request.all_people:
            counted.discard(Facet.PERSON)
        chosen = {facet: values for facet in Facet if (values := request.chosen(facet))}
        return cls(
            {facet: values for facet, values in chosen.items() if facet not in counted},
            {facet: values for facet, values in chosen.items() if facet in counted},
        )


class Selection:
    """The documents of a segment that a request asks for, as if those `unseen` were not there.

    found: the documents under all choices.
    """

    def __init__(
        self,
        request: SearchRequest,
        choices: Choices,
        segment: SegmentArrays,
        unseen: Docs,
        statistics: Statistics,
        scratch: Scratch,
    ) -> None:
        self._request, self._choices = request, choices
        self._segment, self._unseen = segment, beyond(request, segment, unseen)
        self._statistics, self._scratch = statistics, scratch
        whole = Window(segment.size, 0, segment.size, scratch)
        self._window = whole.narrowed(*dates(request, segment))
        planner = Planner.of(segment, self._window, statistics)
        self._query = planner.clause(request.query.tree)
        self._clause = self._filtered(planner)
        self._bounds: Array | None = None
        if request.sort is Sort.RELEVANCE and is_ranked_throughout(self._clause):
            self._bounds, self._base = found_by_bounds(self._clause, self._window)
        else:
            self._base = self._clause.find()
        self._apart = {
            facet: self._choice(facet, slugs, planner).find()
            for facet, slugs in choices.apart.items()
        }
        self.found = self._under(self._apart.keys())

    def without_choice_of(self, facet: Facet) -> DocSet:
        """What a facet that is requested is counted among."""
        return self._under(self._apart.keys() - {facet})

    def undated(self) -> int:
        """How many have no date, counted as if no dates were asked for."""
        request, segment = self._request, self._segment
        if not segment.undated:
            return 0
        if request.undated or not (request.start or request.end):
            return self.found.between(0, segment.undated)
        choices = Choices(self._choices.narrowing | self._choices.apart, {})
        return Selection(
            replace(request, undated=True),
            choices,
            segment,
            self._unseen,
            self._statistics,
            self._scratch,
        ).found.count

    def best(self, count: int, floor: float) -> tuple[Docs, Scores]:
        """The first `count` in the order that the request asks for.

        floor: a score; documents that score less need not be among them.
        """
        sort, found = self._request.sort, self.found
        if sort is Sort.OLDEST:
            docs = oldest(found, self._segment.undated, count)
            return docs, np.zeros(len(docs))
        if sort is Sort.NEWEST or not self._query.votes:
            docs = newest(found, count)
            return docs, np.zeros(len(docs))
        docs, scores = self._scored(count, floor)
        order = np.lexsort((docs, scores))[: -count - 1 : -1]
        return docs.take(order), scores.take(order)

    def _scored(self, count: int, floor: float) -> tuple[Docs, Scores]:
        """In no order, and perhaps some others."""
        found = self.found
        if found.is_listed and found.count <= SCORED_AT_ONCE:
            return found.docs(), self._query.score(found.docs())[1]
        is_wide = (found.first, found.last) == (self._base.first, self._base.last)
        known = self._bounds if is_wide else None
        filtered = found is not self._base
        bounds = bounds_of(found, self._clause, self._window, known, filtered=filtered)
        return best(bounds, lambda docs: self._query.score(docs)[1], count, floor)

    def _filtered(self, planner: Planner) -> Clause:
        """The query with the choices that hold for everything, and without what is unseen."""
        filters = [self._choice(*chosen, planner) for chosen in self._choices.narrowing.items()]
        filters += self._of_unit(self._request.unit)
        if len(self._unseen):
            unseen = Constant(lambda: self._window.listed(self._unseen))
            filters.append(Negation(unseen, self._window))
        return Conjunction([self._query, *filters], self._window) if filters else self._query

    def _of_unit(self, unit: Unit | None) -> Iterator[Clause]:
        vague = self._segment.vague
        if unit is Unit.DAY and len(vague.docs):
            yield Negation(Constant(lambda: self._window.listed(vague.docs)), self._window)
        elif unit in (Unit.MONTH, Unit.YEAR):
            docs = vague.of_unit(unit)
            yield Constant(lambda: self._window.listed(docs))

    def _choice(self, facet: Facet, slugs: Collection[str], planner: Planner) -> Clause:
        values: list[Clause] = [Constant(partial(planner.carrying, facet, slug)) for slug in slugs]
        if len(values) == 1:
            return values[0]
        together = facet is Facet.PERSON and self._request.all_people
        return (Conjunction if together else Disjunction)(values, self._window)

    def _under(self, facets: Collection[Facet]) -> DocSet:
        if not facets:
            return self._base
        return intersection([self._base, *(self._apart[facet] for facet in facets)], self._window)


def is_ranked_throughout(clause: Clause) -> bool:
    """Is it words side by side, some of them in many documents, all of which get bounds anyway?"""
    return (
        isinstance(clause, Disjunction)
        and clause.tight
        and clause.scoring
        and any(not vote.find().is_listed for vote in clause.votes)
    )


def beyond(request: SearchRequest, segment: SegmentArrays, unseen: Docs) -> Docs:
    """What is unseen, and of `dates` what is of a month or year that does not end in them."""
    if request.undated or not request.end:
        return unseen
    outlasting = segment.vague.outlasting(request.end)
    return np.union1d(unseen, outlasting) if len(outlasting) else unseen


def dates(request: SearchRequest, segment: SegmentArrays) -> tuple[int, int]:
    """The documents first..last that a request is confined to, but for what is `beyond`. `undated`
    gives the undated alone, whatever the days.
    """
    if request.undated:
        return 0, segment.undated
    if request.start or request.end:
        return between(request.start, request.end, segment)
    return 0, segment.size

"""What is chosen in the facets, and the counts beside the results.

One evaluation of the query serves all: a choice is a mask over the documents, and a facet is
counted under the masks of all choices but its own.
"""

import re
from datetime import date
from functools import reduce
from heapq import nsmallest
from operator import and_, or_

import numpy as np

from search.engines.whoosh.columns import Columns, FacetColumn, Mask
from search.engines.whoosh.compile import within
from search.language.words import fold
from search.request import DateCount, Facet, FacetCount, FacetRequest, Grain, SearchRequest


class Selection:
    """The documents that a search finds, under all or some of what the request has chosen."""

    def __init__(self, request: SearchRequest, columns: Columns, found: Mask) -> None:
        """found: what matches the query, without what is hidden or deleted."""
        self._request = request
        self._columns = columns
        self._found = found
        self._dates = chosen_dates(request, columns)
        self._choices = {
            facet: choice(request, columns, facet) for facet in Facet if request.chosen(facet)
        }
        self.all = self._under(*self._choices.values(), self._dates)

    def without_choice_of(self, facet: Facet) -> Mask:
        """The mask that a facet is counted under."""
        if facet is Facet.PERSON and self._request.all_people:
            return self.all
        others = [mask for chosen, mask in self._choices.items() if chosen is not facet]
        return self._under(*others, self._dates)

    def undated(self) -> int:
        """How many have no date, counted as if no dates were asked for."""
        anytime = self._under(*self._choices.values())
        return int(np.count_nonzero(anytime & self._columns.undated))

    def _under(self, *masks: Mask) -> Mask:
        return reduce(and_, masks, self._found)


def choice(request: SearchRequest, columns: Columns, facet: Facet) -> Mask:
    """The documents with any of the values chosen in a facet, or with all of the people."""
    column = columns.facets[facet]
    masks = [column.carriers(slug, columns.size) for slug in request.chosen(facet)]
    together = facet is Facet.PERSON and request.all_people
    return reduce(and_ if together else or_, masks)


def chosen_dates(request: SearchRequest, columns: Columns) -> Mask:
    """The documents of the days asked for. `undated` gives the undated alone, whatever the days."""
    if request.undated:
        return columns.undated
    if request.start or request.end:
        return within(columns.days, request.start, request.end)
    return np.ones(columns.size, np.bool_)


def facet_counts(
    wanted: FacetRequest, chosen: tuple[str, ...], column: FacetColumn, among: Mask, seen: Mask
) -> tuple[FacetCount, ...]:
    """The most frequent values among documents, and those chosen: falling count, then label.

    What no document that may be `seen` carries is as if it were not known: its slug is its label.
    """
    counts = column.counts(among)

    def counted(slug: str) -> FacetCount:
        number = column.number_of.get(slug)
        if number is None or not (counts[number] or seen[column.carriers(slug, seen.size)].any()):
            return FacetCount(slug, slug, 0, slug in chosen)
        return FacetCount(slug, column.labels[number], int(counts[number]), slug in chosen)

    def rank(number: int) -> tuple[int, str, str]:
        return -counts[number], column.labels[number], column.slugs[number]

    candidates = named_like(wanted.like, column, np.flatnonzero(counts).tolist())
    top = [column.slugs[number] for number in nsmallest(wanted.limit, candidates, key=rank)]
    answered = map(counted, dict.fromkeys([*top, *chosen]))
    return tuple(sorted(answered, key=lambda found: (-found.count, found.label, found.value)))


def named_like(like: str, column: FacetColumn, numbers: list[int]) -> list[int]:
    """The values with a word in the name or slug that begins like this; all of them for ""."""
    if not (start := fold(like).strip()):
        return numbers
    at_word_start = re.compile(rf"(?<!\w){re.escape(start)}")
    return [
        number
        for number in numbers
        if at_word_start.search(column.folded[number]) or at_word_start.search(column.slugs[number])
    ]


def date_counts(columns: Columns, among: Mask, grain: Grain) -> tuple[DateCount, ...]:
    """How many documents fall into each month or day, ascending, without empty ones."""
    dated = among & ~columns.undated
    if not dated.any():
        return ()
    bars = (columns.months if grain is Grain.MONTH else columns.days)[dated]
    earliest = bars.min()
    counts = np.bincount(bars - earliest)
    return tuple(
        DateCount(start_of(int(bar + earliest), grain), int(counts[bar]))
        for bar in np.flatnonzero(counts)
    )


def start_of(bar: int, grain: Grain) -> date:
    if grain is Grain.DAY:
        return date.fromordinal(bar)
    years, month = divmod(bar, 12)
    return date(1970 + years, month + 1, 1)

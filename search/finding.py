"""The search itself: catch up, ask the engine, fetch the page from the database.

Whatever an engine answers, only `public_articles` are shown: an index that lags behind can neither
show what was withdrawn nor count it (`outbox.hidden_ids`).
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from search import outbox, spelling
from search.by_name import FEW, by_full_name, by_part_of_a_name, by_slip
from search.engines import get_engine
from search.histogram import extent, grain_of
from search.hydration import hydrate
from search.metrics import SEARCH_SECONDS
from search.request import (
    NOTHING,
    Answer,
    FacetCount,
    FacetRequest,
    Grain,
    Hit,
    SearchPage,
    SearchRequest,
    Spread,
)


def search(request: SearchRequest) -> SearchPage:
    """One page of public results. Raises IndexUnavailable."""
    hidden = up_to_date()
    with SEARCH_SECONDS.time():
        answer = get_engine().search(request, hidden=hidden)
    return page_of(request, answer, hidden)


def search_as_typed(request: SearchRequest) -> SearchPage:
    """As `search`, for somebody who may still be typing.

    Where nothing is found, the last word may be unfinished: then what has a word that begins with
    it is found, and a note says so.
    """
    hidden = up_to_date()
    with SEARCH_SECONDS.time():
        request, answer = answer_as_typed(request, hidden)
    return page_of(*by_days(request, answer, hidden), hidden)


def values_as_typed(request: SearchRequest, wanted: FacetRequest) -> tuple[FacetCount, ...]:
    """Of what `search_as_typed` finds, the values of one facet alone."""
    counting = replace(request, facets=(wanted,), offset=0, limit=0)
    _, answer = answer_as_typed(counting, up_to_date())
    return answer.facets[wanted.facet]


def unfinished(request: SearchRequest, hidden: frozenset[int]) -> SearchRequest | None:
    """The request with its last word as a beginning."""
    query = spelling.unfinished(request.query)
    return replace(request, query=query) if query else None


Ask = Callable[[SearchRequest], Answer]


class Reading(NamedTuple):
    """What else may be meant by a request.

    most: how many articles it may find itself, or it means what it says; more: whether the other
    has to find more than that.
    """

    other: Callable[[SearchRequest, frozenset[int]], SearchRequest | None]
    most: int = 0
    more: bool = True


UNFINISHED = Reading(unfinished)
READINGS = (
    Reading(by_full_name, most=sys.maxsize),
    Reading(by_slip, most=FEW, more=False),
    UNFINISHED,
    Reading(by_part_of_a_name),
)


def answer_as_typed(
    request: SearchRequest,
    hidden: frozenset[int],
    readings: Sequence[Reading] = READINGS,
    ask: Ask | None = None,
) -> tuple[SearchRequest, Answer]:
    """The answer, and which request it is to: this one, or what was meant by it.

    Where the words are a name in full, or a slip in one, those are found too who call its bearer
    otherwise. Where nothing is found, the last word is a beginning; or else the words are
    somebody's, misspelt. readings: what may be meant, each tried in turn. ask: who answers instead
    of the public shelf.
    """
    ask = ask or partial(get_engine().search, hidden=hidden)
    answer = ask(request)
    for reading in readings:
        if answer.total <= reading.most and (other := reading.other(request, hidden)):
            found = ask(other)
            if found.total > answer.total or not reading.more:
                return other, found
    return request, answer


def by_days(
    request: SearchRequest, answer: Answer, hidden: frozenset[int]
) -> tuple[SearchRequest, Answer]:
    """Days instead of months, where all that was found lies in a few of these."""
    drawn = extent(answer.spread, request.start, request.end)
    if not drawn or grain_of(drawn.start, drawn.end) is request.grain:
        return request, answer
    request = replace(request, grain=Grain.DAY)
    counting = replace(request, facets=(), offset=0, limit=0)
    return request, replace(answer, spread=get_engine().search(counting, hidden=hidden).spread)


def everything(request: SearchRequest, hidden: frozenset[int]) -> Spread:
    """How many public articles there are in the same days, whatever they are about."""
    of_all = SearchRequest(
        start=request.start, end=request.end, grain=request.grain, facets=(), limit=0
    )
    return get_engine().search(of_all, hidden=hidden).spread


def up_to_date() -> frozenset[int]:
    """Have the index follow as far as it can; the articles that it must not show all the same."""
    outbox.catch_up()
    return outbox.hidden_ids()


def page_of(request: SearchRequest, answer: Answer, hidden: frozenset[int]) -> SearchPage:
    return SearchPage(
        request=request,
        total=answer.total,
        hits=hydrate(request.query.tree, answer.matches),
        facets=answer.facets,
        spread=answer.spread,
        undated=answer.undated,
        notes=request.query.notes,
        suggestion="" if answer.total else spelling.correction(request, hidden),
        everything=everything(request, hidden) if request.share else NOTHING,
    )


def strongest(requests: Sequence[SearchRequest]) -> tuple[Hit, ...]:
    """The first hit of each that finds anything. All of them ask for the same words."""
    hidden = up_to_date()
    firsts = (replace(request, offset=0, limit=1, facets=()) for request in requests)
    matches = [
        match for request in firsts for match in get_engine().search(request, hidden=hidden).matches
    ]
    return hydrate(requests[0].query.tree, matches) if matches else ()


def totals(requests: Iterable[SearchRequest]) -> list[int]:
    """How many articles each of them finds."""
    hidden = up_to_date()
    counting = (replace(request, offset=0, limit=0, facets=()) for request in requests)
    return [get_engine().search(request, hidden=hidden).total for request in counting]

"""All that a search finds, however much: for exports. Nothing of it is shown on a page.

A search answers a window of its results. What is found is asked for in stretches of time, each with
no more than a window holds, so that neither the engine nor the memory has to hold it all.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from search.engines import get_engine
from search.engines.base import Shelf
from search.finding import up_to_date
from search.language.limits import MAX_WINDOW
from search.language.periods import Unit
from search.request import Answer, Grain, SearchRequest, Sort

Ask = Callable[[SearchRequest], Answer]


def public_ids(request: SearchRequest) -> Iterator[int]:
    """The public articles that are found, the oldest first; behind those with a day those of which
    only a month is known, then a year, then nothing. Raises IndexUnavailable."""
    hidden = up_to_date()
    return _ids(request, lambda asked: get_engine().search(asked, hidden=hidden))


def all_ids(request: SearchRequest) -> Iterator[int]:
    """The same, and then those that are not public."""
    yield from public_ids(request)
    yield from _ids(request, lambda asked: get_engine().search(asked, shelf=Shelf.DESK))


def _ids(request: SearchRequest, ask: Ask) -> Iterator[int]:
    bare = replace(request, facets=(), sort=Sort.OLDEST, offset=0, limit=0)
    for unit in (Unit.DAY, Unit.MONTH, Unit.YEAR):
        of_unit = replace(bare, unit=unit)
        for stretch, count in _stretches(of_unit, ask(of_unit), ask):
            yield from _found(stretch, count, ask)
    if undated := ask(bare).undated:
        yield from _found(replace(bare, undated=True), undated, ask)


def _found(request: SearchRequest, count: int, ask: Ask) -> Iterator[int]:
    return (match.id for match in ask(replace(request, limit=count)).matches)


def _stretches(
    request: SearchRequest, counted: Answer, ask: Ask
) -> Iterator[tuple[SearchRequest, int]]:
    """Months put together as far as a window reaches; a month that holds more, day by day. What is
    of a month or a year, and no more is known, is not divided."""
    for period, number in counted.spread.wider:
        yield replace(request, start=period.start, end=period.end), number
    for first, last, count in _windows(counted, _end_of_month):
        stretch = replace(
            request, start=_later(first, request.start), end=_earlier(last, request.end)
        )
        if count <= MAX_WINDOW or request.unit is not Unit.DAY:
            yield stretch, count
            continue
        by_day = replace(stretch, grain=Grain.DAY)
        for day, last_day, number in _windows(ask(by_day), lambda day: day):
            yield replace(stretch, start=day, end=last_day), number


def _windows(counted: Answer, end_of: Callable[[date], date]) -> Iterator[tuple[date, date, int]]:
    """First day, last day and number of what is found, for as many periods as a window holds."""
    first, last, held = None, None, 0
    for begin, count in counted.spread.periods:
        if first is not None and last is not None and held + count > MAX_WINDOW:
            yield first, last, held
            first, held = None, 0
        first, last, held = first or begin, end_of(begin), held + count
    if first is not None and last is not None:
        yield first, last, held


def _end_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _later(one: date, other: date | None) -> date:
    return max(one, other) if other else one


def _earlier(one: date, other: date | None) -> date:
    return min(one, other) if other else one

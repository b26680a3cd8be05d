"""Results along the years: of each month the article that answers best.

A page shows a few years. Each of their months costs a search of its own, but one among that month's
articles alone, which stand side by side in an index.
"""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from search import strongest
from search.forms import SearchForm
from search.language.periods import Period, Unit, around, years_from
from search.request import SearchPage, SearchRequest, Sort, Spread
from search.showing import View


def on_timeline(form: SearchForm, page: SearchPage) -> SearchPage:
    """The page with the strongest hit of each month of its years, as hits in the form's order."""
    newest_first = form.order is Sort.NEWEST
    first, last = (form.page - 1) * form.view.per_page, form.page * form.view.per_page
    shown = sorted(years_of(page.spread), reverse=newest_first)[first:last]
    periods = sorted(
        periods_of(page.spread, shown), key=attrgetter("start", "end"), reverse=newest_first
    )
    return replace(page, hits=strongest([within(page.request, period) for period in periods]))


def pages_of(form: SearchForm, page: SearchPage) -> int:
    """How many pages the results take in the form's view."""
    in_years = form.view is View.TIMELINE
    return form.view.pages(len(years_of(page.spread)) if in_years else page.total)


def years_of(spread: Spread) -> set[int]:
    return {start.year for start, _ in spread.known_to(Unit.YEAR)}


def periods_of(spread: Spread, years: Iterable[int]) -> set[Period]:
    """The months of these years that have articles, and those of the years that have some of which
    no month is known."""
    months = {around(start, Unit.MONTH) for start, _ in spread.known_to(Unit.MONTH)}
    alone = {period for period, _ in spread.wider if period == years_from(period.start.year)}
    wanted = set(years)
    return {period for period in months | alone if period.start.year in wanted}


def within(request: SearchRequest, period: Period) -> SearchRequest:
    """The part of a search that falls into a month; of a year what is of no known month."""
    return replace(
        request,
        start=max(period.start, request.start or period.start),
        end=min(period.end, request.end or period.end),
        unit=Unit.YEAR if period == years_from(period.start.year) else None,
        sort=Sort.RELEVANCE,
    )

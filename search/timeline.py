"""Results along the years: of each month the article that answers best.

A page shows a few years. Each of their months costs a search of its own, but one among that month's
articles alone, which stand side by side in an index.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from search import strongest
from search.forms import SearchForm
from search.request import DateCount, SearchPage, SearchRequest, Sort
from search.showing import View


def on_timeline(form: SearchForm, page: SearchPage) -> SearchPage:
    """The page with the strongest hit of each month of its years, as hits in the form's order."""
    newest_first = form.order is Sort.NEWEST
    first, last = (form.page - 1) * form.view.per_page, form.page * form.view.per_page
    shown = sorted(years_of(page.dates), reverse=newest_first)[first:last]
    months = sorted(months_of(page.dates, shown), reverse=newest_first)
    return replace(page, hits=strongest([within(page.request, month) for month in months]))


def pages_of(form: SearchForm, page: SearchPage) -> int:
    """How many pages the results take in the form's view."""
    in_years = form.view is View.TIMELINE
    return form.view.pages(len(years_of(page.dates)) if in_years else page.total)


def years_of(dates: Iterable[DateCount]) -> set[int]:
    return {counted.start.year for counted in dates}


def months_of(dates: Iterable[DateCount], years: Iterable[int]) -> set[date]:
    """The first days of the months of these years that have articles."""
    wanted = set(years)
    return {counted.start.replace(day=1) for counted in dates if counted.start.year in wanted}


def within(request: SearchRequest, month: date) -> SearchRequest:
    """The part of a search that falls into a month."""
    end = month.replace(day=monthrange(month.year, month.month)[1])
    return replace(
        request,
        start=max(month, request.start or month),
        end=min(end, request.end or end),
        sort=Sort.RELEVANCE,
    )

"""The calendar: all years, one year, a month or a day with its articles; and on this day."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from search.browse.anniversary import in_leap_year, nearest, same_day, with_firsts
from search.browse.catalogue import Catalogue
from search.browse.crumbs import Crumb, canonical
from search.browse.days import (
    after,
    before,
    decades_of,
    known_to,
    last_of_month,
    months_of,
    within,
    years_of,
)
from search.browse.paging import Paging
from search.language.periods import Period, Unit
from search.plain.browsing import has_articles, plain_page
from search.plain.fallback import or_plainly
from search.request import SearchRequest, Sort
from search.views import public_page

YEARS_PER_PAGE = 30


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Every year of the archive with the number of its articles."""
    catalogue = Catalogue()
    answer = catalogue.answer(SearchRequest(limit=0, facets=()))
    years = years_of(answer.spread)
    context = {
        "decades": decades_of(years),
        "highest": max((year.articles for year in years), default=1),
        "undated": answer.undated,
        "trail": [Crumb(_("Calendar"))],
        "canonical": canonical(request),
    }
    return render(request, "browse/calendar.html", context)


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The twelve months of a year; each day that has articles leads to them."""
    spread = Catalogue().days()
    days = known_to(spread, Unit.YEAR)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if not (found := within(days, first, last)):
        raise Http404
    earlier, later = before(days, first), after(days, last)
    context = {
        "year": year,
        "articles": sum(count for _day, count in found),
        "monthless": dict(spread.wider).get(Period(first, last), 0),
        "months": months_of(year, spread, first_weekday()),
        "previous": year_crumb(earlier) if earlier else None,
        "next": year_crumb(later) if later else None,
        "trail": [Crumb(_("Calendar"), reverse("browse:calendar")), Crumb(str(year))],
        "canonical": canonical(request),
    }
    return render(request, "browse/year.html", context)


def plain_month(request: HttpRequest, month: date) -> HttpResponse:
    return plain_days_page(request, month, last_of_month(month))


def plain_day(request: HttpRequest, day: date) -> HttpResponse:
    return plain_days_page(request, day, day)


@public_page
@or_plainly(plain_month)
def month(request: HttpRequest, month: date) -> HttpResponse:
    """A month day by day, and its articles in the order in which they appeared."""
    return days_page(request, month, last_of_month(month))


@public_page
@or_plainly(plain_day)
def day(request: HttpRequest, day: date) -> HttpResponse:
    """The articles of one day in the order in which they appeared."""
    return days_page(request, day, day)


def days_page(request: HttpRequest, first: date, last: date) -> HttpResponse:
    """A day, or a month from its first day to its last."""
    catalogue = Catalogue()
    asked = in_days(first, last)
    listing = catalogue.listing(asked, request.GET.get("page", ""))
    if not listing.answer.total:
        raise Http404
    spread = catalogue.days()
    days = known_to(spread, Unit.DAY if first == last else Unit.MONTH)
    crumb = day_crumb if first == last else month_crumb
    earlier, later = before(days, first), after(days, last)
    context = {
        "first": first,
        "last": last,
        "name": crumb(first).name,
        "month": months_of(first.year, spread, first_weekday())[first.month - 1],
        "day": first if first == last else None,
        "listing": listing,
        "paging": listing.paging,
        "previous": crumb(earlier) if earlier else None,
        "next": crumb(later) if later else None,
        "trail": trail_to(first, last),
        "canonical": canonical(request, page=listing.paging.current),
    }
    return render(request, "browse/days.html", context)


def plain_days_page(request: HttpRequest, first: date, last: date) -> HttpResponse:
    """The articles of a day or a month alone, from the database."""
    asked = in_days(first, last)
    if not has_articles(asked):
        raise Http404
    crumb = day_crumb if first == last else month_crumb
    return plain_page(request, asked, crumb(first).name, trail_to(first, last))


def in_days(first: date, last: date) -> SearchRequest:
    return SearchRequest(start=first, end=last, sort=Sort.OLDEST, facets=())


@public_page
def on_this_day(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """One day of the year, today's if none is given, in every year that has articles of it."""
    of_year = day or in_leap_year(timezone.localdate())
    catalogue = Catalogue()
    days = catalogue.days().periods
    found = same_day(days, of_year)
    paging = Paging.of(request.GET.get("page", ""), YEARS_PER_PAGE, len(found))
    shown = found[paging.offset : paging.offset + YEARS_PER_PAGE]
    context = {
        "day": of_year,
        "years": with_firsts(catalogue, shown),
        "total": sum(count for _day, count in found),
        "nearest": None if found else nearest(days, of_year),
        "paging": paging,
        "trail": [
            Crumb(_("Calendar"), reverse("browse:calendar")),
            Crumb(date_format(of_year, "MONTH_DAY_FORMAT")),
        ],
        "canonical": canonical(
            request, reverse("browse:on_this_day", args=[of_year]), page=paging.current
        ),
    }
    return render(request, "browse/on_this_day.html", context)


def trail_to(first: date, last: date) -> list[Crumb]:
    """Calendar, year, month and, where it is one day, the day."""
    above = [Crumb(_("Calendar"), reverse("browse:calendar")), year_crumb(first)]
    if first != last:
        return [*above, Crumb(date_format(first, "F"))]
    return [*above, month_crumb(first, "F"), Crumb(date_format(first, "j"))]


def year_crumb(day: date) -> Crumb:
    return Crumb(str(day.year), reverse("browse:year", args=[day.year]))


def month_crumb(day: date, shape: str = "YEAR_MONTH_FORMAT") -> Crumb:
    return Crumb(date_format(day, shape), reverse("browse:month", args=[day]))


def day_crumb(day: date) -> Crumb:
    return Crumb(date_format(day, "DATE_FORMAT"), reverse("browse:day", args=[day]))


def first_weekday() -> int:
    """Where weeks begin in the reader's language: 0 for Monday."""
    return int(get_format("FIRST_DAY_OF_WEEK") - 1) % 7  # which is 0 for Sunday

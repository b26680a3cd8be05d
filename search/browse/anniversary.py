"""On this day: what appeared on one day of the year, in every year that the archive has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.models import Article
from archive.selectors import articles_by_id
from search.browse.catalogue import Catalogue
from search.browse.days import Days
from search.request import SearchRequest, Sort

LEAP_YEAR = 2000
"""A day of the year is written as a date in this one: it has every day."""

DAYS_OF_A_YEAR = 366


@dataclass(frozen=True, slots=True)
class YearsDay:
    """The day in one year: how many articles appeared, and the first of them."""

    day: date
    articles: int
    first: Article


def same_day(days: Days, day: date) -> Days:
    """Those of `days` with the month and the day of `day`, the latest year first."""
    of_year = (day.month, day.day)
    return [found for found in reversed(days) if (found[0].month, found[0].day) == of_year]


def nearest(days: Days, day: date) -> date | None:
    """The day of the year that has articles in some year, the nearest to `day`; of two the later.

    In LEAP_YEAR; None where nothing is dated.
    """
    of_year = {in_leap_year(found[0]) for found in days}
    return min(of_year, key=lambda found: (distance(found, day), -found.toordinal()), default=None)


def distance(one: date, other: date) -> int:
    """Days between two days of the year, the shorter way round."""
    apart = abs(in_leap_year(one).toordinal() - in_leap_year(other).toordinal())
    return min(apart, DAYS_OF_A_YEAR - apart)


def in_leap_year(day: date) -> date:
    return day.replace(year=LEAP_YEAR)


def with_firsts(catalogue: Catalogue, days: Days) -> list[YearsDay]:
    """Each of the days with its first article. One short search a day, one query for all."""
    firsts = [first_of(catalogue, day) for day, _ in days]
    articles = {
        article.pk: article for article in articles_by_id([pk for pks in firsts for pk in pks])
    }
    return [
        YearsDay(day, count, articles[pk])
        for (day, count), pks in zip(days, firsts, strict=True)
        for pk in pks
        if pk in articles
    ]


def first_of(catalogue: Catalogue, day: date) -> Sequence[int]:
    """The id of the first article of a day, if there is any."""
    request = SearchRequest(start=day, end=day, sort=Sort.OLDEST, limit=1, facets=())
    return [match.id for match in catalogue.answer(request).matches]

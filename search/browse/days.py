"""The calendar of an archive, out of the days that have articles: years, months, neighbours."""

from bisect import bisect_left, bisect_right
from calendar import Calendar, monthrange
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from search.language.periods import Unit, around
from search.request import DateCount, Spread

SHADES = 4
"""How many tones tell a busy day from a quiet one."""

Days = Sequence[tuple[date, int]]
"""Days that have articles, ascending, and how many. Where months or years have articles of which no
more is known, these may stand between them by their first days: see `known_to`."""


class YearCount(NamedTuple):
    year: int
    articles: int


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years, of which some may lie before the first article or after the last."""

    first: int
    years: tuple[YearCount, ...]

    @property
    def articles(self) -> int:
        return sum(year.articles for year in self.years)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks; days of its neighbours are None.

    highest: the most articles that a day has, of all that are compared by their shade. dayless: the
    articles of which no more is known than the month.
    """

    first: date
    weeks: tuple[tuple[DateCount | None, ...], ...]
    highest: int
    dayless: int = 0

    @property
    def articles(self) -> int:
        return sum(day.count for week in self.weeks for day in week if day) + self.dayless

    def shade(self, day: DateCount) -> int:
        """1 to SHADES, by the share of the highest; 0 for a day without articles."""
        return -(-SHADES * day.count // self.highest) if day.count else 0


def known_to(spread: Spread, unit: Unit) -> Days:
    """The days of a spread, and what is known to the unit alone by its first day; ascending."""
    return sorted(spread.known_to(unit)) if spread.wider else spread.periods


def years_of(spread: Spread) -> list[YearCount]:
    """From the first year to the last, also those between without articles."""
    counts: Counter[int] = Counter()
    for start, count in spread.known_to(Unit.YEAR):
        counts[start.year] += count
    years = range(min(counts), max(counts) + 1) if counts else ()
    return [YearCount(year, counts[year]) for year in years]


def decades_of(years: Sequence[YearCount]) -> list[Decade]:
    """Those that have articles, the latest first."""
    counts = dict(years)
    firsts = sorted({year // 10 * 10 for year in counts}, reverse=True)
    decades = (
        Decade(
            first, tuple(YearCount(year, counts.get(year, 0)) for year in range(first, first + 10))
        )
        for first in firsts
    )
    return [decade for decade in decades if decade.articles]


def months_of(year: int, spread: Spread, first_weekday: int) -> list[Month]:
    """The twelve months of a year.

    spread: of days. first_weekday: 0 for Monday, as in `calendar`.
    """
    counts = dict(within(spread.periods, date(year, 1, 1), date(year, 12, 31)))
    dayless = dict(spread.wider)
    highest = max(counts.values(), default=1)
    weeks = Calendar(first_weekday)
    return [
        Month(
            date(year, number, 1),
            tuple(
                tuple(counted(date(year, number, day), counts) if day else None for day in week)
                for week in weeks.monthdayscalendar(year, number)
            ),
            highest,
            dayless.get(around(date(year, number, 1), Unit.MONTH), 0),
        )
        for number in range(1, 13)
    ]


def counted(day: date, counts: Mapping[date, int]) -> DateCount:
    return DateCount(day, counts.get(day, 0))


def within(days: Days, first: date, last: date) -> Days:
    """The days from `first` to `last`, both included."""
    start = bisect_left(days, first, key=_start)
    return days[start : bisect_right(days, last, key=_start)]


def before(days: Days, first: date) -> date | None:
    """The last day before `first` that has articles."""
    at = bisect_left(days, first, key=_start)
    return days[at - 1][0] if at else None


def after(days: Days, last: date) -> date | None:
    """The first day after `last` that has articles."""
    at = bisect_right(days, last, key=_start)
    return days[at][0] if at < len(days) else None


def last_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


_start: Callable[[tuple[date, int]], date] = itemgetter(0)

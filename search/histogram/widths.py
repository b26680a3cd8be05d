"""How much of the calendar one bar stands for, and how much it should, so that 10 to 60 are drawn.

Where the calendar has nothing between, it may be a few less: eight years, seven decades.
"""

from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from search.language.periods import Period, Unit, around, years_from
from search.request import Grain

DAYS_SHOWN = 62
MONTHS_NEEDED = 10
MONTHS_SHOWN = 60
YEARS_SHOWN = 60
DECADES_SHOWN = 60
WEEK = timedelta(days=6)


class Width(StrEnum):
    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


def grain_of(start: date | None, end: date | None) -> Grain:
    """What the engine has to count so that the bars of this range can be drawn."""
    narrow = start is not None and end is not None and months_between(start, end) < MONTHS_NEEDED
    return Grain.DAY if narrow else Grain.MONTH


def width_of(first: date, last: date, grain: Grain) -> Width:
    """The narrowest width that does not need too many bars for these days."""
    if grain is Grain.DAY:
        return Width.DAY if (last - first).days < DAYS_SHOWN else Width.WEEK
    if months_between(first, last) <= MONTHS_SHOWN:
        return Width.MONTH
    years = last.year - first.year + 1
    if years <= YEARS_SHOWN:
        return Width.YEAR
    return Width.DECADE if years <= DECADES_SHOWN * 10 else Width.CENTURY


def wider_than(width: Width) -> Width:
    """The next one; a century has none."""
    widths = list(Width)  # the widest first
    return widths[widths.index(width) - 1]


def months_between(first: date, last: date) -> int:
    """How many months have one of the days."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


KEYS: dict[Width, Callable[[date], Hashable]] = {
    Width.CENTURY: lambda day: day.year // 100,
    Width.DECADE: lambda day: day.year // 10,
    Width.YEAR: attrgetter("year"),
    Width.MONTH: attrgetter("year", "month"),
    Width.WEEK: lambda day: (day.toordinal() - 1) // 7,  # the first of January 1 was a Monday
    Width.DAY: date.toordinal,
}
"""What the days of one bar have in common, and no other day."""


@lru_cache(maxsize=5_000)
def around_day(day: date, width: Width) -> Period:
    """The century, decade, year, month, week (from Monday) or day that a day lies in."""
    match width:
        case Width.CENTURY:
            return years_from(day.year // 100 * 100, 100)
        case Width.DECADE:
            return years_from(day.year // 10 * 10, 10)
        case Width.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + min(WEEK, date.max - monday))
    return around(day, UNITS[width])


UNITS = {Width.YEAR: Unit.YEAR, Width.MONTH: Unit.MONTH, Width.DAY: Unit.DAY}


def divided(first: date, last: date, width: Width) -> Iterator[Period]:
    """The periods of one width that cover the days from `first` to `last`."""
    period = around_day(first, width)
    while period.end < last:
        yield period
        period = around_day(period.end + timedelta(days=1), width)
    yield period

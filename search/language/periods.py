"""Whole days of the calendar, in a row: what a written date stands for, and its name.

Years run from 0001 to 9999.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from enum import IntEnum

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `start` to `end`, both included; ValueError if the end comes first."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")


class Unit(IntEnum):
    """What a period is made of, as the number of characters that name it in an ISO date."""

    YEAR = 4
    MONTH = 7
    DAY = 10


def years_from(first: int, count: int = 1) -> Period:
    """So many years, as far as the calendar has them. ValueError if it has none of them."""
    last = min(first + count - 1, MAXYEAR)
    return Period(date(max(first, MINYEAR), 1, 1), date(last, 12, 31))


def around(day: date, unit: Unit) -> Period:
    """The year, month or day that a day lies in."""
    match unit:
        case Unit.YEAR:
            return years_from(day.year)
        case Unit.MONTH:
            return Period(day.replace(day=1), day.replace(day=days_in(day.year, day.month)))
        case Unit.DAY:
            return Period(day, day)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year, month)[1]


def unit_of(start: date | None, end: date | None) -> Unit:
    """The widest unit that can begin on `start` and finish on `end`; None goes with any."""
    for unit in (Unit.YEAR, Unit.MONTH):
        begins = start is None or start == around(start, unit).start
        finishes = end is None or end == around(end, unit).end
        if begins and finishes:
            return unit
    return Unit.DAY


def in_digits(period: Period) -> tuple[str, str]:
    """Its beginning and its end in ISO's notation, no longer than is exact: 2009, 2009-12."""
    unit = unit_of(period.start, period.end)
    return period.start.isoformat()[:unit], period.end.isoformat()[:unit]


def describe(period: Period) -> str:
    """The period in words, no longer than is exact: “December 2009”, “the 1990s”."""
    if period.start.year % 10 == 0 and period == years_from(period.start.year, 10):
        return _("the %(year)ss") % {"year": f"{period.start.year:04}"}
    unit = unit_of(period.start, period.end)
    first, last = in_words(period.start, unit), in_words(period.end, unit)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def in_words(day: date, unit: Unit) -> str:
    """The year, month or day that a day lies in: “2009”, “December 2009”, “17 December 2009”."""
    match unit:
        case Unit.YEAR:
            return f"{day.year:04}"
        case Unit.MONTH:
            return date_format(day, pgettext("a month, in the letters of Django's dates", "F Y"))
        case Unit.DAY:
            return date_format(day, pgettext("a day, in the letters of Django's dates", "j F Y"))

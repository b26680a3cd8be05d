"""Dates as people write them: `2008`, `Dec 2009`, `17/12/2009`, `last 10 years`.

Whatever is written stands for a period of whole days. `03/04/2009` is the third of April: the day
comes first, unless only the month can (`12/17/2009`). Years run from 0001 to 9999.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTH_NUMBERS = {
    name[:letters].casefold(): number
    for number, name in enumerate(MONTHS, start=1)
    for letters in (3, 4, len(name))
}

# Matched against text in lower case with commas made spaces.
_ABSOLUTE = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<decade>\d{3}0)s",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<month>\d{1,2})[/.](?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
        r"(?P<name>[a-z]+)\.? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]+)\.? (?P<year>\d{4})",
        r"(?P<name>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d{4})",
    )
)
_LAST = re.compile(r"last (?P<count>[1-9]\d{0,3}) (?P<unit>year|month|week|day)s?")


class DateNotUnderstoodError(ValueError):
    """The text, kept as `.text`, names no period that we can read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"“{self.text}” is not a date we understand. Try 2009, Dec 2009 or 17/12/2009."


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


def parse_period(text: str, today: date) -> Period:
    """The days that a text stands for; `today` is where “yesterday” and “last year” start from.

    Raises DateNotUnderstoodError, also for days that do not exist (31 Feb 2009).
    """
    plain = " ".join(text.casefold().replace(",", " ").split())
    try:
        period = _relative(plain, today) or _absolute(plain)
    except (ValueError, OverflowError) as not_in_the_calendar:
        raise DateNotUnderstoodError(text) from not_in_the_calendar
    if period is None:
        raise DateNotUnderstoodError(text)
    return period


def describe(period: Period) -> str:
    """The period in words, no longer than is exact: “December 2009”, “the 1990s”."""
    if period.start.year % 10 == 0 and period == _years(period.start.year, 10):
        return f"the {period.start.year:04}s"
    unit = unit_of(period.start, period.end)
    first, last = _in_words(period.start, unit), _in_words(period.end, unit)
    return first if first == last else f"{first} to {last}"


def unit_of(start: date | None, end: date | None) -> Unit:
    """The widest unit that can begin on `start` and finish on `end`; None goes with any."""
    for unit in (Unit.YEAR, Unit.MONTH):
        begins = start is None or start == _around(start, unit).start
        finishes = end is None or end == _around(end, unit).end
        if begins and finishes:
            return unit
    return Unit.DAY


def _relative(plain: str, today: date) -> Period | None:
    match plain:
        case "today":
            return Period(today, today)
        case "yesterday":
            return _around(today - timedelta(days=1), Unit.DAY)
        case "this year":
            return _years(today.year)
        case "last year":
            return _years(today.year - 1)
    if last := _LAST.fullmatch(plain):
        return _last(int(last["count"]), last["unit"], today)
    return None


def _last(count: int, unit: str, today: date) -> Period:
    """As many units up to and including today as the calendar has."""
    try:
        match unit:
            case "day" | "week":
                before = today - timedelta(days=count * (7 if unit == "week" else 1))
            case _:
                before = _months_back(today, count * (12 if unit == "year" else 1))
        return Period(before + timedelta(days=1), today)
    except (ValueError, OverflowError):
        return Period(date.min, today)


def _months_back(day: date, count: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _absolute(plain: str) -> Period | None:
    match = next(filter(None, (shape.fullmatch(plain) for shape in _ABSOLUTE)), None)
    if match is None:
        return None
    parts = match.groupdict()
    if "decade" in parts:
        return _years(int(parts["decade"]), 10)
    year = int(parts["year"])
    if "name" in parts:
        parts["month"] = str(_MONTH_NUMBERS.get(parts["name"], 0))
    if "month" not in parts:
        return _years(year)
    month = int(parts["month"])
    if "day" not in parts:
        return _around(date(year, month, 1), Unit.MONTH)
    day = int(parts["day"])
    if "mark" in parts and month > 12:  # 12/17/2009 can only be written month first
        day, month = month, day
    return _around(date(year, month, day), Unit.DAY)


def _years(first: int, count: int = 1) -> Period:
    return Period(date(first, 1, 1), date(first + count - 1, 12, 31))


def _around(day: date, unit: Unit) -> Period:
    """The year, month or day that a day lies in."""
    match unit:
        case Unit.YEAR:
            return _years(day.year)
        case Unit.MONTH:
            return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
        case Unit.DAY:
            return Period(day, day)


def _in_words(day: date, unit: Unit) -> str:
    year = f"{day.year:04}"
    month = f"{MONTHS[day.month - 1]} {year}"
    return {Unit.YEAR: year, Unit.MONTH: month, Unit.DAY: f"{day.day} {month}"}[unit]

"""Dates as people write them: `2008`, `Dec 2009`, `17/12/2009`, `last 10 years`.

Whatever is written stands for a period of whole days. In `03/04/2009` the day comes first, unless
the setting MONTH_FIRST says otherwise or only the month can (`12/17/2009`). Months may be named in
English and in the language of the page.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.utils import dates as names
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from search.language.periods import Period, Unit, around, days_in, in_words, years_from

ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

# Matched against text in lower case with commas made spaces.
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<other>\d{1,2})(?P=mark)(?P<year>\d{4})")
_ABSOLUTE = (
    _NUMBERS,
    *(
        re.compile(shape)
        for shape in (
            r"(?P<year>\d{4})",
            r"(?:the )?(?P<decade>\d{3}0)s",
            r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
            r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
            r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
            r"(?P<month>\d{1,2})[/.](?P<year>\d{4})",
            r"(?P<name>[^\W\d_]+)\.? (?P<year>\d{4})",
            r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? (?P<name>[^\W\d_]+)\.? (?P<year>\d{4})",
            r"(?P<name>[^\W\d_]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d{4})",
        )
    ),
)
_LAST = re.compile(r"last (?P<count>[1-9]\d{0,3}) (?P<unit>year|month|week|day)s?")


class DateNotUnderstoodError(ValueError):
    """The text, kept as `.text`, names no period that we can read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return _("“%(text)s” is not a date we understand. Try 2009, Dec 2009 or 17/12/2009.") % {
            "text": self.text
        }


class NoSuchDayError(DateNotUnderstoodError):
    """The text names a day that its month does not have."""

    def __init__(self, text: str, year: int, month: int) -> None:
        super().__init__(text)
        self.first = date(year, month, 1)
        self.days = days_in(year, month)

    def __str__(self) -> str:
        return ngettext(
            "“%(text)s” is not a day: %(month)s has %(count)d day.",
            "“%(text)s” is not a day: %(month)s has %(count)d days.",
            self.days,
        ) % {"text": self.text, "month": in_words(self.first, Unit.MONTH), "count": self.days}


def parse_period(text: str, today: date) -> Period:
    """The days that a text stands for; `today` is where “yesterday” and “last year” start from.

    Raises DateNotUnderstoodError; NoSuchDayError, which is one, for a 31 February.
    """
    plain = _plain(text)
    try:
        period = _relative(plain, today) or _absolute(plain)
    except _NoSuchDay as no_such_day:
        raise NoSuchDayError(text, *no_such_day.args) from no_such_day
    except (ValueError, OverflowError) as not_in_the_calendar:
        raise DateNotUnderstoodError(text) from not_in_the_calendar
    if period is None:
        raise DateNotUnderstoodError(text)
    return period


def other_reading(text: str) -> date | None:
    """The day that a text stands for where the order of its numbers is the other one.

    None where the text leaves no doubt: 17/12/2009, 3 April 2009, 04/04/2009.
    """
    numbers = _NUMBERS.fullmatch(_plain(text))
    if numbers is None or numbers["mark"] == ".":
        return None
    day, month = _day_and_month(numbers)
    try:
        return date(int(numbers["year"]), day, month) if day != month else None
    except ValueError:
        return None


def doubt(text: str) -> str:
    """How a text was read that could have been another day, and how to write that; "" if clear."""
    other = other_reading(text)
    if other is None:
        return ""
    if settings.MONTH_FIRST:
        said = _("“%(text)s” is read with the month first. For the other day write “%(other)s”.")
    else:
        said = _("“%(text)s” is read with the day first. For the other day write “%(other)s”.")
    return said % {"text": text, "other": in_words(other, Unit.DAY)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split())


def _relative(plain: str, today: date) -> Period | None:
    match plain:
        case "today":
            return Period(today, today)
        case "yesterday":
            return around(today - timedelta(days=1), Unit.DAY)
        case "this month":
            return around(today, Unit.MONTH)
        case "last month":
            return around(_months_back(today, 1), Unit.MONTH)
        case "this year":
            return years_from(today.year)
        case "last year":
            return around(_months_back(today, 12), Unit.YEAR)
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
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


class _NoSuchDay(ValueError):  # noqa: N818  never leaves this module
    """The arguments are a year and one of its months, which does not have the day."""


def _absolute(plain: str) -> Period | None:
    match = next(filter(None, (shape.fullmatch(plain) for shape in _ABSOLUTE)), None)
    if match is None:
        return None
    parts = match.groupdict()
    if "decade" in parts:
        return years_from(int(parts["decade"]), 10)
    year = int(parts["year"])
    if "one" in parts:
        return _day(year, *reversed(_day_and_month(match)))
    if "name" in parts:
        parts["month"] = month_numbers(get_language()).get(parts["name"], 0)
    if "month" not in parts:
        return years_from(year)
    month = int(parts["month"])
    if "day" not in parts:
        return around(date(year, month, 1), Unit.MONTH)
    return _day(year, month, int(parts["day"]))


def _day_and_month(numbers: re.Match[str]) -> tuple[int, int]:
    """17/12 and 12/17 are the same day. 03/04 may be two: then the setting decides.

    Where points stand between them, it is the day that comes first everywhere.
    """
    day, month = int(numbers["one"]), int(numbers["other"])
    month_first = settings.MONTH_FIRST and numbers["mark"] != "."
    if month > 12 or (month_first and day <= 12):
        return month, day
    return day, month


def _day(year: int, month: int, day: int) -> Period:
    first = date(year, month, 1)
    if not 1 <= day <= days_in(year, month):
        raise _NoSuchDay(year, month)
    return around(first.replace(day=day), Unit.DAY)


@lru_cache(maxsize=16)
def month_numbers(language: str | None) -> dict[str, int]:
    """1 to 12 by the names of the months: English, and of the language, which is the current one.

    English ones go by their whole names and their first three or four letters.
    """
    english = {
        name[:letters]: number
        for number, name in enumerate(ENGLISH_MONTHS, start=1)
        for letters in (3, 4, len(name))
    }
    return english | dict(_current_months())


def _current_months() -> Iterator[tuple[str, int]]:
    forms = (names.MONTHS, names.MONTHS_ALT, names.MONTHS_AP, names.MONTHS_3)
    for number, name in chain.from_iterable(form.items() for form in forms):
        yield str(name).casefold().rstrip("."), number

"""Dates as news files write them, as the instants that they name and how exactly."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.conf import settings
from django.utils import timezone

from archive.dating import DatePrecision
from archive.importers.base import Stamp
from archive.importers.reading.date_shapes import DAYS, EPOCH, MONTHS, PERIODS, UNSURE
from archive.importers.reading.zones import zone_named

YEARS = range(1000, 9999)  # so that every zone's time of it is a time in UTC
PIVOT = 30
"""A year of two digits from this one on is of the twentieth century, one before it of ours."""

DAY_FIRST = "dates such as 03/04/2009 were read with the day first"
MONTH_FIRST = "dates such as 03/04/2009 were read with the month first"
TWO_DIGITS = "years of two digits were read as 1930 to 2029"
NOT_SURE = "a date that its source is not sure of was taken as it stands"
MIDNIGHT = "midnight was read as the beginning of its day"

Parts = Mapping[str, str | None]


class DateError(ValueError):
    """What was written is no date. The text says why."""


class NoDateError(DateError):
    """It does not even look like one."""


def read_date(text: str, zone: tzinfo) -> Stamp:
    """The instant that `text` names; in `zone` unless it names a zone itself. Raises DateError.

    03/04/2009 is the third of April, unless the setting MONTH_FIRST says otherwise; with points the
    day always comes first. A time that a clock showed twice is the first of the two; one that the
    clock jumped over is as much later as it jumped. A month or a year is the newsroom's, and begins
    with its first instant there, whatever `zone` is.
    """
    folded = _fold(text)
    if epoch := EPOCH.fullmatch(folded):
        second = datetime.fromtimestamp(int(folded[:10]), UTC)
        return Stamp(second.replace(microsecond=int(epoch["thousandths"] or 0) * 1000))
    plain, notes = _plain(folded)
    for shape in DAYS:
        if match := shape.fullmatch(plain):
            return _day(match.groupdict(), text, zone, notes)
    for shape in PERIODS:
        if match := shape.fullmatch(plain):
            return _period(_whole(match.groupdict(), text, notes), text, notes)
    raise NoDateError(f"date '{text}' is not written in a way that is understood")


def localise(naive: datetime, zone: tzinfo) -> tuple[datetime, str]:
    """The instant in UTC at which the clocks of `zone` showed `naive`, and a note if they did so
    twice (it is the first time) or never (it is as much later as they jumped)."""
    aware = naive.replace(tzinfo=zone, fold=0)
    instant = aware.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != naive:
        return instant, f"{naive:%Y-%m-%d %H:%M} was jumped over when the clocks went forward"
    if aware.utcoffset() != aware.replace(fold=1).utcoffset():
        return instant, f"{naive:%Y-%m-%d %H:%M} came twice when the clocks went back; the first"
    return instant, ""


def _fold(text: str) -> str:
    """Small letters without accents, single spaces, no space before a comma."""
    plain = unicodedata.normalize("NFKD", text.strip().lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"\s+,", ",", re.sub(r"\s+", " ", plain))


def _plain(folded: str) -> tuple[str, list[str]]:
    """Without what is said beside a date, hours by their numbers; and what had to be decided."""
    notes = []
    while match := UNSURE.fullmatch(folded):
        folded, notes = "".join(filter(None, match.groups())).strip(), [NOT_SURE]
    folded = re.sub(r"([+-]\d{4}) \([a-z ]+\)$", r"\1", folded)  # RFC 2822: -0500 (EST)
    folded = re.sub(r"\b(?:12 )?noon\b", "12:00", folded)
    if "midnight" in folded:
        folded, notes = re.sub(r"\b(?:12 )?midnight\b", "00:00", folded), [*notes, MIDNIGHT]
    return folded, notes


def _day(parts: Parts, text: str, zone: tzinfo, notes: list[str]) -> Stamp:
    """What a shape of DAYS names. A day or month that is 00 is not known, as databases have it."""
    numbers = _whole(parts, text, notes)
    if not all(numbers):
        return _period(numbers, text, notes)
    day = _existing(numbers, text)
    if parts["hour"] is None:
        when, note = localise(datetime.combine(day, time()), zone)
        return Stamp(when, timed=False, note=_joined(*notes, note))
    own = zone_named(parts["zone"]) if parts["zone"] else zone
    if own is None:
        raise DateError(f"date '{text}' names a time zone that is not known: {parts['zone']}")
    clock, days = _clock(parts, text)
    when, note = localise(datetime.combine(day, clock) + timedelta(days=days), own)
    return Stamp(when, note=_joined(*notes, note))


def _whole(parts: Parts, text: str, notes: list[str]) -> tuple[int, int, int]:
    """Year, month and day, 0 where nothing is said. Raises DateError."""
    year = _year(parts["year"] or "", text, notes)
    if parts.get("one"):
        return (year, *_month_and_day(parts, notes))
    name = parts.get("name")
    month = MONTHS.get(name, 0) if name else int(parts.get("month") or 0)
    if name and not month:
        raise NoDateError(f"date '{text}' names no month that is known")
    return year, month, int(parts.get("day") or 0)


def _year(digits: str, text: str, notes: list[str]) -> int:
    year = int(digits.removeprefix("'"))
    if len(digits) < 4:
        notes.append(TWO_DIGITS)
        year += 1900 if year >= PIVOT else 2000
    if year not in YEARS:
        raise DateError(f"date '{text}': the year {year} is out of the range of archives")
    return year


def _month_and_day(parts: Parts, notes: list[str]) -> tuple[int, int]:
    """Of two numbers: only one can be the month, or the setting decides and a note says so."""
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    if two > 12 >= one:
        return one, two
    is_month_first = settings.MONTH_FIRST and parts["mark"] != "."
    if one <= 12 and one != two:
        notes.append(MONTH_FIRST if is_month_first else DAY_FIRST)
    return (one, two) if is_month_first and one <= 12 else (two, one)


def _existing(numbers: tuple[int, int, int], text: str) -> date:
    try:
        return date(*numbers)
    except ValueError:
        raise DateError(f"date '{text}' is not a day") from None


def _period(numbers: tuple[int, int, int], text: str, notes: list[str]) -> Stamp:
    """A month, or a year where no month is said."""
    year, month, day = numbers
    if month > 12 or (day and not month):
        raise DateError(f"date '{text}' is not a month")
    precision = (DatePrecision.MONTH if month else DatePrecision.YEAR).value
    first = datetime(year, month or 1, 1, tzinfo=timezone.get_default_timezone())
    return Stamp(first.astimezone(UTC), timed=False, note=_joined(*notes), precision=precision)


def _clock(parts: Parts, text: str) -> tuple[time, int]:
    """The time of day, and how many days later: one where it is 24:00."""
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    second, part = int(parts.get("second") or 0), (parts.get("part") or "0")[:6].ljust(6, "0")
    half = parts.get("half")
    if parts.get("minute") is None and not half:
        raise DateError(f"date '{text}' has a time without minutes")
    if half and not 1 <= hour <= 23:
        raise DateError(f"date '{text}' has an impossible time of day")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute, second, int(part)) == (24, 0, 0, 0):
        return time(), 1
    try:
        # A leap second is kept as the second before it.
        return time(hour, minute, 59 if second == 60 else second, int(part)), 0
    except ValueError:
        raise DateError(f"date '{text}' has an impossible time of day") from None


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))

"""Dates as news files write them: ISO 8601 first, then the ways in which people write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

YEARS = range(1000, 9999)  # so that every zone's time of it is a time in UTC

_MONTH_NAMES = {  # English, French, German, Spanish; compared without accents
    1: "january jan janvier janv januar jaenner enero ene",
    2: "february feb fevrier fevr februar febrero",
    3: "march mar mars marz maerz mrz marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juin juni junio",
    7: "july jul juillet juil juli julio",
    8: "august aug aout agosto ago",
    9: "september sept sep septembre septiembre",
    10: "october oct octobre oktober okt octubre",
    11: "november nov novembre noviembre",
    12: "december dec decembre dezember dez diciembre dic",
}
MONTHS = {name: month for month, names in _MONTH_NAMES.items() for name in names.split()}
_WEEKDAYS = (
    "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|"
    "sun(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|"
    "donnerstag|freitag|samstag|sonntag|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
_HOURS_FROM_UTC = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11, "JST": 9,
}  # fmt: skip
_REGIONS = {
    "ET": "America/New_York", "CT": "America/Chicago",
    "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip

_ISO = r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
_YEAR_FIRST = r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})"
_NUMBERS = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
_DAY_FIRST = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]*(?:of |de )?(?P<name>[a-z]{3,10})\.?"
    r"[ ,-]*(?:de )?(?P<year>\d{4})"
)
_MONTH_FIRST = r"(?P<name>[a-z]{3,10})\.? *(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ,]+(?P<year>\d{4})"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?:uhr|hrs?|hours)\b)?"
    r"(?: ?\(?(?P<zone>z|[+-]\d\d:?\d\d|[+-]\d\d|(?:utc|gmt)[+-]\d{1,2}(?::?\d\d)?|[a-z]{2,5})\)?)?"
)
_COMPACT_CLOCK = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>z|[+-]\d\d:?\d\d)?"
_BETWEEN = r"(?:t|[ ,|–—•·-]+(?:(?:at|a|um)\b)? *)"
_SHAPES = [
    re.compile(shape)
    for day in (_ISO, _YEAR_FIRST, _NUMBERS, _DAY_FIRST, _MONTH_FIRST)
    for shape in (
        rf"(?:(?:{_WEEKDAYS})\.?,? )?{day}(?:{_BETWEEN}{_CLOCK})?",
        rf"{_CLOCK}[ ,|–—•·-]+(?:on )?(?:(?:{_WEEKDAYS})\.?,? )?{day}",
    )
]
_SHAPES.insert(1, re.compile(f"{_ISO}t{_COMPACT_CLOCK}"))

DAY_FIRST = "dates such as 03/04/2009 were read with the day first"


class DateError(ValueError):
    """What was written is no date. The text says why."""


class NoDateError(DateError):
    """It does not even look like one."""


class Stamp(NamedTuple):
    """An instant that somebody wrote down. `timed` is False where only a day was written, which
    then begins at midnight; `note` says what had to be decided, or is empty."""

    when: datetime
    timed: bool
    note: str = ""


def read_date(text: str, zone: tzinfo) -> Stamp:
    """The instant that `text` names; in `zone` unless it names a zone itself. Raises DateError.

    03/04/2009 is the third of April. A time that a clock showed twice is the first of the two; one
    that the clock jumped over is as much later as it jumped.
    """
    folded = _fold(text)
    match = next((match for shape in _SHAPES if (match := shape.fullmatch(folded))), None)
    if match is None:
        raise NoDateError(f"date '{text}' is not written in a way that is understood")
    parts = match.groupdict()
    day, day_note = _day(parts, text)
    if parts["hour"] is None:
        when, note = localise(datetime.combine(day, time()), zone)
        return Stamp(when, timed=False, note=day_note or note)
    clock = _clock(parts, text)
    when, note = localise(datetime.combine(day, clock), _zone(parts["zone"], zone, text))
    return Stamp(when, timed=True, note=day_note or note)


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


def _day(parts: dict[str, str | None], text: str) -> tuple[date, str]:
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    name = parts.get("name")
    month = MONTHS.get(name, 0) if name else int(parts.get("month") or 0)
    if name and not month:
        raise NoDateError(f"date '{text}' names no month that is known")
    note = ""
    if re.match(r"\D*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text):
        if month > 12 >= day:
            day, month = month, day
        elif day <= 12 and day != month:
            note = DAY_FIRST
    if year not in YEARS:
        raise DateError(f"date '{text}': the year {year} is out of the range of archives")
    try:
        return date(year, month, day), note
    except ValueError:
        raise DateError(f"date '{text}' is not a day") from None


def _clock(parts: dict[str, str | None], text: str) -> time:
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    second, part = int(parts.get("second") or 0), (parts.get("part") or "0")[:6].ljust(6, "0")
    half = parts.get("half")
    if parts.get("minute") is None and not half:
        raise DateError(f"date '{text}' has a time without minutes")
    if half and not 1 <= hour <= 12 and not 13 <= hour <= 23:
        raise DateError(f"date '{text}' has an impossible time of day")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        # A leap second is kept as the second before it.
        return time(hour, minute, 59 if second == 60 else second, int(part))
    except ValueError:
        raise DateError(f"date '{text}' has an impossible time of day") from None


def _zone(name: str | None, default: tzinfo, text: str) -> tzinfo:
    if not name:
        return default
    known = name.upper()
    if known in _REGIONS:
        return ZoneInfo(_REGIONS[known])
    if known in _HOURS_FROM_UTC:
        return timezone(timedelta(hours=_HOURS_FROM_UTC[known]))
    offset = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", known)
    if not offset or int(offset[2]) > 14 or int(offset[3] or 0) > 59:
        raise DateError(f"date '{text}' names a time zone that is not known: {name.upper()}")
    shift = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-shift if offset[1] == "-" else shift)

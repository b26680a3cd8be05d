"""The shapes in which dates are written: ISO 8601 first, then the ways of people and of machines.

Compared with small letters without accents. A shape names its parts: `year` (of two digits too, but
in ISO 8601), `month` or the `name` of one, `day`, or `one` and `two` where either may be the day;
and of the time of day `hour`, `minute`, `second`, its decimal `part`, the `half` of the day (am or
pm) and the `zone`.
"""

import re

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

_ISO = r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
_YEAR_FIRST = r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})"
_NUMBERS = r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})[/.-](?P<year>\d{4}|\d\d)"
_DAY_FIRST = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]*(?:of |de )?(?P<name>[a-z]{3,10})\.?"
    r"[ ,-]*(?:de )?(?P<year>\d{4}|'?\d\d)"
)
_MONTH_FIRST = (
    r"(?P<name>[a-z]{3,10})\.? *(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ,]+(?P<year>\d{4}|'?\d\d)"
)
_ZONE = (
    r"z|[+-]\d\d:?\d\d|[+-]\d\d|(?:utc|gmt)[+-]\d{1,2}(?::?\d\d)?"
    r"|[a-z]+(?:/[a-z_+-]+){1,2}|(?!on\b)[a-z]{2,5}"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?:uhr|hrs?|hours)\b)?"
    rf"(?: ?\(?(?P<zone>{_ZONE})\)?)?"
)
_COMPACT_CLOCK = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>z|[+-]\d\d:?\d\d)?"
_BETWEEN = r"(?:t|[ ,|–—•·-]+(?:(?:at|a|um)\b)? *)"

DAYS = (
    re.compile(f"{_ISO}t?{_COMPACT_CLOCK}"),
    *(
        re.compile(shape)
        for day in (_ISO, _YEAR_FIRST, _NUMBERS, _DAY_FIRST, _MONTH_FIRST)
        for shape in (
            rf"(?:(?:{_WEEKDAYS})\.?,? )?{day}(?:{_BETWEEN}{_CLOCK})?",
            rf"{_CLOCK}[ ,|–—•·-]+(?:on )?(?:(?:{_WEEKDAYS})\.?,? )?{day}",
        )
    ),
)
"""A day, perhaps with its time."""

PERIODS = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[/.](?P<year>\d{4})",
        r"(?P<name>[a-z]{3,10})\.?,? (?:of |de )?(?P<year>\d{4})",
    )
)
"""A month or a year."""

EPOCH = re.compile(r"\d{10}(?P<thousandths>\d{3})?")
"""Seconds or milliseconds since 1970, as machines count them: from 2001 on."""

UNSURE = re.compile(
    r"\[(?P<bracketed>.*)\]|(?:circa|ca?\.|ca|c|about|around) ?(?P<about>\d.*|[a-z]{3,10}\.? \d.*)"
    r"|(?P<asked>.*\d) ?\?"
)
"""What librarians put around a date that they are not sure of."""

"""The words of the query language that ask for dates: `date:`, `before:` and `after:`."""

import re
from datetime import date, timedelta

from search.language.dates import DateNotUnderstoodError, parse_period
from search.language.notes import QueryNote, RangeTurnedRound
from search.language.periods import unit_of
from search.language.tree import Dated, Undated

DATE_WORDS = ("date", "before", "after")

_UNDATED = "none"
_TO = re.compile(r"\s*(?:\.\.+|…)\s*")  # phones and word processors write … for two dots or three


def read_dated(word: str, text: str, today: date, notes: list[QueryNote]) -> Dated | Undated:
    """What one of DATE_WORDS asks for with a text; DateNotUnderstoodError if nothing.

    A range that runs backwards is turned round, and a note says so.
    """
    try:
        match word:
            case "before":
                return Dated(None, parse_period(text, today).start - timedelta(days=1))
            case "after":
                return Dated(parse_period(text, today).end + timedelta(days=1), None)
    except OverflowError as no_such_day:
        raise DateNotUnderstoodError(text) from no_such_day
    if text.casefold() == _UNDATED:
        return Undated()
    return _range(text, today, notes)


def write_dated(node: Dated | Undated) -> str:
    """The shortest text that asks for exactly the same: `date:2009-12..2010-03`, `date:none`."""
    if isinstance(node, Undated):
        return f"date:{_UNDATED}"
    unit = unit_of(node.start, node.end)
    start, end = (day.isoformat()[:unit] if day else "" for day in (node.start, node.end))
    return f"date:{start}" if start == end else f"date:{start}..{end}"


def _range(text: str, today: date, notes: list[QueryNote]) -> Dated:
    match _TO.split(text):
        case [only]:
            period = parse_period(only, today)
            return Dated(period.start, period.end)
        case [start, ""]:
            return Dated(parse_period(start, today).start, None)
        case ["", end]:
            return Dated(None, parse_period(end, today).end)
        case [one, other]:
            first, last = parse_period(one, today), parse_period(other, today)
            if first.start > last.end:
                notes.append(RangeTurnedRound(text))
                first, last = last, first
            return Dated(first.start, last.end)
    raise DateNotUnderstoodError(text)

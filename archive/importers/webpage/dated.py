"""When a page's article was published and changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo

from lxml import etree

from archive.importers.base import Stamp
from archive.importers.pages.lines import Kind, Line, read_line
from archive.importers.reading.dates import DateError, read_date
from archive.importers.reading.html import read_element

_NEAR = 8  # paragraphs from the headline to a date that is its article's
_MOST_SEARCHED = 500_000  # characters: some of htmldate's patterns take the square of the time
_LONGEST = 140  # characters of a line that is a date, with a byline perhaps
_ENDS = (".", ".”", '."')  # of a sentence, which a longer line then is


def claimed_date(claims: Iterable[str], zone: tzinfo) -> Stamp | None:
    """The first claim that is a date; before it one that two claims agree on to the minute."""
    stamps = [stamp for stamp in _stamps(claims, zone) if not stamp.precision]
    minutes = [stamp.when.replace(second=0, microsecond=0) for stamp in stamps]
    agreed = [at for at, minute in enumerate(minutes) if minutes.count(minute) > 1]
    return stamps[agreed[0] if agreed else 0] if stamps else None


def claimed_period(claims: Iterable[str], zone: tzinfo) -> Stamp | None:
    """The first claim that is a month or a year."""
    return next((stamp for stamp in _stamps(claims, zone) if stamp.precision), None)


def _stamps(claims: Iterable[str], zone: tzinfo) -> Iterator[Stamp]:
    return (stamp for claim in claims if (stamp := _read(claim, zone)))


def _read(text: str, zone: tzinfo) -> Stamp | None:
    try:
        return read_date(text, zone)
    except DateError:
        return None


def shown_date(body: etree._Element, headline: str, zone: tzinfo) -> Stamp | None:
    """The date that readers see nearest to the headline, as far as it stands by itself. Above it,
    where today's date may stand, it has to be twice as near."""
    paragraphs = read_element(body).paragraphs
    at = next((at for at, line in enumerate(paragraphs) if headline and headline in line), 0)
    near = range(max(0, at - _NEAR), min(len(paragraphs), at + _NEAR))
    for one in sorted(near, key=lambda other: other - at if other >= at else 2 * (at - other) + 1):
        dates = [line for line in lines_of(paragraphs[one], zone) if line.stamp]
        if dates:
            return min(dates, key=lambda line: line.is_update).stamp
    return None


def lines_of(paragraph: str, zone: tzinfo) -> Sequence[Line]:
    """What a paragraph is, if it is short enough to be a date, a byline or a button."""
    if len(paragraph) > _LONGEST or (len(paragraph) > _LONGEST // 2 and paragraph.endswith(_ENDS)):
        return (Line(Kind.TEXT, paragraph),)
    try:
        return read_line(paragraph, zone)
    except DateError:
        return (Line(Kind.TEXT, paragraph),)


def guessed_date(markup: str, url: str, zone: tzinfo) -> Stamp | None:
    """The day that is found in the address, else in the text, by htmldate."""
    from htmldate import find_date  # seldom needed, and slow to load: not for every process

    markup = markup[:_MOST_SEARCHED]
    day = find_date(markup, url=url or None, original_date=True, extensive_search=True)
    if not day:
        return None
    when = datetime.fromisoformat(day).replace(tzinfo=zone).astimezone(UTC)
    return Stamp(when, timed=False, note=f"the date {day} was guessed from the page's text")

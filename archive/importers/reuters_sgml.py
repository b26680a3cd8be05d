"""Reuters-21578: the wire articles of 1987, in the SGML of their distribution.

    <REUTERS TOPICS="YES" … NEWID="1">
    <DATE>26-FEB-1987 15:01:01.79</DATE>
    <TOPICS><D>cocoa</D></TOPICS> <PLACES><D>usa</D></PLACES> <PEOPLE></PEOPLE> …
    <TEXT><TITLE>BAHIA COCOA REVIEW</TITLE>
    <DATELINE>    SALVADOR, Feb 26 - </DATELINE><BODY>Showers continued…</BODY></TEXT>
    </REUTERS>

It is no SGML that a parser would take: control characters, bare ampersands, notes inside fields.
"""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from functools import partial
from typing import BinaryIO

from archive.importers.base import LONGEST_RECORD, Defaults, Raw, Record, RecordError, TagName
from archive.importers.reading.date_shapes import MONTHS
from archive.importers.reading.dates import localise
from archive.importers.reading.text import clean, decode

NAME = "reuters-sgml"
ENDINGS = (".sgm", ".sgml")
DEFAULT_SOURCE = "Reuters"

_NEW_ID = re.compile(r'\bNEWID="([^"]*)"')
_FIELD = re.compile(r"<(DATE|TOPICS|PLACES|PEOPLE|ORGS|EXCHANGES)>(.*?)</\1>", re.DOTALL)
_TEXT = re.compile(r"<TEXT([^>]*)>")
_PART = re.compile(r"<(TITLE|AUTHOR|DATELINE|BODY)>")
_LISTED = re.compile(r"<D>(.*?)</D>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|[A-Za-z]+);")  # and no bare ampersand: AT&T
_DATE = re.compile(r"\s*(\d{1,2})-([A-Z]{3})-(\d{4})\s*([\d:.]*)(.*)", re.DOTALL)
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?")
_DAY = r"(?:[A-Za-z]{3,9}\.?\s+\d{1,2}|\d{1,2}\s+[A-Za-z]{3,9})"
_DATELINE = re.compile(rf"\s*(.*?),?\s+{_DAY}\b.*?-+(.*)", re.DOTALL)
_UNDATED_DATELINE = re.compile(r"\s*(.*?)\s+-+\s*()$", re.DOTALL)
# Alone at the end, in whatever spelling, or in capitals after the last sentence.
_SIGNATURE = re.compile(r"(?:(?:^|\n)\s*(?i:re?ue?ters?)(?: [A-Z])?|(?<=[.)\d\"]) +REUTER)[.\s]*$")
_LONGEST_SIGNATURE = 80
_LONGEST_DATELINE = 300  # characters, with a sentence that slipped in; the longest has 66
_TABLE = re.compile(r"\S {3,}\S|\.{4}")
_BRIEF, _UNPROCESSED = 'TYPE="BRIEF"', 'TYPE="UNPROC"'


def sniff(head: bytes) -> bool:
    return b"<REUTERS " in head[:4096]


def split(stream: BinaryIO) -> Iterator[Raw]:
    """From each <REUTERS …> to its </REUTERS>, or to the next where that is missing."""
    begun, size = 0, 0
    record: list[bytes] = []
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_RECORD), b""), start=1):
        begins = line.startswith(b"<REUTERS ")
        if begins and record:
            yield _raw(begun, record)
            record = []
        if begins:
            begun, size = number, 0
        elif not record:
            continue
        record.append(line)
        size += len(line)
        if line.startswith(b"</REUTERS>") or size > LONGEST_RECORD:
            yield _raw(begun, record)
            record = []
    if record:
        yield _raw(begun, record)


def _raw(line: int, record: list[bytes]) -> Raw:
    text, _ = decode(b"".join(record))
    return Raw(line, text)


def build(raw: Raw, defaults: Defaults) -> Record:
    """People are those of the PEOPLE field, also where there are none: the source's own indexers
    decided who an article is about. Exchanges are organisations."""
    new_id = _NEW_ID.search(raw.text)
    if not new_id:
        raise RecordError("it has no NEWID")
    begun = _TEXT.search(raw.text)
    kind, text = (begun[1], _up_to("</TEXT>", raw.text, begun.end())) if begun else ("", "")
    head = raw.text[: begun.start()] if begun else raw.text
    fields = {name: _plain(text) for name, text in _FIELD.findall(head)}
    parts = {one[1]: _up_to(f"</{one[1]}>", text, one.end()) for one in _PART.finditer(text)}
    place, opening = _dateline(_plain(parts.get("DATELINE", "")))
    published, notes = _published(fields.get("DATE", ""), defaults.zone)
    return Record(
        source=defaults.source or DEFAULT_SOURCE,
        external_id=new_id[1],
        headline=_plain(parts.get("TITLE", "")),
        paragraphs=_paragraphs(kind, text, parts, opening),
        byline=re.sub(r"^\s*By\s+", "", _plain(parts.get("AUTHOR", "")), flags=re.IGNORECASE),
        place=place,
        published=published,
        people=tuple(_listed(fields, "PEOPLE")),
        tags=(
            *(TagName(name, "subject") for name in _listed(fields, "TOPICS")),
            *(TagName(name, "place") for name in _listed(fields, "PLACES")),
            *(TagName(name, "organisation") for name in _listed(fields, "ORGS")),
            *(TagName(name, "organisation") for name in _listed(fields, "EXCHANGES")),
        ),
        notes=notes,
    )


def _up_to(end: str, text: str, start: int) -> str:
    """What stands between `start` and `end`, or up to the end of the text where it is missing."""
    found = text.find(end, start)
    return text[start:] if found < 0 else text[start:found]


def _plain(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return clean(text)


def _listed(fields: dict[str, str], name: str) -> list[str]:
    return _LISTED.findall(fields.get(name, ""))


def _published(text: str, zone: tzinfo) -> tuple[datetime | None, tuple[str, ...]]:
    """The time in `zone`. Where only the time of day is impossible, the day still is true: it is
    kept, from its midnight. Raises RecordError."""
    match = _DATE.match(text)
    if not match:
        raise RecordError(
            f"date '{text.strip()}' is not understood" if text.strip() else "it has no DATE"
        )
    day, month, year, clock, remark = match.groups()
    try:
        published = date(int(year), MONTHS.get(month.lower(), 0), int(day))
    except ValueError:
        raise RecordError(f"date '{text.strip()}' is not a day") from None
    notes = [remark.strip(" #")] if "#" in remark else []
    try:
        at = _time(clock)
    except ValueError:
        notes.append(f"the time of day '{clock}' is impossible; only the day was kept")
        at = time()
    when, note = localise(datetime.combine(published, at), zone)
    return when, tuple(filter(None, (*notes, note)))


def _time(clock: str) -> time:
    match = _CLOCK.fullmatch(clock)
    if not match:
        raise ValueError(clock)
    hour, minute, second, part = match.groups()
    return time(int(hour), int(minute), int(second), int((part or "0").ljust(6, "0")))


def _dateline(text: str) -> tuple[str, str]:
    """The place, and what of the article's first sentence slipped in behind the dash."""
    if len(text) > _LONGEST_DATELINE:
        return "", text.strip()
    match = _DATELINE.match(text) or _UNDATED_DATELINE.match(text)
    return (match[1], match[2].strip()) if match else ("", text.strip())


def _paragraphs(kind: str, text: str, parts: dict[str, str], opening: str) -> tuple[str, ...]:
    """An indent begins a paragraph. What the source could not structure keeps its own lines; what
    stands for the body of a brief item ("Blah blah blah.") is no text of anybody's."""
    if _BRIEF in kind:
        return ()
    body = _unsigned(_plain(text if _UNPROCESSED in kind else parts.get("BODY", "")).rstrip())
    if _UNPROCESSED in kind:
        blocks = re.split(r"\n\s*\n", body)
        return tuple(block.strip("\n") for block in blocks if block.strip())
    begun = f"{opening}{'' if opening.endswith('-') else ' '}{body}" if opening else body
    blocks = re.split(r"\n(?=\s{4})|\n\s*\n", begun)
    return tuple(_joined(block) for block in blocks if block.strip())


def _unsigned(text: str) -> str:
    return text[:-_LONGEST_SIGNATURE] + _SIGNATURE.sub("", text[-_LONGEST_SIGNATURE:])


def _joined(block: str) -> str:
    """The lines of a paragraph as one; those of a table as they stand."""
    if ("   " in block.strip() or "...." in block) and _TABLE.search(block):
        return "\n".join(line.rstrip() for line in block.strip("\n").split("\n"))
    return " ".join(line.strip() for line in block.strip("\n").split("\n"))

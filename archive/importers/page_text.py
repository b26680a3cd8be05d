"""The text of a scraped page: icon names run together, a date, a headline, paragraphs, pointers,
players' times, and whatever else stood on the page.

    icon bookmark-bicon bookmarkicon cameraicon checkicon …
    17 Dec, 2009 12:02

    “NATO will never attack Russia” – Rasmussen

    NATO Secretary General Anders Fogh Rasmussen has visited Moscow to seek greater assistance…

    Read also – NATO Chief Arrives in Moscow To Have Russia Involved in Afghan War

    Podcasts
    0:00
    26:13

What the lines are is told by `pages.lines`, what they come to by `pages.story`. A date is only ever
taken from a line that is nothing but a date (with a byline, perhaps), never from the text.
"""

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from typing import BinaryIO

from archive.importers.base import (
    LONGEST_RECORD,
    Defaults,
    MediaItem,
    Pointer,
    Raw,
    Record,
    RecordError,
    TagName,
)
from archive.importers.pages.lines import Kind, Line, is_date_label, is_icon_run, read_line
from archive.importers.pages.story import read_page
from archive.importers.reading.dates import DateError
from archive.importers.reading.text import clean, decode

NAME = "page-text"
ENDINGS = (".txt", ".text")
DEFAULT_SOURCE = "Imported pages"

_MARKUP = ("<", "{", "[", "%PDF")
_LINES_SNIFFED = 60


def sniff(head: bytes) -> bool:
    """Plain text in which a line near the top is a date, or a run of icon names."""
    text = clean(decode(head)[0]).lstrip()
    if text.startswith(_MARKUP) or "\ufffd" in text[:1000]:
        return False
    lines = [line for line in text.split("\n") if line.strip()][:_LINES_SNIFFED]
    return any(_marks_a_page(line) for line in lines)


def _marks_a_page(line: str) -> bool:
    try:
        return any(one.kind is Kind.DATE for one in read_line(line, UTC)) or is_icon_run(line)
    except DateError:
        return True


def split(stream: BinaryIO) -> Iterator[Raw]:
    """One file is one page."""
    text, notes = decode(stream.read(LONGEST_RECORD + 1))
    yield Raw(1, text, notes)


def build(raw: Raw, defaults: Defaults) -> Record:
    if len(raw.text) > LONGEST_RECORD:
        raise RecordError(f"the page is longer than {LONGEST_RECORD:,} characters")
    try:
        lines = _read(clean(raw.text), defaults.zone)
        page = read_page(lines, defaults.zone)
    except DateError as error:
        raise RecordError(str(error)) from error
    stamps = (page.published, page.modified)
    return Record(
        source=defaults.source or DEFAULT_SOURCE,
        headline=page.headline,
        standfirst=page.standfirst,
        paragraphs=page.paragraphs,
        byline=page.byline,
        modified=page.modified.when if page.modified else None,
        tags=tuple(TagName(tag) for tag in page.tags),
        related=tuple(Pointer(title) for title in page.related),
        media=tuple(MediaItem("audio", one.title, duration=one.seconds) for one in page.recordings),
        notes=tuple(stamp.note for stamp in stamps if stamp and stamp.note),
    ).dated(page.published)


def _read(text: str, zone: tzinfo) -> list[Line]:
    lines: list[Line] = []
    label = ""
    for part in _paragraphs(text):
        if is_date_label(part):
            label = part
            continue
        lines += read_line(f"{label} {part}" if label and len(part) < 60 else part, zone)
        label = ""
    return lines


def _paragraphs(text: str) -> Iterator[str]:
    """The lines of `text` that say anything; those of a paragraph that was wrapped as one."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if _is_wrapped(lines):
            yield " ".join(lines)
        else:
            yield from lines


def _is_wrapped(lines: list[str]) -> bool:
    """Lines of about one length, of which some go on in the middle of a sentence."""
    return all(45 <= len(line) <= 110 for line in lines[:-1]) and any(
        line[0].islower() for line in lines[1:]
    )

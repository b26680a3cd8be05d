"""The lines of a scraped page, put together: which of them is the headline, where the article
begins and ends, when it was published."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from archive.importers.base import RecordError, Stamp
from archive.importers.pages.lines import Kind, Line, is_sentence
from archive.importers.reading.dates import DateError, read_date

_SITE_NAME = re.compile(r"\s+[|·»]\s+.*$")
_LONGEST_HEADLINE = 40  # words


class Recording(NamedTuple):
    title: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Page:
    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    byline: str
    published: Stamp | None
    modified: Stamp | None
    related: tuple[str, ...]
    tags: tuple[str, ...]
    recordings: tuple[Recording, ...]


def read_page(lines: Sequence[Line], zone: tzinfo) -> Page:
    """Raises RecordError where no headline can be told, or no text is there."""
    lines = _with_times_of_day(lines, zone)
    begin, end = _body_span(lines)
    title_at = _headline_at(lines, begin)
    begin = max(begin, title_at + 1) if begin < len(lines) else title_at + 1
    headline = _SITE_NAME.sub("", lines[title_at].text)
    body = _Body.of(lines[begin:end], lines[end:])
    if not body.paragraphs:
        raise RecordError("there is no text under the headline")
    return Page(
        headline,
        _standfirst(lines[title_at + 1 : begin], headline),
        body.paragraphs,
        next((line.text for line in lines if line.kind is Kind.BYLINE), ""),
        _nearest_date(lines, title_at, is_update=False),
        _nearest_date(lines, title_at, is_update=True),
        tuple(dict.fromkeys((*_pointers(lines), *body.listed))),
        _tags(lines),
        tuple(_recordings(lines)),
    )


def _with_times_of_day(lines: Sequence[Line], zone: tzinfo) -> list[Line]:
    """A day and, on the next line, a time: together they are the date."""
    joined: list[Line] = []
    for line in lines:
        day = joined[-1] if joined else None
        if line.kind is Kind.CLOCK and day and day.stamp and not day.stamp.timed:
            try:
                stamp = read_date(f"{day.text} {line.text}", zone)
            except DateError:
                pass
            else:
                joined[-1] = Line(Kind.DATE, day.text, stamp, day.is_update)
                continue
        joined.append(line)
    return joined


def _body_span(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the article's text lies: the stretch with the most words of prose and the least of
    anything else, so that a lone sentence in a banner or a footer is no part of it.

    The maximum-sum stretch, in one pass (Kadane's). Empty, at the end, where there is no prose.
    """
    best, span = 0, (len(lines), len(lines))
    total, begin = 0, 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, begin = 0, at
        total += _worth(line)
        if total > best:
            best, span = total, (begin, at + 1)
    return span


def _worth(line: Line) -> int:
    if line.kind is not Kind.TEXT:
        return -60 if line.kind is Kind.END else -1
    if _is_prose(line.text):
        return min(_words(line), 60)
    return _words(line) if _ends_plainly(line.text) else -3


def _is_prose(text: str) -> bool:
    """A question or a cry of so many words may be a headline; a plain sentence is not."""
    words = len(text.split())
    return words > _LONGEST_HEADLINE or words >= (12 if _ends_plainly(text) else 30)


def _ends_plainly(text: str) -> bool:
    return is_sentence(text) and not re.search(r"[?!][\"'”’»)\]]*$", text)


def _headline_at(lines: Sequence[Line], begin: int) -> int:
    """Where the headline stands: of the texts above the article, the likeliest; the first of
    equals."""
    candidates = [at for at in range(begin) if lines[at].kind is Kind.TEXT]
    candidates = [at for at in candidates if _words(lines[at]) <= _LONGEST_HEADLINE]
    if not candidates and begin < len(lines) and not _is_prose(lines[begin].text):
        return begin  # a headline with a full stop
    if not candidates:
        raise RecordError("it cannot be told which line is the headline")
    if begin == len(lines):  # no prose at all: the first line that could be one
        return next((at for at in candidates if _words(lines[at]) >= 3), candidates[0])
    texts = [lines[at].text for at in candidates]
    return max(candidates, key=lambda at: (_likelihood(lines, at, begin, texts), -at))


def _likelihood(lines: Sequence[Line], at: int, begin: int, texts: Sequence[str]) -> int:
    text, dated = lines[at].text, (Kind.DATE, Kind.BYLINE)
    repeats = sum(other.startswith(text) for other in texts) > 1
    extends = any(text.startswith(other) and text != other for other in texts)
    return (
        (2 if 4 <= _words(lines[at]) <= 30 else 0)
        - (2 if _words(lines[at]) < 3 else 0)
        + (2 if at and lines[at - 1].kind in dated else 0)
        + (2 if any(line.kind in dated for line in lines[at + 1 : at + 4]) else 0)
        + (3 if repeats else 0)
        - (3 if extends else 0)
        - (2 if text.endswith(".") else 0)
        - (begin - at) // 8
    )


def _words(line: Line) -> int:
    return len(line.text.split())


def _standfirst(lines: Sequence[Line], headline: str) -> str:
    texts = (line.text for line in lines if line.kind is Kind.TEXT)
    return next((text for text in texts if len(text.split()) >= 5 and headline not in text), "")


def _nearest_date(lines: Sequence[Line], title_at: int, *, is_update: bool) -> Stamp | None:
    """Of the lines that are dates, the one that stands nearest to the headline."""
    dates = [at for at, line in enumerate(lines) if line.stamp and line.is_update == is_update]
    return lines[min(dates, key=lambda at: abs(at - title_at))].stamp if dates else None


def _pointers(lines: Sequence[Line]) -> Iterator[str]:
    return (line.text for line in lines if line.kind is Kind.RELATED and line.text)


def _tags(lines: Sequence[Line]) -> tuple[str, ...]:
    listed = (line.text for line in lines if line.kind is Kind.TAGS)
    tags = (tag.strip(" #") for text in listed for tag in re.split(r"[,;|]", text))
    return tuple(dict.fromkeys(filter(None, tags)))


class _Body:
    """The paragraphs of an article, and the headlines that are listed under "Related"."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._listed: list[str] = []
        self._is_over = self._is_list = self._is_player = False

    @classmethod
    def of(cls, lines: Sequence[Line], after: Sequence[Line]) -> "_Body":
        """From the lines of an article, and those that come after it on the page."""
        body = cls()
        for line in lines:
            body._take(line)
        body._is_over = True
        for line in after:
            body._take(line)
        return body

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Without the loose words (topics, initials) that trail behind the last of them."""
        kept = list(self._paragraphs)
        while len(kept) > 1 and len(kept[-1].split()) <= 4 and not _closes(kept[-1]):
            kept.pop()
        return tuple(kept)

    @property
    def listed(self) -> tuple[str, ...]:
        return tuple(self._listed)

    def _take(self, line: Line) -> None:
        if line.kind is Kind.TEXT:
            self._take_text(line.text)
        elif line.kind is Kind.PLAYER:
            self._is_player = True
        elif line.kind is Kind.RELATED and not line.text:
            self._is_list = True
            self._is_over = self._is_over or line.ends_article
        elif line.kind is Kind.END:
            self._is_over, self._is_list = True, False

    def _take_text(self, text: str) -> None:
        is_title = not _closes(text) and len(text.split()) <= _LONGEST_HEADLINE
        if self._is_list and is_title:
            self._listed.append(text)
        elif not self._is_over and not (self._is_player and is_title):
            self._is_list = self._is_player = False
            self._paragraphs.append(text)


def _closes(text: str) -> bool:
    return is_sentence(text) or text.endswith(("”", "»", '"', ":"))


def _recordings(lines: Sequence[Line]) -> Iterator[Recording]:
    """Players show where they are and how long they last: "0:00" and "26:13", on two lines or one.
    A time by itself, with no player about it, is none of theirs."""
    title, is_player = "", False
    for line in lines:
        if line.kind is Kind.PLAYER:
            title, is_player = "", True
        elif line.kind is Kind.TEXT:
            is_player = is_player and not _closes(line.text)
            title = line.text if is_player else ""
        elif line.kind is Kind.CLOCK:
            position, _, duration = line.text.partition("/")
            seconds = _seconds(duration or position)
            if seconds and (is_player or duration):
                yield Recording(title, seconds)
                title = ""
            is_player = is_player or bool(duration) or seconds == 0


def _seconds(clock: str) -> int:
    parts = clock.strip(" -").split(":")
    return functools.reduce(lambda total, part: total * 60 + int(part), parts, 0)

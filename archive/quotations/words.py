"""Sentences around quotations: where they begin and end, and their words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from archive.quotations.spans import Span

QUOTED, QUOTED_STOP = "\x01", "\x02"
"""What stands for quoted words; the second for the last of those that end with a full stop."""

REACH, REACH_AFTER = 400, 160  # characters of the text beside a quotation that are looked at

_STOP = re.compile(
    rf"(?:[.!?…][)’]?|{QUOTED_STOP})[ \u00a0]+(?=[^\W\d_a-z]|[{QUOTED}{QUOTED_STOP}\d(—–-])"
)
_STOP_OR_LINE = re.compile(rf"{_STOP.pattern}|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Prof|Rev|Hon|St"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Jr|Sr|Inc|Co|Corp))\.$"
)
# A full stop belongs to the word before it where the sentence goes on: "Sen. Sanders", "U.S. aid".
_TOKEN = re.compile(
    rf"\w+(?:[.’'&-]\w+)*(?:\.(?=[ \u00a0,][\w ])|[’'])?|[{QUOTED}{QUOTED_STOP}]+|[^\w\s]"
)


class Word(NamedTuple):
    """A word or a mark, and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower().rstrip(".’'")

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a letter that is not small; those without case count."""
        return self.text[0].isalpha() and not self.text[0].islower()


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text, character by character, with `QUOTED` for all that is quoted."""
    parts: list[str] = []
    at = 0
    for span in spans:
        stops = text[span.end - 1] in ".!?…" or span.goes_on
        parts += (text[at : span.opened], QUOTED * (span.closed - span.opened - 1))
        parts.append(QUOTED_STOP if stops else QUOTED)
        at = span.closed
    return "".join([*parts, text[at:]])


def before(text: str, at: int) -> list[Word]:
    """The words of the sentence that stand before `at`, in its line."""
    reach = max(at - REACH, 0)
    start = max(text.rfind("\n", reach, at) + 1, reach)
    for stop in _STOP.finditer(text, start, at):
        if not _ABBREVIATION.search(text, max(start, stop.start() - 5), stop.start() + 1):
            start = stop.end()
    return words_between(text, start, at)


def after(text: str, at: int) -> list[Word]:
    """The words of the sentence that stand after `at`, in its line, up to the next quotation."""
    end = min(at + REACH_AFTER, len(text))
    for boundary in ("\n", QUOTED):
        found = text.find(boundary, at, end)
        end = found if found >= 0 else end
    for stop in _STOP.finditer(text, at, end):
        if not _ABBREVIATION.search(text, max(at, stop.start() - 5), stop.start() + 1):
            end = stop.start()
            break
    return words_between(text, at, end)


def words_between(text: str, start: int, end: int) -> list[Word]:
    return [Word(m[0], *m.span()) for m in _TOKEN.finditer(text, start, end)]


def sentence_starts(text: str, start: int, end: int) -> list[int]:
    """Where sentences and lines begin between two places, the first place among them."""
    found = [start]
    for stop in _STOP_OR_LINE.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(start, stop.start() - 5), stop.start() + 1):
            found.append(stop.end())
    return found

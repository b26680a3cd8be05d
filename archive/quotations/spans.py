"""What stands between quotation marks, line by line.

Straight marks are first read as the curly ones they stand for (`archive.typography`), so that every
mark says by itself whether it opens or closes.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.typography import curled

# What closes a quotation that was opened by each mark. People mix them up.
CLOSING = {
    "“": "“”",  # two of the same: a slip, and German
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
}
_LINE = re.compile(r"[^\n]+")
_MAY_OPEN = re.compile("[“”„«»‹「『‘\"]|(?<!\\w)'")
_MARK = re.compile("[“”„«»‹›「」『』‘’]")
_ENDS_WITH_STOP = re.compile(r"[.,?!…]’(?!\w)")
_CLOSES_WORD = re.compile(r"’(?!\w)")
_DOUBLE = re.compile("[“”]")
_DEEPEST = 3
_STOPS = ".,?!…"
_TWICE = re.compile("''")
_OPENING_LINE = re.compile(r"[ \u00a0\t—–-]*$")


class Span(NamedTuple):
    """Quoted words: text[start:end]. With the marks: text[opened:closed].

    goes_on: the mark is not closed, and opened again in the next line that is not empty.
    """

    start: int
    end: int
    opened: int
    closed: int
    goes_on: bool = False


def quoted_spans(text: str) -> list[Span]:
    """The outermost quotations of a text, in its order; none overlaps another.

    Linear in the length of the text. What is opened in the middle of a line and never closed is
    none; what opens a line and is not closed goes on to the end of the line.
    """
    if not _MAY_OPEN.search(text):
        return []
    lines = [line for line in _LINE.finditer(text) if line[0].strip()]
    found: list[Span] = []
    for at, line in enumerate(lines):
        if not _MAY_OPEN.search(line[0]):
            continue
        following = lines[at + 1][0].lstrip()[:1] if at + 1 < len(lines) else ""
        found += _spans_of_line(line[0], line.start(), following)
    return found


def _spans_of_line(line: str, offset: int, following: str) -> Iterator[Span]:
    signs = curled(_TWICE.sub(_as_double, line)) if "''" in line else curled(line)
    last: dict[str, int] = {}
    at = 0
    while mark := _MARK.search(signs, at):
        at = mark.end()
        if not _opens(signs, mark.start()):
            continue
        last = last or {mark: signs.rfind(mark) for mark in "“”»«›」』"}
        closed = _closing_mark(signs, mark.start(), last)
        if closed >= 0:
            at = closed + 1
            yield from _span(line, offset, mark.start(), closed, at)
        elif _is_same_mark(mark[0], following) or _OPENING_LINE.match(signs, 0, mark.start()):
            goes_on = _is_same_mark(mark[0], following)
            yield from _span(line, offset, mark.start(), len(line), len(line), goes_on=goes_on)
            return


def _as_double(twice: re.Match[str]) -> str:
    """Two apostrophes as the mark that they stand for, and a space on its outer side."""
    follows = twice.string[twice.end() : twice.end() + 1]
    return ' "' if follows.isalnum() else '" '


def _span(
    line: str, offset: int, opened: int, end: int, closed: int, *, goes_on: bool = False
) -> Iterator[Span]:
    """The span without the spaces at its ends, if anything is left of it."""
    words = line[opened + 1 : end]
    start = opened + 1 + len(words) - len(words.lstrip())
    if words.strip():
        end = start + len(words.strip())
        opened -= line[opened - 1 : opened + 1] == "''"
        closed += line[closed - 1 : closed + 1] == "''"
        yield Span(offset + start, offset + end, offset + opened, offset + closed, goes_on)


def _opens(signs: str, at: int) -> bool:
    """Whether a mark opens: the closing ones do where they stand before a word, not behind one."""
    before, after = signs[at - 1 : at], signs[at + 1 : at + 2]
    if signs[at] not in CLOSING or not after:
        return False
    if signs[at] == "“":
        return not (before.isalnum() or before in _STOPS) or not before
    if signs[at] in "„«‹「『":
        return True
    return bool(after.strip()) and (not before.strip() or before in "([—–-")


def _closing_mark(signs: str, opened: int, last: dict[str, int]) -> int:
    """Where what is opened there ends, or -1. last: where each mark stands last, or -1."""
    if signs[opened] == "‘":
        return _closing_single(signs, opened)
    # Looked for only where there is one: a line of opening marks must not take quadratic time.
    there = [mark for mark in CLOSING[signs[opened]] if last[mark] > opened]
    if signs[opened] == "“" and there:
        return _closing_double(signs, opened)
    return min((signs.index(mark, opened + 1) for mark in there), default=-1)


def _closing_double(signs: str, opened: int) -> int:
    """Where what “ opens is closed, past quotations inside of it; the first mark if none fits."""
    depth, first = 1, -1
    for mark in _DOUBLE.finditer(signs, opened + 1):
        closes = mark[0] == "”" or not _opens(signs, mark.start())
        first = mark.start() if closes and first < 0 else first
        depth += -1 if closes else 1
        # So deep nobody quotes. To give up there is what keeps this linear.
        if depth == 0 or depth > _DEEPEST:
            break
    else:
        return first
    return mark.start() if depth == 0 else first


def _closing_single(signs: str, opened: int) -> int:
    """A single mark that closes, not an apostrophe; one behind a full stop or comma is sure."""
    end = signs.find("‘", opened + 1)
    end = len(signs) if end < 0 else end
    closing = _ENDS_WITH_STOP.search(signs, opened + 1, end)
    if closing:
        return closing.end() - 1
    closing = _CLOSES_WORD.search(signs, opened + 1, end)
    return closing.start() if closing else -1


def _is_same_mark(mark: str, following: str) -> bool:
    return mark == following or (mark == "“" and following == '"')

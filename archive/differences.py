"""Two texts held against each other word by word, and two changes of one text joined."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import NamedTuple

WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")

COMPARED_BY_WORD = 20_000
"""Characters. A longer stretch that differs counts as one: comparing takes up to the square."""


class Piece(NamedTuple):
    """Part of two texts: of both, or of one: `gone` from the one before, `new` in the one after."""

    text: str
    gone: bool = False
    new: bool = False


class _Edit(NamedTuple):
    """Where the characters `start` to `end` of a text stood, `new` stands."""

    start: int
    end: int
    new: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order: but for the new ones they are `before`, to the letter,
    and but for those that are gone they are `after`."""
    pieces, done = [], 0
    for start, end, new in _edits(before, after):
        pieces += [Piece(before[done:start]), Piece(before[start:end], gone=True)]
        pieces.append(Piece(new, new=True))
        done = end
    pieces.append(Piece(before[done:]))
    return [piece for piece in pieces if piece.text]


def joined(base: str, one: str, other: str) -> str | None:
    """`base` with what was changed on the way to `one` and also on the way to `other`.

    None where the two changed the same words, or words next to each other.
    """
    edits = sorted({*_edits(base, one), *_edits(base, other)})
    if any(before.end >= after.start for before, after in pairwise(edits)):
        return None
    text = base
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def _edits(before: str, after: str) -> Iterator[_Edit]:
    """By paragraph first, then by word inside of those that differ."""
    for start, end, new in _edits_by(PARAGRAPHS, before, after):
        if max(end - start, len(new)) > COMPARED_BY_WORD:
            yield _Edit(start, end, new)
            continue
        for inner in _edits_by(WORDS, before[start:end], new):
            yield _Edit(start + inner.start, start + inner.end, inner.new)


def _edits_by(unit: re.Pattern[str], before: str, after: str) -> Iterator[_Edit]:
    one, other = unit.findall(before), unit.findall(after)
    at = [0, *accumulate(map(len, one))]
    for kind, start, end, new_start, new_end in SequenceMatcher(None, one, other).get_opcodes():
        if kind != "equal":
            yield _Edit(at[start], at[end], "".join(other[new_start:new_end]))

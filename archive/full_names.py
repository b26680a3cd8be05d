"""Which pieces of a text are people's full names: those that enough speaks for, and their like."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from archive.name_pieces import Kind, Piece, cut
from archive.name_runs import Run
from archive.name_weights import ENOUGH, core, weight_of

Namer = Callable[[str, Sequence[Run]], Iterator[Piece]]
"""Says which pieces of the runs of a text are people's full names, in the order of the text."""

_MOST_WORDS = 8  # of a name; a longer run is a list
_LONGEST_GAP = 40  # characters between two names of a list
# What may stand between the names of a list: numbers, brackets, "and".
_BETWEEN_NAMES = re.compile(
    r"(?=\s*\S)(?:\([^()]{0,30}\)|\d+(?:st|nd|rd|th)?|and|or|[\s,;()\-–/])+"
)


def full_names(text: str, runs: Sequence[Run]) -> Iterator[Piece]:
    """The pieces that are people's full names, in the order of the text, trimmed to these."""
    pieces = [trimmed(piece) for run in runs if len(run.words) > 1 for piece in cut(run)]
    perhaps = [piece for piece in pieces if could_be_full(piece)]
    if not perhaps:
        return
    alone = _alone(runs, pieces, {key for p in perhaps for key in (p.first.key, p.last.key)})
    weighed = [(piece, weight_of(text, piece, alone)) for piece in perhaps]
    sure = [piece for piece, weight in weighed if weight >= ENOUGH]
    names = {(piece.first.key, piece.last.key) for piece in sure}
    surnames = {surname for _, surname in names}
    before: Piece | None = None
    for at, (piece, weight) in enumerate(weighed):
        if weight < ENOUGH:
            after = next((p for p, w in weighed[at + 1 : at + 2] if w >= ENOUGH), None)
            weight += 1.5 * (piece.last.key in surnames)
            weight += 1.5 * (_in_a_list(text, before, piece) + _in_a_list(text, piece, after))
        known = (piece.first.key, piece.last.key) in names
        before = piece if known or weight >= ENOUGH else None
        if before:
            yield piece


def _alone(runs: Iterable[Run], pieces: Iterable[Piece], wanted: Collection[str]) -> set[str]:
    """Those of the wanted keys that stand alone somewhere. pieces: those of longer runs."""
    by_itself = (run for run in runs if len(run.words) == 1 and run.words[0].traits.key in wanted)
    lone = {piece.first.key for run in by_itself for piece in cut(run)}
    return lone | {piece.first.key for piece in pieces if len(piece.words) == 1}


def trimmed(piece: Piece) -> Piece:
    """The piece without initials at its end and without a month or unknown title before it."""
    words = piece.words
    while len(words) > 1 and (words[-1].traits.initials or words[-1].traits.particle):
        words.pop()
    if (
        len(words) > 2
        and words[1].traits.surely_first
        and (piece.first.unheard_of or piece.first.nationality)
    ):
        del words[0]
    return piece


def could_be_full(piece: Piece) -> bool:
    """Two words that are more than particles ("Van Poppel" is a surname), no organisation's."""
    words = [word.traits for word in piece.words]
    if len(words) > _MOST_WORDS or piece.after is Kind.ORGANISATION:
        return False
    return core(words) > words[0].particle + 1


def _in_a_list(text: str, one: Piece | None, other: Piece | None) -> bool:
    if one is None or other is None:
        return False
    gap = text[one.end : other.start]
    return len(gap) < _LONGEST_GAP and bool(_BETWEEN_NAMES.fullmatch(gap))

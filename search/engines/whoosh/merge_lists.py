"""The lists of several parts into one, block by block.

The documents that have a term are a list of ascending numbers, and so are the places where it
stands. Both are numbered through, moved, put in order and handed on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.numbering import Moves, Numbering, Numbers

BLOCK = 1 << 19
"""How many numbers are in memory at a time, about; each takes some 50 bytes."""

_NUMBER, _TERM = 8, 40
"""Where in a key they begin, in bits. A note is in the lowest, and of the term its number in the
block, which has no more terms than numbers."""


class Taken(NamedTuple):
    """What a part has of a block: i8[t] terms, i8[t] how long their lists are, and the lists, one
    behind the other: u4[m], and u1[m] or u1[0].
    """

    terms: Array
    lengths: Array
    numbers: Array
    notes: Array


class Moved(NamedTuple):
    """New numbers with their terms and notes, ascending: i8[m]. first: the lowest term."""

    keys: Array
    first: int

    def terms(self) -> Array:
        """i8[m]."""
        return (self.keys >> _TERM) + self.first

    def numbers(self) -> Array:
        """u4[m]."""
        return (self.keys >> _NUMBER).astype(np.uint32)

    def notes(self) -> Array:
        """u1[m]."""
        return self.keys.astype(np.uint8)


@dataclass(frozen=True)
class Lists:
    """What one part has: T lists, none of them empty.

    terms: i8[T], ascending: whose they are, by number among the terms of all parts.
    starts: i8[T + 1]; list t is numbers[starts[t]:starts[t + 1]].
    numbers: u4, ascending within a list. notes: u1, one for each number, or none at all.
    """

    terms: Array
    starts: Array
    numbers: Array
    notes: Array

    def take(self, first: int, behind: int, limits: Array | None) -> Taken:
        """The lists of terms from `first` to before `behind`. Of a single list, there may be
        limits: u4[2], what is from the one to before the other.
        """
        own = slice(*self.terms.searchsorted((first, behind)).tolist())
        starts, ends = self.starts[:-1][own], self.starts[1:][own]
        if limits is not None and len(starts):
            inside = self.numbers[starts[0] : ends[0]].searchsorted(limits)
            starts, ends = starts + inside[:1], starts + inside[1:]
        between = slice(starts[0], ends[-1]) if len(starts) else slice(0)
        return Taken(self.terms[own], ends - starts, self.numbers[between], self.notes[between])


def lengths(parts: Sequence[Lists], terms: int) -> Numbers:
    """How long the lists of each of so many terms are together."""
    return total(parts, terms, [np.diff(part.starts) for part in parts])


def staying(parts: Sequence[Lists], terms: int, moves: Moves) -> Numbers:
    """How long the list of each of so many terms becomes."""
    if moves.stays.all():
        return lengths(parts, terms)
    firsts = moves.firsts[:-1].tolist()
    own = [staying_of(part, first, moves) for part, first in zip(parts, firsts, strict=True)]
    return total(parts, terms, own)


def total(parts: Sequence[Lists], terms: int, lengths: Sequence[Numbers]) -> Numbers:
    """lengths: for each part those of its own lists."""
    total = np.zeros(terms, np.int64)
    for part, own in zip(parts, lengths, strict=True):
        total[part.terms] += own
    return total


def staying_of(part: Lists, first: int, moves: Moves) -> Numbers:
    """How much of each list stays. first: the part's first number, when numbered through."""
    counts = np.zeros(len(part.terms), np.int64)
    for begin in range(0, len(part.numbers), BLOCK):
        old = part.numbers[begin : begin + BLOCK] + np.int64(first)
        own = slice(*touched(part.starts, begin, begin + len(old)))
        starts = np.maximum(part.starts[own] - begin, 0)
        counts[own] += np.add.reduceat(moves.stays[moves.rows(old)], starts, dtype=int)
    return counts


def touched(starts: Array, begin: int, end: int) -> tuple[int, int]:
    """Which lists have something from `begin` to before `end`: from which to before which."""
    return int(starts.searchsorted(begin, "right")) - 1, int(starts.searchsorted(end))


def merged(
    parts: Sequence[Lists], terms: int, numbering: Numbering, moves: Moves
) -> Iterator[Moved]:
    """All that stays, term after term. terms: how many there are in all parts."""
    everywhere: list[Array | None] = [None] * len(parts)
    for first, behind, pieces in blocks(lengths(parts, terms)):
        cuts = np.linspace(0, len(numbering.order), pieces + 1).astype(np.int64).tolist()
        for cut in pairwise(cuts):
            limits = everywhere if pieces == 1 else limits_of(numbering.holding(*cut), moves)
            pairs = zip(parts, limits, strict=True)
            yield moved([part.take(first, behind, limit) for part, limit in pairs], first, moves)


def blocks(lengths: Numbers) -> Iterator[tuple[int, int, int]]:
    """From which term to before which, and in how many pieces: as many terms as a BLOCK holds, or
    one that is longer.
    """
    ends = np.cumsum(lengths)
    first = done = 0
    while first < len(ends):
        behind = max(first + 1, int(ends.searchsorted(done + BLOCK, "right")))
        end = int(ends[behind - 1])
        yield first, behind, -(-(end - done) // BLOCK)
        first, done = behind, end


def limits_of(docs: Numbers, moves: Moves) -> list[Array | None]:
    """In each part, from which number to before which one is what documents have."""
    limits = moves.begin(docs) - moves.firsts[:-1, None]
    return list(limits.astype(np.uint32))


def moved(taken: Sequence[Taken], first: int, moves: Moves) -> Moved:
    """first: the number of the first term."""
    own, lengths, numbers, notes = zip(*taken, strict=True)
    old = np.concatenate(numbers, dtype=np.int64)
    old += np.repeat(moves.firsts[:-1], [len(each) for each in numbers])
    rows = moves.rows(old)
    keys = moves.shifts[rows]
    keys += old
    keys <<= _NUMBER
    keys |= np.repeat(np.concatenate(own) - first << _TERM, np.concatenate(lengths))
    if len(noted := np.concatenate(notes)):
        keys |= noted
    if not moves.stays.all():
        keys = keys[moves.stays[rows]]
    # Merges what is ascending in each part already; quicksort would not notice.
    keys.sort(kind="stable")
    return Moved(keys, first)

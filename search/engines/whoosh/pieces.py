"""Texts into numbered terms: what words.py makes of them, but each distinct piece only once.

A newspaper writes the same words again and again. A text is cut where no term reaches across, and
the pieces are looked up in a dictionary; only one that is not there yet is analysed.
"""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from string import punctuation
from sys import getsizeof
from typing import TypeVar

import numpy as np

from search.engines.whoosh.analysis import PART_GAP
from search.engines.whoosh.arrays import Array
from search.language.words import Token, tokens

SIGNS = punctuation + "“”„‘’«»–—…"
"""What often stands around a word. None of it is ever the beginning of one, nor the end, but for
the last point of an acronym, which is not in its term."""

Key = TypeVar("Key", bound=Hashable)


class Numbers(dict[Key, int]):
    """Numbers its keys from 0, in the order in which they are first asked for."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = len(self)
        return number


class Pieces(dict[Key, int]):
    """Numbered pieces, and the terms, numbered as well, that each of them has."""

    def __init__(self, analyse: Callable[[Key], Sequence[Token]]) -> None:
        super().__init__()
        self.terms: Numbers[str] = Numbers()
        self.bytes = 0
        """What the pieces take in memory. What is kept of their terms is about as much again."""
        self._analyse = analyse
        self._counts = array("I")
        self._widths = array("I")
        self._terms = array("I")
        self._positions = array("I")

    def __missing__(self, piece: Key) -> int:
        number = self[piece] = self._number(piece)
        self.bytes += getsizeof(piece)
        return number

    def _number(self, piece: Key) -> int:
        found = self._analyse(piece)
        self._counts.append(len(found))
        self._widths.append(found[-1].position + 1 if found else 0)
        for token in found:
            self._terms.append(self.terms[token.term])
            self._positions.append(token.position)
        return len(self._counts) - 1

    def standing(self, stream: "Stream") -> tuple[Array, Array, Array]:
        """The terms of a stream, by number, u4[O]; at which places they stand, i8[O], ascending;
        and at which place each of its Q parts begins, i8[Q + 1].

        Behind each part that has words, PART_GAP takes the place of one as in `in_parts`.
        """
        reach = np.append(0, np.cumsum(np.array(self._widths)[stream.pieces], dtype=np.int64))
        reached = reach[stream.ends]
        gaps = np.where(np.diff(reached, prepend=0) > 0, PART_GAP - 1, 0)
        begins = np.append(0, reached + np.cumsum(gaps))
        before = begins[:-1] - np.append(0, reached[:-1])
        places = reach[:-1] + np.repeat(before, np.diff(stream.ends, prepend=0))

        all_counts = np.array(self._counts, np.int64)
        counts = all_counts[stream.pieces]
        firsts = (np.cumsum(all_counts) - all_counts)[stream.pieces]
        at = np.repeat(firsts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        places = np.repeat(places, counts) + np.array(self._positions)[at]
        return np.array(self._terms)[at], places, begins


class Words(Pieces[str]):
    """Pieces of text without white space."""

    def __init__(self) -> None:
        super().__init__(lambda piece: list(tokens(piece)))

    def _number(self, piece: str) -> int:
        """Signs around it and, in ASCII, case make no difference to its terms."""
        bare = piece.strip(SIGNS)
        if bare.isascii():
            bare = bare.lower()
        return super()._number(piece) if bare == piece else self[bare]


@dataclass(frozen=True)
class Stream:
    """The pieces of documents, one behind the other.

    pieces: u4[C], their numbers; ends: integers [Q], where each part ends among the pieces;
    firsts: integers [n + 1], which part each document begins with.
    """

    pieces: Array
    ends: Array
    firsts: Array


def of_texts(pieces: Pieces[str], texts: Iterable[str], parts: int) -> Stream:
    """Each text is a part, and a document has so many of them."""
    found, ends = array("I"), array("Q")
    for text in texts:
        # White space separates words whatever stands beside it.
        found.extend(map(pieces.__getitem__, text.split()))
        ends.append(len(found))
    at = np.array(ends, np.int64)
    return Stream(np.array(found), at, np.arange(0, len(at) + 1, parts))


def of_entries(pieces: Pieces[Key], documents: Sequence[Sequence[Key]]) -> Stream:
    """Each entry is a part."""
    found = array("I", map(pieces.__getitem__, chain.from_iterable(documents)))
    firsts = np.cumsum([0, *map(len, documents)])
    return Stream(np.array(found), np.arange(1, len(found) + 1), firsts)

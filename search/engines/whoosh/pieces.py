"""Pieces of text into numbered terms: what words.py makes of them, but each distinct piece once.

A newspaper writes the same words again and again. A text is cut where no term reaches across, and
the pieces are looked up in a dictionary; only one that is not there yet is analysed.
"""

from array import array
from collections.abc import Callable, Hashable, Sequence
from sys import getsizeof
from typing import TypeVar

import numpy as np

from search.document import Entry
from search.engines.whoosh.analysis import MARKED, in_parts
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.numbering import one_behind_the_other
from search.engines.whoosh.schema import LABEL, names_of
from search.engines.whoosh.streams import Stream
from search.engines.whoosh.terms import Terms
from search.language.words import PART_GAP, Token, tokens

JOINING = ".,'&-"
"""The signs in ASCII that may be part of a word or join two. All others separate words."""

SIGNS = JOINING + "“”„‘’«»–—…"
"""What often stands around a word. None of it is ever the beginning of one, nor the end, but for
the last point of an acronym, which is not in its term."""

Key = TypeVar("Key", bound=Hashable)


class Pieces(dict[Key, int]):
    """Numbered pieces, and the terms, numbered as well, that each of them has."""

    def __init__(self, analyse: Callable[[Key], Sequence[Token]]) -> None:
        super().__init__()
        self.terms = Terms()
        self.bytes = 0
        """What the pieces take in memory. What is kept of their terms is about as much again."""
        self._analyse = analyse
        self._starts = array("I")
        self._counts = array("I")
        self._widths = array("I")
        self._terms = array("I")
        self._positions = array("I")
        self._mark = self._kept([MARKED])

    def __missing__(self, piece: Key) -> int:
        number = self[piece] = self._number(piece)
        self.bytes += getsizeof(piece)
        return number

    def _number(self, piece: Key) -> int:
        return self._kept(self._analyse(piece))

    def _kept(self, found: Sequence[Token]) -> int:
        self._starts.append(len(self._terms))
        self._counts.append(len(found))
        self._widths.append(found[-1].position + 1 if found else 0)
        for token in found:
            self._terms.append(self.terms[token.term])
            self._positions.append(token.position)
        return len(self._counts) - 1

    def stream(self, pieces: Array, lengths: Array, parts: Array) -> Stream:
        """The terms of documents made of parts that are made of pieces.

        pieces: integers [C], by number. lengths: integers [Q], how many each part has. parts:
        integers [n], how many each document has. Behind each part that has words, PART_GAP takes
        the place of one as in `in_parts`.
        """
        ends, firsts = one_behind_the_other(lengths), one_behind_the_other(parts)
        places, begins = self._placed(pieces, lengths, ends)
        bases = begins[firsts]
        heads = begins[np.minimum(firsts[:-1] + 1, firsts[1:])] - bases[:-1]

        counts = np.asarray(self._counts)[pieces]
        reach = one_behind_the_other(counts)
        own = np.diff(reach[ends[firsts]])
        at = np.repeat(np.asarray(self._starts)[pieces] - reach[:-1], counts)
        at += np.arange(len(at))
        positions = np.repeat(places, counts)
        positions += np.asarray(self._positions)[at]
        positions -= np.repeat(bases[:-1], own)
        return Stream(
            np.asarray(self._terms)[at],
            *(each.astype(np.uint32) for each in (positions, own, np.diff(bases), heads)),
        )

    def marked(self, pieces: Array, lengths: Array, parts: Array) -> Stream:
        """As `stream`, of quotations: each part begins with a mark. The last of each document that
        has any is to be empty.
        """
        begins = one_behind_the_other(lengths)[:-1]
        return self.stream(np.insert(pieces, begins, self._mark), lengths + 1, parts)

    def _placed(self, pieces: Array, lengths: Array, ends: Array) -> tuple[Array, Array]:
        """Where each piece begins, i8[C], and each part, and where the last one ends, i8[Q + 1],
        when all is numbered through. ends: where parts begin among the pieces, and the last ends.
        """
        reach = one_behind_the_other(np.asarray(self._widths)[pieces])
        gaps = np.where(np.diff(reach[ends]) > 0, PART_GAP - 1, 0)
        shifts = one_behind_the_other(gaps)
        return reach[:-1] + np.repeat(shifts[:-1], lengths), reach[ends] + shifts


class Words(Pieces[str]):
    """Pieces of text without white space, in lower case where they are in ASCII."""

    def __init__(self) -> None:
        super().__init__(lambda piece: list(tokens(piece)))

    def _number(self, piece: str) -> int:
        """Signs around it make no difference to its terms."""
        bare = piece.strip(SIGNS)
        return super()._number(piece) if bare == piece else self[bare]


class Entries(Pieces[Entry]):
    """The values of facets. Their terms are those of their names."""

    def __init__(self) -> None:
        super().__init__(lambda entry: in_parts(names_of([entry])))
        self.labels = Terms()
        self._labels = array("I", [self.labels[""]])  # The mark is the first piece.

    def _number(self, entry: Entry) -> int:
        self._labels.append(self.labels[f"{entry.slug}{LABEL}{entry.name}"])
        return super()._number(entry)

    def labelled(self, entries: Array, counts: Array) -> Stream:
        """The labels of entries. entries: integers, by number; counts: u4[n], how many of them
        each document has.
        """
        return Stream(
            np.asarray(self._labels)[entries],
            np.zeros(len(entries), np.uint32),  # They stand nowhere in particular.
            counts,
            np.ones(len(counts), np.uint32),
            np.zeros(len(counts), np.uint32),
        )

"""Which documents stay when segments become one, in which order, and where they move.

What the parts have is numbered through first, one part behind the other: these are old numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.rank import Rank
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.write import chronological
from search.language.words import PART_GAP

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Numbering:
    """firsts: [p + 1], the first old number in each of p parts, and the one behind the last.
    stays: [firsts[p]], which documents do.
    order: [n], the old numbers of the n documents of the new segment.
    """

    firsts: Numbers
    stays: npt.NDArray[np.bool_]
    order: Numbers

    @classmethod
    def of(cls, parts: Sequence[Part]) -> "Numbering":
        firsts = one_behind_the_other([part.arrays.size for part in parts])
        stays = np.ones(firsts[-1], np.bool_)
        for first, part in zip(firsts[:-1], parts, strict=True):
            stays[first + part.deleted] = False
        staying = np.flatnonzero(stays)
        columns = (column(parts, name)[staying] for name in ("days", "published", "ids"))
        return cls(firsts, stays, staying[chronological(*columns)])

    def holding(self, low: int, high: int) -> Numbers:
        """Where the documents are that become `low` to `high`: [p, 2], in each part those from the
        one old number to before the other, if they stay.
        """
        docs = np.append(np.sort(self.order[low:high]), 0)
        edges = np.searchsorted(docs[:-1], self.firsts)
        begins, lasts = docs[edges[:-1]], docs[edges[1:] - 1]
        has_any = edges[:-1] < edges[1:]
        return np.stack([begins, np.where(has_any, lasts + 1, begins)], axis=1)


class Moves(Protocol):
    """What becomes of the numbers of one kind, documents or places."""

    firsts: Numbers
    """The first old number in each part, and the one behind the last."""
    stays: npt.NDArray[np.bool_]
    """Which rows do."""
    shifts: Numbers
    """How far each row moves."""

    def rows(self, numbers: Numbers) -> Numbers:
        """To which rows old numbers belong."""

    def begin(self, docs: Numbers) -> Numbers:
        """The first old number of each document, the one behind the last included."""


class DocumentMoves:
    """Each document is a row of its own."""

    def __init__(self, numbering: Numbering) -> None:
        self.firsts, self.stays = numbering.firsts, numbering.stays
        self.shifts = np.zeros(len(self.stays), np.int64)
        self.shifts[numbering.order] = np.arange(len(numbering.order)) - numbering.order

    def rows(self, numbers: Numbers) -> Numbers:
        return numbers

    def begin(self, docs: Numbers) -> Numbers:
        return docs


class PlaceMoves:
    """The places of a document are a row: they move together."""

    def __init__(self, bases: Sequence[Array], numbering: Numbering) -> None:
        """bases: of each part."""
        self.firsts = one_behind_the_other([int(own[-1]) for own in bases])
        begins = [own[:-1] + first for own, first in zip(bases, self.firsts[:-1], strict=True)]
        self._begins = np.concatenate([*begins, self.firsts[-1:]])
        extents = extents_of(bases)
        self.bases = PART_GAP + one_behind_the_other(extents[numbering.order])
        shifts = np.zeros(len(extents), np.int64)
        shifts[numbering.order] = self.bases[:-1] - self._begins[numbering.order]
        with_places = np.flatnonzero(extents)
        self.stays, self.shifts = numbering.stays[with_places], shifts[with_places]
        self._rank = Rank(self._begins[with_places], int(self.firsts[-1]))

    def rows(self, numbers: Numbers) -> Numbers:
        rows = self._rank.of(numbers)
        rows -= 1
        return rows

    def begin(self, docs: Numbers) -> Numbers:
        return self._begins[docs]


def one_behind_the_other(sizes: Sequence[int] | Array) -> Numbers:
    """Where things of these sizes begin, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def column(parts: Sequence[Part], name: str) -> Array:
    """Of the documents of all parts."""
    return np.concatenate([getattr(part.arrays, name) for part in parts])


def extents_of(bases: Sequence[Array]) -> Numbers:
    """How much room the places of each document have."""
    return np.concatenate([np.diff(own.astype(np.int64)) for own in bases])

"""How often frequent terms and frequent values of a facet come together.

"You shall know a word by the company it keeps" (Firth, 1957). No value is more frequent among what
a search finds than among all documents of the words that it asks for: that is how `bounded` knows
which values need not be counted. What has a single word has its company.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array, Plan
from search.engines.whoosh.schema import QUOTATIONS, facet_field
from search.engines.whoosh.segment import (
    AT_A_TIME,
    BESIDE,
    LARGE,
    OFTEN,
    Docs,
    Field,
    SegmentArrays,
    Values,
    spans,
)
from search.request import Facet

WIDE = 8
"""Columns in a row: most articles have fewer people, tags and so on."""

Counts = npt.NDArray[np.int64]


def company_plan(starts: Mapping[str, Array], size: int) -> Plan:
    """starts: of each field."""
    if size < LARGE:
        return {}
    width = sum(min(len(starts[facet_field(facet)]) - 1, BESIDE) for facet in Facet)
    # Few searches ask for quotations: their company would take as much room as all other.
    often = {
        name: len(often_terms(starts[name], size)) for name in starts if name not in QUOTATIONS
    }
    return {f"{name}/often": ("<u4", (rows,)) for name, rows in often.items()} | {
        f"{name}/beside": ("<u4", (rows, width)) for name, rows in often.items()
    }


def fill_company(segment: SegmentArrays) -> None:
    """Fill in what was planned: zeros, in a segment that has all else."""
    columns = Columns(list(segment.facets.values()))
    for field in segment.fields.values():
        if len(field.often):
            field.often[:] = often_terms(field.starts, segment.size)
        for row, term in zip(field.beside, field.often.tolist(), strict=True):
            row[:] = columns.counts(field.docs_of(term))


class Columns:
    """Which columns of `Field.beside` each document counts in, by all of its facets.

    Kept as rows of WIDE columns, because taking rows and counting what is in them takes half the
    time of going through lists. Few documents have more than one row.
    """

    def __init__(self, facets: Sequence[Values]) -> None:
        self._width = facets[-1].beside.stop
        firsts, columns = all_carried(facets)
        lengths = np.diff(firsts)
        rest = range(WIDE, int(lengths.max(initial=0)), WIDE)
        everyone = np.arange(len(lengths))
        self._first = self._table(firsts, columns, everyone, 0)
        having = [np.flatnonzero(lengths > done) for done in rest]
        self._rest = [
            (placed_at(docs, len(lengths)), self._table(firsts, columns, docs, done))
            for docs, done in zip(having, rest, strict=True)
        ]

    def _table(self, firsts: Array, columns: Array, docs: Array, done: int) -> Array:
        """u2 [m, WIDE]: the columns of m documents but the first `done`. Filled up with one behind
        the last.
        """
        table = np.full((len(docs), WIDE), self._width, np.uint16)
        for place, column in enumerate(table.T, done):
            at = firsts[docs] + place
            having = np.flatnonzero(at < firsts[docs + 1])
            column[having] = columns[at[having]]
        return table

    def counts(self, docs: Docs) -> Counts:
        """i8: how many of the documents count in each column."""
        counts = np.zeros(self._width + 1, np.int64)
        for start in range(0, len(docs), AT_A_TIME):
            piece = docs[start : start + AT_A_TIME]
            counts += self._counts(self._first.take(piece, axis=0))
            for row_of, table in self._rest:
                rows = row_of.take(piece)
                counts += self._counts(table.take(rows.compress(rows < len(table)), axis=0))
        return counts[: self._width]

    def _counts(self, columns: Array) -> Counts:
        return np.bincount(columns.ravel(), minlength=self._width + 1)


def placed_at(docs: Array, size: int) -> Array:
    """u4 [size]: the place of each of some documents among them; for others what is behind."""
    places = np.full(size, len(docs), np.uint32)
    places[docs] = np.arange(len(docs))
    return places


def all_carried(facets: Sequence[Values]) -> tuple[Array, Array]:
    """The columns that each document counts in, as `firsts` and `carried` of a facet. What has no
    column of its own counts in the one behind the last.
    """
    firsts = np.add.reduce([values.firsts for values in facets], dtype=np.uint32)
    columns = np.empty(int(firsts[-1]), np.uint16)
    behind = firsts[:-1].copy()
    for values in facets:
        start, behind = behind, behind + np.diff(values.firsts)
        own = values.carried.astype(np.uint32) + np.uint32(values.beside.start)
        columns[spans(start, behind)] = np.where(
            values.carried < values.kept, own, facets[-1].beside.stop
        )
    return firsts, columns


def often_terms(starts: Array, size: int) -> npt.NDArray[np.uint32]:
    """The terms that are frequent."""
    return np.flatnonzero(np.diff(starts) * OFTEN > size).astype(np.uint32)


class Range(NamedTuple):
    """Some terms of a field, side by side: from `first` to before `behind`."""

    field: Field
    first: int
    behind: int


Cover = tuple[Range, ...]
"""Every document of a set has one of these terms, or several."""


def postings(cover: Cover) -> int:
    """How many documents have the terms; one that has several counts as often."""
    return sum(int(field.starts[behind] - field.starts[first]) for field, first, behind in cover)


def at_most(cover: Cover, values: Values, most_seldom: int) -> Counts | None:
    """i8 [K]: no more documents of a set carry each of a facet's first K values; exactly so many,
    where the set has as many documents as the cover has postings.

    None where more than `most_seldom` postings are of terms that are not frequent: their company
    has to be counted.
    """
    seldom: list[Docs] = []
    rows: list[Array] = []
    for field, first, behind in cover:
        often = field.often.data
        start = bisect_left(often, first)
        end = bisect_left(often, behind, start)
        rows.extend(field.beside[start:end, values.beside])
        seldom.extend(_between(field, first, behind, often[start:end].tolist()))
    if sum(map(len, seldom)) > most_seldom:
        return None
    total = np.add.reduce(rows, dtype=np.int64) if rows else np.zeros(values.kept, np.int64)
    return total + values.counts(np.concatenate(seldom), values.kept) if seldom else total


def _between(field: Field, first: int, behind: int, often: Sequence[int]) -> Iterator[Docs]:
    """The documents of the terms of a range that are not frequent."""
    starts, ends = [first, *(term + 1 for term in often)], [*often, behind]
    for start, end in zip(starts, ends, strict=True):
        if start < end:
            yield field.docs[field.starts[start] : field.starts[end]]

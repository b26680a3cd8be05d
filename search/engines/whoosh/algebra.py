"""And, or and not of sets of documents, whichever way each of them is known.

Each document of the shortest list is looked up in all else; where there is no list, rows are
compared byte by byte, which numpy does 32 at once: a million documents take 30 microseconds.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.company import Cover, postings
from search.engines.whoosh.docsets import DocSet, cut, indices
from search.engines.whoosh.scratch import Scratch
from search.engines.whoosh.segment import Docs

SORTED = 2_000
"""Up to so many documents, lists are united by sorting; beyond that, by marking."""


class Window:
    """The documents first..last of a segment of `size`, which a search is confined to."""

    __slots__ = ("first", "last", "scratch", "size")

    def __init__(self, size: int, first: int, last: int, scratch: Scratch) -> None:
        self.size = size
        self.first = first
        self.last = last
        self.scratch = scratch

    def __len__(self) -> int:
        return self.last - self.first

    def narrowed(self, first: int, last: int) -> "Window":
        if first <= self.first and last >= self.last:
            return self
        first = max(first, self.first)
        return Window(self.size, first, max(first, min(last, self.last)), self.scratch)

    def whole(self) -> DocSet:
        """All documents of the window."""
        return DocSet(self.first, self.last, self.scratch)

    def nothing(self) -> DocSet:
        return DocSet(self.first, self.first, self.scratch)

    def listed(self, docs: Docs, covers: Sequence[Cover] = ()) -> DocSet:
        """Those that lie in the window."""
        if len(self) < self.size:
            docs = cut(docs, self.first, self.last)
        return DocSet(self.first, self.last, self.scratch, docs=docs, covers=covers)

    def rowed(self, row: Array, count: int | None = None, covers: Sequence[Cover] = ()) -> DocSet:
        """row: see DocSet."""
        return DocSet(self.first, self.last, self.scratch, row=row, count=count, covers=covers)

    def united(self, docs: Docs, covers: Sequence[Cover] = ()) -> DocSet:
        """Those that lie in the window. docs: u4, in any order, some more than once."""
        if len(self) < self.size:
            docs = docs.compress((docs >= self.first) & (docs < self.last))
        if len(docs) <= SORTED:
            docs = np.unique(docs)
            return DocSet(self.first, self.last, self.scratch, docs=docs, covers=covers)
        row = self.row()
        row.fill(0)
        for _, at in indices(docs, self.first):
            row[at] = 1
        return self.rowed(row, covers=covers)

    def row(self) -> Array:
        """To be written: u1 [last - first], of any content."""
        return self.scratch.take(len(self))


def intersection(sets: Sequence[DocSet], window: Window) -> DocSet:
    """The documents in all of the sets; of no sets: the window."""
    for found in sets:
        window = window.narrowed(found.first, found.last)
    rest = sorted((found for found in sets if not found.is_range), key=_list_length)
    if not rest:
        return window.whole()
    if len(rest) == 1:
        return within(rest[0], window)
    covers = [cover for found in rest for cover in found.covers]
    if rest[0].is_listed:
        docs = within(rest[0], window).docs()
        for found in rest[1:]:
            docs = docs.compress(found.holds(docs))
        return DocSet(window.first, window.last, window.scratch, docs=docs, covers=covers)
    row = window.row()
    np.minimum(row_in(rest[0], window), row_in(rest[1], window), out=row)
    for found in rest[2:]:
        np.minimum(row, row_in(found, window), out=row)
    return window.rowed(row, covers=covers)


def _list_length(found: DocSet) -> tuple[bool, int]:
    return (False, found.count) if found.is_listed else (True, 0)


def difference(found: DocSet, unwanted: Iterable[DocSet], window: Window) -> DocSet:
    """The documents in a set and in none of the others."""
    for other in unwanted:
        found = _without(found, other, window)
    return found


def _without(found: DocSet, other: DocSet, window: Window) -> DocSet:
    if found.is_listed:
        docs = found.docs().compress(~other.holds(found.docs()))
        return DocSet(found.first, found.last, window.scratch, docs=docs, covers=found.covers)
    window = window.narrowed(found.first, found.last)
    other = within(other, window)
    row = window.row()
    found.write(row.view(np.bool_))
    part = row[other.first - window.first : other.last - window.first]
    if other.row is not None:
        np.less(other.row, part, out=part.view(np.bool_))  # 0 < 1 alone
    elif other.is_listed:
        for _, at in indices(other.docs(), window.first):
            row[at] = 0
    else:
        part.fill(0)
    return window.rowed(row, covers=found.covers)


def union(sets: Iterable[DocSet], window: Window) -> DocSet:
    """The documents in any of the sets; of no sets: nothing."""
    sets = [found for found in sets if not found.is_listed or found.count]
    if len(sets) < 2:
        return sets[0] if sets else window.nothing()
    covers = united_covers(sets)
    if all(found.is_listed for found in sets) and sum(found.count for found in sets) <= SORTED:
        return window.united(np.concatenate([found.docs() for found in sets]), covers)
    row = window.row()
    row.fill(0)
    for found in sets:
        part = row[found.first - window.first : found.last - window.first]
        if found.row is not None:
            np.bitwise_or(part, found.row, out=part)
        elif found.is_listed:
            for _, at in indices(found.docs(), found.first):
                part[at] = 1
        else:
            part.fill(1)
    return window.rowed(row, covers=covers)


def united_covers(sets: Sequence[DocSet]) -> Sequence[Cover]:
    """Of all together: what covers each of them best."""
    if not all(found.covers for found in sets):
        return ()
    best = (min(found.covers, key=postings) for found in sets)
    return (tuple(chain.from_iterable(best)),)


def within(found: DocSet, window: Window) -> DocSet:
    """Those in the window, which lies in the window of the set or beside it."""
    if (found.first, found.last) == (window.first, window.last):
        return found
    if found.is_listed:
        return window.listed(found.docs(), found.covers)
    window = window.narrowed(found.first, found.last)
    if found.row is None:
        return window.whole()
    return window.rowed(row_in(found, window), covers=found.covers)


def row_in(found: DocSet, window: Window) -> Array:
    """The part of a set's row that is about a window."""
    row = found.row
    assert row is not None  # noqa: S101  it is neither a list nor a range
    return row[window.first - found.first : window.last - found.first]

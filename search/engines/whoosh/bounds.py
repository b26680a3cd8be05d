"""Upper bounds of scores in small whole numbers, a byte or two for each document.

Most matching documents never get an exact score: their bounds say that they are not among the
best. After Broder and others, "Efficient query evaluation using a two-level retrieval process"
(2003), but for all documents at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil
from typing import Protocol

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.algebra import Window, united_covers, within
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.segment import Docs

Scores = npt.NDArray[np.float64]
"""f8, one for each of some documents."""

CONSTANT_STEP = 0.5
"""What scores the same throughout scores a multiple of this."""


@dataclass(frozen=True, slots=True)
class Scale:
    """unit: what a bound of 1 stands for. exact: bounds are the scores themselves."""

    unit: float
    dtype: np.dtype[np.unsignedinteger]
    exact: bool = False

    def weight(self, step: float) -> np.unsignedinteger:
        """`step` in units, rounded up."""
        return self.dtype.type(ceil(step / self.unit - 1e-9))


class Vote(Protocol):
    """What adds to scores: a word, a phrase or a set of documents."""

    @property
    def greatest(self) -> float:
        """No score is above it."""

    constant: bool
    """Is it the same for all its documents, a multiple of CONSTANT_STEP?"""

    terms: int
    """How many weights are rounded up in its bounds, each of up to 255 steps."""

    def find(self) -> DocSet:
        """The documents with a score. Where it has a row, that is of their steps."""

    def weight(self, scale: Scale) -> np.unsignedinteger:
        """What a step of the row stands for."""

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        """scale.dtype, of any documents of the window; 0 for those without a score."""


class Scoring(Protocol):
    """What a clause says about its scores."""

    votes: Sequence[Vote]
    """All that may add to the score."""

    scoring: bool
    """Has every document that matches a vote?"""

    tight: bool
    """Are all votes for documents that match?"""

    additive: bool
    """Is the score of a document that matches the sum of its votes? It is not where a vote counts
    in some of the branches alone."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """values: unsigned integers, one for each of `docs`, or of the documents from `first` on.

    0 stands for what does not match, `zero` for a score of 0, each unit above for one of `scale`.
    """

    values: Array
    docs: Docs | None
    first: int
    zero: int
    scale: Scale

    def docs_at(self, at: Array) -> Docs:
        """The documents that the values at these places are for."""
        if self.docs is not None:
            return self.docs[at]
        return (at + self.first).astype(np.uint32)


def found_by_bounds(clause: Scoring, window: Window) -> tuple[Array, DocSet]:
    """The bounds of all documents, and what a clause finds that is tight, scoring and the sum of
    its votes: those that have a bound.
    """
    values = row_of(clause.votes, window, scale_of(clause))
    row = window.row().view(np.bool_)
    np.not_equal(values, 0, out=row)
    return values, window.rowed(row, covers=united_covers([vote.find() for vote in clause.votes]))


def bounds_of(
    found: DocSet,
    clause: Scoring,
    window: Window,
    known: Array | None = None,
    *,
    filtered: bool,
) -> Bounds:
    """found: what the clause finds; filtered: less than that. known: as `found_by_bounds` has them,
    for what is found in the whole window.
    """
    scale = scale_of(clause)
    zero = 0 if clause.scoring else 1
    if found.is_listed:
        docs = found.docs()
        values = reduce(np.add, (vote.bounds(docs, scale) for vote in clause.votes))
        if zero:
            values += scale.dtype.type(zero)
        return Bounds(values, docs, 0, zero, scale)
    window = window.narrowed(found.first, found.last)
    values = row_of(clause.votes, window, scale) if known is None else known
    if zero:
        values = values + scale.dtype.type(zero)
    if filtered or zero or not clause.tight:
        values = values * found.mask()[found.first - found.start :]
    return Bounds(values, None, found.first, zero, scale)


def scale_of(clause: Scoring) -> Scale:
    """The finest in which no sum of bounds, with 1 for what does not score, overflows."""
    terms = sum(vote.terms for vote in clause.votes)
    greatest = sum(vote.greatest for vote in clause.votes)
    if clause.additive and all(vote.constant for vote in clause.votes):
        return Scale(CONSTANT_STEP, dtype_for(greatest / CONSTANT_STEP + 1), exact=True)
    if terms == 1 and clause.scoring:
        return Scale(greatest / 255, np.dtype("u1"))
    dtype = dtype_for(2 * 255 * terms)
    return Scale(greatest / (np.iinfo(dtype).max - 1 - 255 * terms), dtype)


def dtype_for(greatest: float) -> np.dtype[np.unsignedinteger]:
    return np.dtype("u1" if greatest <= 0xFF else "u2" if greatest <= 0xFFFF else "u4")


def row_of(votes: Sequence[Vote], window: Window, scale: Scale) -> Array:
    """The bounds of all documents of the window."""
    if len(votes) == 1 and (row := _as_it_is(votes[0], window, scale)) is not None:
        return row
    total = window.scratch.take(len(window), scale.dtype)
    first, *others = sorted(votes, key=lambda vote: vote.find().is_listed)
    if (row := within(first.find(), window).row) is not None and len(row) == len(total):
        np.multiply(row, first.weight(scale), out=total)
    else:
        total.fill(0)
        others = [first, *others]
    for vote in others:
        own = within(vote.find(), window)
        if own.row is not None:
            part = total[own.first - window.first : own.last - window.first]
            part += own.row * vote.weight(scale)
        else:
            at = own.docs() - np.uint32(window.first) if window.first else own.docs()
            np.add.at(total, at, vote.bounds(own.docs(), scale))
    return total


def _as_it_is(vote: Vote, window: Window, scale: Scale) -> Array | None:
    """The row of a vote, where its steps are the bounds."""
    row = within(vote.find(), window).row
    if row is None or len(row) < len(window):
        return None
    return row if row.dtype == scale.dtype and vote.weight(scale) == 1 else None

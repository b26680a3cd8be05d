"""The leaves of a query tree on one segment: words, phrases, sets that score the same."""

from collections.abc import Callable, Sequence

import numpy as np

from search.engines.whoosh.algebra import Window, within
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.bounds import Scale, Scores, Vote
from search.engines.whoosh.docsets import DocSet, Mask, indices
from search.engines.whoosh.phrases import side_by_side
from search.engines.whoosh.scoring import IMPACT_STEP, K1, norms
from search.engines.whoosh.segment import Docs, Field


class Term:
    """A word of a scored field, by BM25F."""

    scoring = tight = additive = True
    constant = False
    terms = 1

    def __init__(
        self, field: Field, number: int, window: Window, idf: float, average: float, slack: float
    ) -> None:
        """average: words per document; slack: see `scoring.impact_slack`."""
        self._its = its = slice(field.starts[number], field.starts[number + 1])
        self._field = field
        self._number = number
        self._docs: Docs = field.docs[its]
        self._row = field.rows.get(number)
        self._window = window
        self._idf = idf
        self._average = average
        self._step = idf * IMPACT_STEP * slack
        self._found: DocSet | None = None
        self.greatest = self._step * 255
        self.votes: Sequence[Vote] = (self,)

    def find(self) -> DocSet:
        if self._found is None:
            window, row = self._window, self._row
            if row is None:
                self._found = window.listed(self._docs)
            else:
                count = len(self._docs) if window.last - window.first == len(row) else None
                self._found = window.rowed(row[window.first : window.last], count)
        return self._found

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        at = self._docs.searchsorted(docs)
        there = self._docs.take(at, mode="clip") == docs
        weights = self._field.weights[self._its].take(at, mode="clip")
        norm = norms(self._average).take(self._field.lengths.take(docs))
        scores: Scores = there * (self._idf * (K1 + 1)) * weights / (weights + norm)
        return there, scores

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        bounds: Array = self._impacts(docs) * scale.weight(self._step)
        return bounds

    def _impacts(self, docs: Docs) -> Array:
        """u1, 0 in documents without the word."""
        if self._row is not None:
            return self._row.take(docs)
        impacts = self._field.impacts[self._its]
        if docs is self.find().docs():
            first = int(self._docs.searchsorted(docs[0])) if len(docs) else 0
            return impacts[first : first + len(docs)]
        at = self._docs.searchsorted(docs)
        there = self._docs.take(at, mode="clip") == docs
        here: Array = impacts.take(at, mode="clip") * there
        return here

    def row(self, window: Window) -> Array | None:
        """The impacts in a window of a word that is kept as a row."""
        return None if self._row is None else self._row[window.first : window.last]

    def add_bounds(self, row: Array, window: Window, scale: Scale) -> None:
        weight = scale.weight(self._step)
        if (own := self.row(window)) is not None:
            used = window.scratch.used
            weighted = window.scratch.take(len(row), scale.dtype)
            row += np.multiply(own, weight, out=weighted)
            window.scratch.free(used)
            return
        docs = window.listed(self._docs).docs()
        first = int(self._docs.searchsorted(docs[0])) if len(docs) else 0
        impacts = self._field.impacts[self._its][first : first + len(docs)]
        add_at(row, docs, window, impacts * weight)


class Phrase:
    """Words side by side in a scored field: the sum of their scores."""

    scoring = tight = additive = True
    constant = False

    def __init__(
        self, field: Field, numbers: Sequence[int], words: Sequence[Term], window: Window
    ) -> None:
        """words: a Term for each of the numbers of terms; one that comes twice scores twice."""
        self._field = field
        self._numbers = numbers
        self._words = words
        self._window = window
        self._found: DocSet | None = None
        self.greatest = sum(word.greatest for word in words)
        self.terms = len(words)
        self.votes: Sequence[Vote] = (self,)

    def find(self) -> DocSet:
        if self._found is None:
            docs = side_by_side(self._field, self._numbers, self._window)
            self._found = self._window.suited(docs)
        return self._found

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        there = self.find().holds(docs)
        scores: Scores = np.zeros(len(docs))
        for word in self._words:
            scores += word.score(docs)[1]
        return there, scores * there

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        return self._bounds(docs, scale) * self.find().holds(docs)

    def _bounds(self, docs: Docs, scale: Scale) -> Array:
        bounds = np.zeros(len(docs), scale.dtype)
        for word in self._words:
            bounds += word.bounds(docs, scale)
        return bounds

    def row(self, window: Window) -> None:
        """None is kept."""

    def add_bounds(self, row: Array, window: Window, scale: Scale) -> None:
        docs = within(self.find(), window).docs()
        add_at(row, docs, window, self._bounds(docs, scale))


class Constant:
    """Documents that all have the same score."""

    tight = additive = constant = True
    terms = 1

    def __init__(self, find: Callable[[], DocSet], score: float = 0.0) -> None:
        """score: a multiple of bounds.CONSTANT_STEP."""
        self._find = find
        self._found: DocSet | None = None
        self._score = score
        self.greatest = score
        self.scoring = score > 0
        self.votes: Sequence[Vote] = (self,) if score else ()

    def find(self) -> DocSet:
        if self._found is None:
            self._found = self._find()
        return self._found

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        there = self.find().holds(docs)
        return there, there * np.float64(self._score)

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        return self.find().holds(docs) * scale.weight(self._score)

    def row(self, window: Window) -> None:
        """None is kept."""

    def add_bounds(self, row: Array, window: Window, scale: Scale) -> None:
        found = within(self.find(), window)
        weight = scale.weight(self._score)
        if found.is_listed:
            add_at(row, found.docs(), window, weight)
        else:
            mask = found.mask()[found.first - found.start :]
            row[found.first - window.first : found.last - window.first] += mask * weight


def add_at(row: Array, docs: Docs, window: Window, values: "Array | np.unsignedinteger") -> None:
    """row[docs - window.first] += values, or a single value; docs: unique."""
    for piece, at in indices(docs, window.first):
        row[at] += values[piece] if isinstance(values, np.ndarray) else values

"""The leaves of a query tree on one segment: words, phrases, sets that score the same."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from search.engines.whoosh.algebra import Window
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.bounds import Scale, Scores, Vote
from search.engines.whoosh.company import Cover, Range
from search.engines.whoosh.docsets import DocSet, Mask, indices
from search.engines.whoosh.phrases import together
from search.engines.whoosh.scoring import IMPACT_STEP, K1, norms
from search.engines.whoosh.segment import Docs, Field
from search.engines.whoosh.statistics import Statistics

MANY, LOOK_UP = 1_000, 16
"""From so many documents on: looking up one of them in a list takes as long as putting so many of
the list into a row."""


class Term:
    """A word of a scored field, by BM25F."""

    scoring = tight = additive = True
    constant = False
    terms = 1

    def __init__(
        self, name: str, term: bytes, number: int, field: Field, window: Window, known: Statistics
    ) -> None:
        """name: the field's. number: the term's, in the field."""
        self.number = number
        self._name, self._term, self._field = name, term, field
        self._window, self._known = window, known
        self._its = its = slice(field.starts[number], field.starts[number + 1])
        self._docs: Docs = field.docs[its]
        self._row = field.rows.get(number)
        self._found: DocSet | None = None
        self.votes: Sequence[Vote] = (self,)

    @property
    def greatest(self) -> float:
        return 255 * self._step()

    def _step(self) -> float:
        """What one step of the impacts stands for, at most."""
        slack = self._known.impact_slack(self._name, self._field)
        return self._known.idf(self._term) * IMPACT_STEP * slack

    def find(self) -> DocSet:
        if self._found is None:
            window, row = self._window, self._row
            if row is None:
                self._found = window.listed(self._docs, self.covers)
            else:
                count = len(self._docs) if len(window) == window.size else None
                self._found = window.rowed(row[window.first : window.last], count, self.covers)
        return self._found

    @property
    def covers(self) -> Sequence[Cover]:
        """As DocSet has it."""
        return ((Range(self._field, self.number, self.number + 1),),)

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        weights = self._field.weights[self._its]
        if docs is self._docs:
            there = np.ones(len(docs), np.bool_)
        else:
            at = self._docs.searchsorted(docs)
            there = self._docs.take(at, mode="clip") == docs
            weights = weights.take(at, mode="clip")
        norm = norms(self._known.average_length(self._name)).take(self._field.lengths.take(docs))
        factor = self._known.idf(self._term) * (K1 + 1)
        scores: Scores = there * factor * weights / (weights + norm)
        return there, scores

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        bounds: Array = self._impacts(docs) * self.weight(scale)
        return bounds

    def _impacts(self, docs: Docs) -> Array:
        """u1, 0 in documents without the word."""
        if self._row is not None:
            return self._row.take(docs)
        if docs is self.find().docs():
            return self._impacts_of(docs)
        if len(docs) > MANY and len(docs) * LOOK_UP > len(self._docs):
            return self._scattered.take(docs)
        at = self._docs.searchsorted(docs)
        there = self._docs.take(at, mode="clip") == docs
        impacts: Array = self._field.impacts[self._its].take(at, mode="clip") * there
        return impacts

    @cached_property
    def _scattered(self) -> Array:
        """As a row of the field, for many look-ups."""
        row = self._window.scratch.take(self._window.size)
        row.fill(0)
        for piece, at in indices(self._docs, 0):
            row[at] = self._field.impacts[self._its][piece]
        return row

    def _impacts_of(self, own: Docs) -> Array:
        """u1, of some of its own documents, side by side."""
        first = int(self._docs.searchsorted(own[0])) if len(own) else 0
        return self._field.impacts[self._its][first : first + len(own)]

    def weight(self, scale: Scale) -> np.unsignedinteger:
        return scale.weight(self._step())


class Phrase:
    """Words side by side, or near each other, in a scored field: the sum of their scores."""

    scoring = tight = additive = True
    constant = False

    def __init__(
        self, words: Sequence[Term], field: Field, gap: int | None, window: Window
    ) -> None:
        """words: one that comes twice scores twice. gap: None for side by side."""
        self._words = words
        self._field = field
        self._gap = gap
        self._window = window
        self._found: DocSet | None = None
        self.terms = len(words)
        self.votes: Sequence[Vote] = (self,)

    @property
    def greatest(self) -> float:
        return sum(word.greatest for word in self._words)

    def find(self) -> DocSet:
        if self._found is None:
            numbers = [word.number for word in self._words]
            docs = together(self._field, numbers, self._gap, self._window)
            covers = [cover for word in self._words for cover in word.covers]
            self._found = self._window.listed(docs, covers)
        return self._found

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        there = self.find().holds(docs)
        scores: Scores = np.zeros(len(docs))
        for word in self._words:
            scores += word.score(docs)[1]
        return there, scores * there

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        bounds = np.zeros(len(docs), scale.dtype)
        for word in self._words:
            bounds += word.bounds(docs, scale)
        return bounds if docs is self.find().docs() else bounds * self.find().holds(docs)

    def weight(self, scale: Scale) -> np.unsignedinteger:
        return scale.weight(self.greatest)


class Constant:
    """Documents that all have the same score."""

    tight = additive = constant = True
    terms = 1

    def __init__(self, find: Callable[[], DocSet], score: float = 0.0) -> None:
        """score: a multiple of bounds.CONSTANT_STEP. What scores is a list or a row of 0 and 1."""
        self._find = find
        self._found: DocSet | None = None
        self.greatest = score
        self.scoring = score > 0
        self.votes: Sequence[Vote] = (self,) if score else ()

    def find(self) -> DocSet:
        if self._found is None:
            self._found = self._find()
        return self._found

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        there = self.find().holds(docs)
        return there, there * np.float64(self.greatest)

    def bounds(self, docs: Docs, scale: Scale) -> Array:
        return self.find().holds(docs) * self.weight(scale)

    def weight(self, scale: Scale) -> np.unsignedinteger:
        return scale.weight(self.greatest)

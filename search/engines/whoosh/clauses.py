"""What one node of a query tree is on one segment: what it finds there and how it scores that."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from search.engines.whoosh.algebra import Window, difference, intersection, union
from search.engines.whoosh.bounds import Scores, Scoring, Vote
from search.engines.whoosh.docsets import DocSet, Mask
from search.engines.whoosh.segment import Docs


class Clause(Scoring, Protocol):
    """A node of the tree on one segment."""

    def find(self) -> DocSet:
        """The documents of the window that match."""

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        """Which of any documents match, and their scores: 0 for the others.

        A document outside of the window may be said not to match.
        """


class Conjunction:
    """And."""

    def __init__(self, parts: Iterable[Clause], window: Window) -> None:
        self._parts = list(_flattened(parts))
        self._window = window
        self.votes: Sequence[Vote] = [vote for part in self._parts for vote in part.votes]
        self.scoring = any(part.scoring for part in self._parts)
        self.tight = not self.votes
        self.additive = all(part.additive for part in self._parts)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self._parts)

    def find(self) -> DocSet:
        unwanted = [part.part for part in self._parts if isinstance(part, Negation)]
        wanted = [part for part in self._parts if not isinstance(part, Negation)]
        found = intersection([part.find() for part in wanted], self._window)
        return difference(found, [part.find() for part in unwanted], self._window)

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        matching, scores = self._parts[0].score(docs)
        for part in self._parts[1:]:
            also, more = part.score(docs)
            matching = matching & also
            scores = scores + more
        return matching, np.where(matching, scores, 0)


def _flattened(parts: Iterable[Clause]) -> Iterator[Clause]:
    """The smallest of all parts comes first, wherever it stands."""
    for part in parts:
        yield from part if isinstance(part, Conjunction) else (part,)


class Disjunction:
    """Or."""

    def __init__(self, parts: Sequence[Clause], window: Window) -> None:
        self._parts = parts
        self._window = window
        self.votes: Sequence[Vote] = [vote for part in parts for vote in part.votes]
        self.scoring = all(part.scoring for part in parts)
        self.tight = self.additive = all(part.tight for part in parts)

    def find(self) -> DocSet:
        return union([part.find() for part in self._parts], self._window)

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        matching, scores = self._parts[0].score(docs)
        for part in self._parts[1:]:
            also, more = part.score(docs)
            matching = matching | also
            scores = scores + more
        return matching, scores


class Negation:
    """Not: it scores nothing."""

    votes: Sequence[Vote] = ()
    scoring = False
    tight = additive = True

    def __init__(self, part: Clause, window: Window) -> None:
        self.part = part
        self._window = window

    def find(self) -> DocSet:
        return difference(self._window.whole(), [self.part.find()], self._window)

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        return ~self.part.score(docs)[0], np.zeros(len(docs))


class Preference:
    """What one clause finds, with the score of another, `bonus`, on top where that matches too."""

    scoring = tight = additive = True

    def __init__(self, clause: Clause, bonus: Clause) -> None:
        """Both tight and additive, `clause` scoring. What `bonus` finds the other finds as well."""
        self._clause = clause
        self._bonus = bonus
        self.votes: Sequence[Vote] = [*clause.votes, *bonus.votes]

    def find(self) -> DocSet:
        return self._clause.find()

    def score(self, docs: Docs) -> tuple[Mask, Scores]:
        matching, scores = self._clause.score(docs)
        return matching, scores + self._bonus.score(docs)[1]

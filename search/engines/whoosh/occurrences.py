"""Where terms stand in the documents of a segment, sorted by term.

A term and a place are packed into one number, so that what is to be done is done by numpy to all
of them at once.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.numbering import one_behind_the_other
from search.engines.whoosh.streams import Stream
from search.engines.whoosh.terms import Ranking, Terms


@dataclass(frozen=True)
class Occurrences:
    """O occurrences of terms in n documents, which make P postings.

    ranking: the terms; some may stand nowhere.
    keys: i8[O], ascending, unique: the rank of a term << 32 | a place where it stands.
    docs: u4[O], the document of each.
    bases: i8[n + 1], document d has the places from bases[d] to before bases[d + 1].
    heads: i8[n], the first place behind the first part of each document.
    """

    ranking: Ranking
    keys: Array
    docs: Array
    bases: Array
    heads: Array

    @classmethod
    def at(cls, keys: Array, ranking: Ranking, bases: Array, heads: Array) -> "Occurrences":
        """keys: i8, ascending; some may come twice."""
        keys = keys[is_new(keys)]
        owners = np.repeat(np.arange(len(heads), dtype=np.uint32), np.diff(bases))
        return cls(ranking, keys, owners[keys.astype(np.uint32)], bases, heads)

    @property
    def places(self) -> npt.NDArray[np.uint32]:
        return self.keys.astype(np.uint32)

    @cached_property
    def postings(self) -> npt.NDArray[np.int64]:
        """i8[P]: with which occurrence each posting begins."""
        return np.flatnonzero(is_new(self.keys >> 32 << 32 | self.docs))

    @property
    def in_first_part(self) -> npt.NDArray[np.bool_]:
        """bool[O]: which stand in the first part of their document."""
        return self.places < self.heads[self.docs]

    def where(self, chosen: Array) -> "Occurrences":
        """chosen: bool[O]."""
        keys, docs = self.keys[chosen], self.docs[chosen]
        return Occurrences(self.ranking, keys, docs, self.bases, self.heads)

    def renamed(self, terms: Terms, numbers: Array) -> "Occurrences":
        """Under other terms, which several may share. numbers: of these, by the numbers of the
        present ones.
        """
        others = numbers[self.ranking.numbers]
        ranking = terms.ranked(others)
        keys = ranking.ranks[others][self.keys >> 32] << 32
        keys |= self.places
        # Stems come nearly in the order of their words, of which only this kind of sort makes use:
        # it takes a fifth of the time of the other.
        keys.sort(kind="stable")
        return Occurrences.at(keys, ranking, self.bases, self.heads)


def occurrences(terms: Terms, stream: Stream) -> Occurrences:
    """All of a stream, which has the numbers of these terms."""
    ranking = terms.ranked(stream.terms)
    ranks = ranking.ranks[stream.terms]
    bases = one_behind_the_other(stream.extents)
    keys = np.repeat(bases[:-1], stream.counts)
    keys += stream.positions
    keys |= ranks << 32
    keys = keys[order_of(ranks)]
    return Occurrences.at(keys, ranking, bases, bases[:-1] + stream.heads)


def order_of(ranks: Array) -> npt.NDArray[np.int64]:
    """Where the smallest is, then the next; equal ones stay in order. ranks: under 2 ** 32.

    In two halves, for numpy sorts 16 bits by radix, and that is many times faster.
    """
    order = np.argsort(ranks.astype(np.uint16), kind="stable")
    high = (ranks >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def is_new(keys: Array) -> npt.NDArray[np.bool_]:
    """Which keys are not the same as the one before."""
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return new

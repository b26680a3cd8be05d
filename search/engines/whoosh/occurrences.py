"""Where terms stand in the documents of a segment, sorted by term.

A term and a place are packed into one number, so that what is to be done is done by numpy to all
of them at once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.pieces import Pieces, Stream

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Occurrences:
    """O occurrences of terms in n documents, which make P postings.

    names: the terms, ascending; some may stand nowhere.
    keys: i8[O], ascending, unique: the number of a term << 32 | a place where it stands.
    bases: i8[n + 1], document d has the places from bases[d] to before bases[d + 1].
    heads: i8[n], the first place behind the first part of each document.
    """

    names: Sequence[str]
    keys: Array
    bases: Array
    heads: Array

    @property
    def places(self) -> npt.NDArray[np.uint32]:
        return self.keys.astype(np.uint32)

    @cached_property
    def docs(self) -> npt.NDArray[np.uint32]:
        """u4[O]: the document of each."""
        owners = np.arange(len(self.heads), dtype=np.uint32)
        return np.repeat(owners, np.diff(self.bases))[self.places]

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
        return Occurrences(self.names, self.keys[chosen], self.bases, self.heads)

    def renamed(self, name_of: Callable[[str], str]) -> "Occurrences":
        """Under other names, which several terms may share."""
        names, ranks = ranked(map(name_of, self.names))
        keys = ranks[self.keys >> 32] << 32 | self.places
        # Stems come nearly in the order of their words, of which only this kind of sort makes use:
        # it takes a fifth of the time of the other.
        keys.sort(kind="stable")
        return Occurrences(names, keys[is_new(keys)], self.bases, self.heads)


def occurrences(pieces: Pieces[Key], stream: Stream) -> Occurrences:
    """All terms of a stream."""
    terms, places, begins = pieces.standing(stream)
    names, ranks = ranked_of(list(pieces.terms), terms)
    keys = (ranks << 32 | places)[order_of(ranks)]
    first, behind = stream.firsts[:-1], stream.firsts[1:]
    heads = begins[np.minimum(first + 1, behind)]
    return Occurrences(names, keys[is_new(keys)], begins[stream.firsts], heads)


def ranked_of(names: Sequence[str], numbers: Array) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Of names, those that the numbers stand for, ascending, and for each number which of them."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(names)))
    found, ranks = ranked(names[number] for number in used.tolist())
    table = np.zeros(len(names), np.int64)
    table[used] = ranks
    return found, table[numbers]


def ranked(names: Iterable[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The different names, ascending by code points, so also by their bytes in UTF-8, and for each
    name which of them it is.
    """
    names = list(names)
    different = sorted(dict.fromkeys(names))  # in which stems stay nearly in order
    rank = dict(zip(different, range(len(different)), strict=True))
    return different, np.fromiter(map(rank.__getitem__, names), np.int64, len(names))


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

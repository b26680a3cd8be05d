"""Terms that are remembered from one segment to the next, by numbers."""

from array import array
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.language.words import stem


class Ranking(NamedTuple):
    """T terms, ascending by code points, so also by their bytes in UTF-8.

    numbers: i8[T], of each. ranks: i8, by number, which of them it is; of others 0.
    """

    names: list[str]
    numbers: Array
    ranks: Array


class Terms(dict[str, int]):
    """Numbers terms from 0, in the order in which they are first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._sorted: list[str] = []
        self._order = np.empty(0, np.int64)

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def ranked(self, numbers: Array) -> Ranking:
        """Those that the numbers stand for."""
        names, order = self._ascending()
        used = np.flatnonzero((np.bincount(numbers, minlength=len(self)) > 0)[order])
        ranks = np.zeros(len(self), np.int64)
        ranks[order[used]] = np.arange(len(used))
        return Ranking([names[at] for at in used.tolist()], order[used], ranks)

    def _ascending(self) -> tuple[list[str], npt.NDArray[np.int64]]:
        """All terms, and their numbers."""
        if len(self._sorted) < len(self):
            self._sorted += islice(self, len(self._sorted), None)
            self._sorted.sort()  # what is new goes between what is in order already
            self._order = np.fromiter(map(self.__getitem__, self._sorted), np.int64, len(self))
        return self._sorted, self._order


class Stems(Terms):
    """The stems of other terms."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = array("I")

    def of(self, terms: Terms) -> npt.NDArray[np.uint32]:
        """The number of the stem of each, by the numbers of the terms, which are always the same
        ones or more.
        """
        new = islice(terms, len(self._numbers), None)
        self._numbers.extend(map(self.__getitem__, map(stem, new)))
        return np.array(self._numbers, np.uint32)

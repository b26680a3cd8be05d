"""Which of many ascending numbers is the last that is not above another: in constant time, and in
a sixth of a byte for each number that there could be.
"""

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array

_UP_TO = np.array([(2 << bit) - 1 for bit in range(64)], np.uint64)
"""All bits up to one, that one included."""


class Rank:
    """Marks on a line from 0 to `size`: one bit for each number, and how many bits are set before
    each 64 of them. After Jacobson, "Space-efficient static trees and graphs" (1989).
    """

    def __init__(self, marks: Array, size: int) -> None:
        """marks: integers, ascending, unique, below size."""
        marks = marks.astype(np.int64)
        self._bits = np.zeros(size // 64 + 1, np.uint64)
        np.bitwise_or.at(self._bits, marks >> 6, np.uint64(1) << (marks & 63).astype(np.uint64))
        set_in = np.bitwise_count(self._bits)
        self._before = (np.cumsum(set_in, dtype=np.int64) - set_in).astype(np.uint32)

    def of(self, numbers: Array) -> npt.NDArray[np.uint32]:
        """How many marks are not above each number. numbers: integers below size."""
        word = (numbers >> 6).astype(np.int64)
        upper = _UP_TO[(numbers & 63).astype(np.int64)]
        upper &= self._bits[word]
        rank = self._before[word]
        rank += np.bitwise_count(upper)
        return rank

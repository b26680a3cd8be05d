"""How many of many ascending numbers are not above another: in constant time, and in a fifth of a
byte for each number that there could be.
"""

import numpy as np
import numpy.typing as npt


class Rank:
    """Marks on a line: one bit for each number there is, and how many bits are set before each 64
    of them. After Jacobson, "Space-efficient static trees and graphs" (1989).
    """

    def __init__(self, marks: npt.NDArray[np.int64], size: int) -> None:
        """marks: ascending, unique, from 0 to below size."""
        self._bits = np.zeros(size // 64 + 1, np.uint64)
        np.bitwise_or.at(self._bits, marks >> 6, np.uint64(1) << (marks & 63).astype(np.uint64))
        marked = np.bitwise_count(self._bits)
        self._before = np.cumsum(marked, dtype=np.int64) - marked

    def of(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many marks are not above each number, from 0 to below size."""
        words = numbers >> 6
        bits = self._bits[words]
        bits <<= (~numbers & 63).view(np.uint64)  # out go those above the number
        rank: npt.NDArray[np.int64] = self._before[words]
        rank += np.bitwise_count(bits)
        return rank

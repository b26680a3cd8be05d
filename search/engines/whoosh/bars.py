"""The days and months of a segment's documents, which stand in the order of their dates."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array

EPOCH_DAY = 719_163
"""`date(1970, 1, 1).toordinal()`"""


@dataclass(frozen=True)
class Bars:
    """Documents side by side that fall into the same day or month.

    numbers: i8 [B], the day (`date.toordinal`) or the month (since January 1970) of each bar.
    bounds: u4 [B + 1], ascending: bar i has the documents bounds[i]:bounds[i + 1]. Before the first
    are those without a date.
    """

    numbers: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, days: Array, undated: int) -> Self:
        """days: of all documents; of the first, which are `undated`, they mean nothing."""
        return cls.joined(days[undated:], np.arange(undated, len(days) + 1, dtype=np.uint32))

    @classmethod
    def joined(cls, numbers: Array, bounds: Array) -> Self:
        """Neighbours with the same number as one bar."""
        bounding = np.ones(len(bounds), np.bool_)
        bounding[1:-1] = numbers[1:] != numbers[:-1]
        return cls(numbers[bounding[:-1]].astype(np.int64), bounds[bounding])

    def months(self) -> Self:
        """Of bars of days."""
        months = (self.numbers - EPOCH_DAY).astype("datetime64[D]").astype("datetime64[M]")
        return self.joined(months.view(np.int64), self.bounds)

    def holding(self, docs: Array) -> Array:
        """The bar of each document: integers, -1 for one without a date."""
        return self.bounds.searchsorted(docs, "right") - 1

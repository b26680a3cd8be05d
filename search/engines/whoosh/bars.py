"""The days and months of a segment's documents, which stand in the order of their dates."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.vague import EPOCH_DAY, Vague
from search.language.periods import Period, Unit, around

WIDER = 1 << 24
"""From this number on bars are no days and no months: they stand for what is known of no more than
a month or a year, twice the first day of that, and one more for a month."""


@dataclass(frozen=True)
class Bars:
    """Documents side by side that fall into the same day or month.

    numbers: i8 [B], the day (`date.toordinal`) or the month (since January 1970) of each bar; see
    also WIDER. Where WIDER ones come between, two bars have the same number.
    bounds: u4 [B + 1], ascending: bar i has the documents bounds[i]:bounds[i + 1]. Before the first
    are those without a date.
    """

    numbers: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, days: Array, undated: int, vague: Vague) -> Self:
        """days: of all documents; of the first, which are `undated`, they mean nothing."""
        if len(vague.docs):
            days = days.copy()
            days[vague.docs] = WIDER + 2 * vague.firsts + (vague.units == Unit.MONTH)
        return cls.joined(days[undated:], np.arange(undated, len(days) + 1, dtype=np.uint32))

    @classmethod
    def joined(cls, numbers: Array, bounds: Array) -> Self:
        """Neighbours with the same number as one bar."""
        bounding = np.ones(len(bounds), np.bool_)
        bounding[1:-1] = numbers[1:] != numbers[:-1]
        return cls(numbers[bounding[:-1]].astype(np.int64), bounds[bounding])

    def months(self) -> Self:
        """Of bars of days: what is of a month counts there, and what is of a year stays WIDER."""
        is_wide = self.numbers >= WIDER
        days = np.where(is_wide, (self.numbers - WIDER) // 2, self.numbers)
        months = (days - EPOCH_DAY).astype("datetime64[D]").astype("datetime64[M]")
        is_year = is_wide & (self.numbers % 2 == WIDER % 2)
        return self.joined(np.where(is_year, self.numbers, months.view(np.int64)), self.bounds)

    def holding(self, docs: Array) -> Array:
        """The bar of each document: integers, -1 for one without a date."""
        return self.bounds.searchsorted(docs, "right") - 1


def period_of(wider: int) -> Period:
    """The month or year that a WIDER number stands for."""
    first, is_month = divmod(wider - WIDER, 2)
    return around(date.fromordinal(first), Unit.MONTH if is_month else Unit.YEAR)

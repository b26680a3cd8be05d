"""The documents of a segment whose day is not known, but only a month or a year.

They stand in the order of dates where that begins. Most archives have none, and none cost nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.language.periods import Unit

EPOCH_DAY = 719_163
"""`date(1970, 1, 1).toordinal()`"""


@dataclass(frozen=True)
class Vague:
    """docs: u4 [V], ascending. units: u1 [V].

    firsts, lasts: i4 [V], the days (`date.toordinal`) that the month or year of each begins and
    ends with; the firsts ascend.
    """

    docs: npt.NDArray[np.uint32]
    units: Array
    firsts: Array
    lasts: Array

    @classmethod
    def of(cls, days: Array, units: Array) -> Self:
        """days, units: of all documents."""
        docs = np.flatnonzero(units != Unit.DAY).astype(np.uint32)
        firsts, own = days.take(docs), units.take(docs)
        return cls(docs, own, firsts, last_days(firsts, own))

    def of_unit(self, unit: Unit) -> npt.NDArray[np.uint32]:
        """Those of which a month is known, or those of which a year is: ascending."""
        return self.docs.compress(self.units == unit)

    def outlasting(self, end: date) -> npt.NDArray[np.uint32]:
        """Those that begin on a day or before it, and end after it: ascending."""
        if not len(self.docs):
            return self.docs
        # What began in an earlier year has ended with it.
        bounds = [date(end.year, 1, 1).toordinal(), end.toordinal() + 1]
        within = slice(*self.firsts.searchsorted(bounds))
        return self.docs[within].compress(self.lasts[within] > end.toordinal())


def last_days(firsts: Array, units: Array) -> npt.NDArray[np.int32]:
    """As `Vague.lasts`."""
    days = (firsts.astype(np.int64) - EPOCH_DAY).astype("datetime64[D]")
    months = (days.astype("datetime64[M]") + 1).astype("datetime64[D]")
    years = (days.astype("datetime64[Y]") + 1).astype("datetime64[D]")
    behind = np.where(units == Unit.YEAR, years, months)
    return (behind.astype(np.int64) + EPOCH_DAY - 1).astype(np.int32)

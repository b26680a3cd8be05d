"""Which months of an archive have articles, and which lie between them without any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from search.language.periods import Period, Unit, around
from search.request import Spread

MONTHS = range(1, 13)
NEVER = (0, 0)


@dataclass(frozen=True, slots=True)
class Year:
    """counts: the articles of each month; None for what lies before the first or after the last.
    elsewhen: the articles of which no month is known.
    """

    year: int
    counts: tuple[int | None, ...]
    elsewhen: int = 0

    @property
    def articles(self) -> int:
        return sum(count or 0 for count in self.counts) + self.elsewhen

    @property
    def covered(self) -> list[range]:
        """The months that have articles, those that follow one another together."""
        return runs([month for month, count in zip(MONTHS, self.counts, strict=True) if count])

    @property
    def missing(self) -> list[Period]:
        """The months without any, likewise."""
        empty = [month for month, count in zip(MONTHS, self.counts, strict=True) if count == 0]
        return [self._period(run) for run in runs(empty)]

    def _period(self, months: range) -> Period:
        first, last = (date(self.year, month, 1) for month in (months[0], months[-1]))
        return Period(first, around(last, Unit.MONTH).end)


def years_of(spread: Spread) -> list[Year]:
    """From the first year with articles to the last. spread: of months."""
    counts = {(start.year, start.month): count for start, count in spread.periods}
    elsewhen = {period.start.year: count for period, count in spread.wider}
    years = {year for year, _ in counts} | elsewhen.keys()
    if not years:
        return []
    first, last = min(counts, default=NEVER), max(counts, default=NEVER)

    def count_of(month: tuple[int, int]) -> int | None:
        return counts.get(month, 0) if first <= month <= last else None

    return [
        Year(year, tuple(count_of((year, month)) for month in MONTHS), elsewhen.get(year, 0))
        for year in range(min(years), max(years) + 1)
    ]


def gaps(years: Sequence[Year]) -> list[Period]:
    """The months without articles, those that follow one another together, also over years."""
    found: list[Period] = []
    for period in (missing for year in years for missing in year.missing):
        if found and (period.start - found[-1].end).days == 1:
            found[-1] = Period(found[-1].start, period.end)
        else:
            found.append(period)
    return found


def runs(months: Sequence[int]) -> list[range]:
    """Ascending numbers as stretches of such as follow one another."""
    stretches = (
        [month for _, month in together]
        for _, together in groupby(enumerate(months), lambda placed: placed[1] - placed[0])
    )
    return [range(stretch[0], stretch[-1] + 1) for stretch in stretches]

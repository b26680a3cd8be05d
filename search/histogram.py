"""The bars of the date histogram: counts per month or day become decades, years, months or days."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from operator import attrgetter

from django.utils.translation import gettext as _

from search.hand import hand
from search.language.dates import Period, describe, parse_period, unit_of
from search.request import DateCount, Grain

DAYS_SHOWN = 92
MONTHS_SHOWN = 36
YEARS_SHOWN = 40
LABELS_SHOWN = 6


class Width(IntEnum):
    """How much of the calendar one bar stands for, as the length of its name in an ISO date."""

    DECADE = 3
    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `height` is 0 to 100, the highest bar's is 100; `label` is short, "" for most."""

    period: Period
    count: int
    height: int
    label: str

    @property
    def name(self) -> str:
        return in_words(self.period)

    @property
    def space(self) -> int:
        """What is left empty above the bar."""
        return 100 - self.height

    @property
    def first(self) -> str:
        """The first day, as short as is exact: 2009, 2009-12 or 2009-12-17."""
        return in_digits(self.period)[0]

    @property
    def last(self) -> str:
        return in_digits(self.period)[1]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of one width, the earliest first. `highest` is the count that fills the whole height."""

    width: Width
    bars: tuple[Bar, ...]
    highest: int

    @property
    def name(self) -> str:
        return {
            Width.DECADE: _("Articles per decade"),
            Width.YEAR: _("Articles per year"),
            Width.MONTH: _("Articles per month"),
            Width.DAY: _("Articles per day"),
        }[self.width]


def grain_of(start: date | None, end: date | None) -> Grain:
    """What the engine has to count so that the bars of this range can be drawn."""
    narrow = start is not None and end is not None and (end - start).days < DAYS_SHOWN
    return Grain.DAY if narrow else Grain.MONTH


def histogram(dates: Sequence[DateCount], start: date | None, end: date | None) -> Histogram | None:
    """The bars from `start` to `end`, the empty ones too; from the first to the last date if open.

    `dates` are counts of the grain that `grain_of` asks for, ascending; None where there are none.
    A range much wider than what was found in it is drawn only where something is.
    """
    if not dates:
        return None
    first, last = start or dates[0].start, end or dates[-1].start
    if last.year - first.year >= YEARS_SHOWN:
        first, last = dates[0].start, dates[-1].start
    width = width_of(first, last, grain_of(start, end))
    counts = counted(dates, width)
    highest = max(counts.values())
    periods = list(divided(first, last, width))
    drawn = tuple(
        Bar(clipped(period, start, end), count, -(-100 * count // highest), label)
        for period, label in zip(periods, labels(periods, width), strict=True)
        for count in [counts[KEYS[width](period.start)]]
    )
    return Histogram(width, drawn, highest)


def ancestors(period: Period) -> list[Period]:
    """The year and the month that hold the period and more than it: the way back up."""
    around = (around_day(period.start, width) for width in (Width.YEAR, Width.MONTH))
    return [wider for wider in around if wider != period and period.end <= wider.end]


def width_of(first: date, last: date, grain: Grain) -> Width:
    """The narrowest width that does not need too many bars."""
    years = last.year - first.year
    if grain is Grain.DAY:
        return Width.DAY
    if years * 12 + last.month - first.month < MONTHS_SHOWN:
        return Width.MONTH
    return Width.YEAR if years < YEARS_SHOWN else Width.DECADE


KEYS: dict[Width, Callable[[date], Hashable]] = {
    Width.DECADE: lambda day: day.year // 10,
    Width.YEAR: attrgetter("year"),
    Width.MONTH: attrgetter("year", "month"),
    Width.DAY: lambda day: day,
}
"""What the days of one bar have in common."""


def counted(dates: Sequence[DateCount], width: Width) -> Counter[Hashable]:
    """How many articles each bar stands for, by its key."""
    key = KEYS[width]
    counts: Counter[Hashable] = Counter()
    for start, count in dates:
        counts[key(start)] += count
    return counts


# The calendar is the same for every search, and reading and writing its dates takes longest.


@lru_cache(maxsize=5_000)
def around_day(day: date, width: Width) -> Period:
    """The decade, year, month or day that a day lies in."""
    if width is Width.DECADE:
        decade = day.year // 10 * 10
        return Period(date(max(decade, 1), 1, 1), date(decade + 9, 12, 31))
    return parse_period(day.isoformat()[:width], today=day)


@lru_cache(maxsize=5_000)
def in_words(period: Period) -> str:
    return describe(period)


@lru_cache(maxsize=5_000)
def in_digits(period: Period) -> tuple[str, str]:
    """Its first and its last day, as short as is exact."""
    unit = unit_of(period.start, period.end)
    return period.start.isoformat()[:unit], period.end.isoformat()[:unit]


def divided(first: date, last: date, width: Width) -> Iterator[Period]:
    """The periods of one width that cover the days from `first` to `last`."""
    period = around_day(first, width)
    while period.end < last:
        yield period
        period = around_day(period.end + timedelta(days=1), width)
    yield period


def clipped(period: Period, start: date | None, end: date | None) -> Period:
    """The part of a bar that lies in the range, so that a click never widens a search."""
    if start is None and end is None:
        return period
    return Period(max(period.start, start or date.min), min(period.end, end or date.max))


def labels(periods: Sequence[Period], width: Width) -> list[str]:
    """A short label for every so many bars, so that they have room; "" for the others."""
    one_year = periods[0].start.year == periods[-1].start.year
    shape = {Width.MONTH: "M" if one_year else "M Y", Width.DAY: "j M"}.get(width, "Y")
    step = -(-len(periods) // LABELS_SHOWN)
    ending = "s" if width is Width.DECADE else ""
    day = hand().day
    return [
        "" if number % step else day(period.start, shape) + ending
        for number, period in enumerate(periods)
    ]

"""The bars themselves: from the first day to the last without a gap, and how high each is."""

from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import date
from functools import lru_cache
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from search.histogram.widths import KEYS, YEARS_SHOWN, Width, divided, width_of
from search.language.periods import Period
from search.request import Grain, Periods


class Bar(NamedTuple):
    """One bar.

    count: the articles found in the period. whole: all articles there, 0 unless these were counted.
    height: 0 to 100; the highest bar's is 100, and only that of an empty one is 0.
    """

    period: Period
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs
    whole: int
    height: int


class Axis(NamedTuple):
    """Where the bars stand: one for each so much of the calendar from `first` to `last`.

    start, end: what a bar may not reach beyond, if anything.
    """

    width: Width
    first: date
    last: date
    start: date | None = None
    end: date | None = None


class Histogram(NamedTuple):
    """The bars along an axis, the earliest first. `highest` is one that fills the whole height."""

    axis: Axis
    bars: tuple[Bar, ...]
    highest: Bar


class Column(NamedTuple):
    """The place of a bar: what it stands for, and what that has in common (`KEYS`)."""

    period: Period
    key: Hashable


def histogram(
    periods: Periods,
    grain: Grain,
    start: date | None,
    end: date | None,
    everything: Periods = (),
) -> Histogram | None:
    """The bars from `start` to `end`, the empty ones too; None if all are.

    periods: ascending, counted per `grain`. everything: the same of all articles, whatever is
    searched for; where it is given, the bars are as high as the share that was found.
    """
    if not periods:
        return None
    first, last = extent(periods, start, end)
    axis = Axis(width := width_of(first, last, grain), first, last, start, end)
    counts, wholes = counted(periods, width), counted(everything, width)
    sizes = shares(counts, wholes) if everything else counts
    most = max(sizes.values())
    bars = tuple(
        Bar(period, counts[key], wholes[key], min(100, ceil(100 * sizes.get(key, 0) / most)))
        for period, key in columns(axis)
    )
    return Histogram(axis, bars, max(bars, key=attrgetter("height")))


def extent(periods: Periods, start: date | None, end: date | None) -> tuple[date, date]:
    """The first and the last day to draw: those asked for, else those where something was found.

    Where the range is far wider than what was found in it, something found bounds it all the same.
    """
    (earliest, _), (latest, _) = periods[0], periods[-1]
    first, last = start or earliest, end or latest
    return (earliest, latest) if last.year - first.year >= YEARS_SHOWN else (first, last)


def counted(periods: Periods, width: Width) -> Counter[Hashable]:
    """How many articles each bar stands for, by its key."""
    key = KEYS[width]
    counts: Counter[Hashable] = Counter()
    for start, count in periods:
        counts[key(start)] += count
    return counts


def shares(counts: Counter[Hashable], wholes: Counter[Hashable]) -> Mapping[Hashable, float]:
    """Which part of each whole was found; no whole is left smaller than what was found of it."""
    wholes |= counts  # the archive may have grown or shrunk between the one count and the other
    return {key: count / wholes[key] for key, count in counts.items()}


@lru_cache(maxsize=256)  # the same for every search in the same days
def columns(axis: Axis) -> tuple[Column, ...]:
    """The places along an axis, without a gap."""
    return tuple(
        Column(clipped(period, axis.start, axis.end), KEYS[axis.width](period.end))
        for period in divided(axis.first, axis.last, axis.width)
    )


def clipped(period: Period, start: date | None, end: date | None) -> Period:
    """The part of a bar that lies in the range, so that a click never widens a search."""
    return Period(max(period.start, start or date.min), min(period.end, end or date.max))

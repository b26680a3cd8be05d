"""The bars themselves: from the first day to the last without a gap, and how high each is."""

from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import date
from functools import lru_cache
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from search.histogram.widths import KEYS, YEARS_SHOWN, Width, divided, wider_than, width_of
from search.language.periods import Period
from search.request import NOTHING, Grain, Spread


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
    """The bars along an axis, the earliest first. `highest` is one that fills the whole height.

    beside: the articles that have a date but no bar, since no more of it is known than a period
    that is longer than the bars are wide.
    """

    axis: Axis
    bars: tuple[Bar, ...]
    highest: Bar
    beside: int = 0


class Column(NamedTuple):
    """The place of a bar: what it stands for, and what that has in common (`KEYS`)."""

    period: Period
    key: Hashable


def histogram(
    found: Spread,
    grain: Grain,
    start: date | None,
    end: date | None,
    everything: Spread = NOTHING,
) -> Histogram | None:
    """The bars from `start` to `end`, the empty ones too; None if all are.

    found: counted per `grain`. everything: the same of all articles, whatever is searched for;
    where it is given, the bars are as high as the share that was found.
    """
    days = extent(found, start, end)
    if not days:
        return None
    width = width_of(days.start, days.end, grain)
    while not (counts := counted(found, width)):
        width = wider_than(width)  # as wide as what is known of them
    axis, wholes = Axis(width, days.start, days.end, start, end), counted(everything, width)
    sizes = shares(counts, wholes) if everything != NOTHING else counts
    most = max(sizes.values())
    bars = tuple(
        Bar(period, counts[key], wholes[key], min(100, ceil(100 * sizes.get(key, 0) / most)))
        for period, key in columns(axis)
    )
    beside = sum(count for period, count in found.wider if not fits(period, width))
    return Histogram(axis, bars, max(bars, key=attrgetter("height")), beside)


def extent(found: Spread, start: date | None, end: date | None) -> Period | None:
    """The days to draw: those asked for, else those where something was found; None for nothing.

    Where the range is far wider than what was found in it, something found bounds it all the same.
    """
    if found == NOTHING:
        return None
    starts = [day for day, _ in (*found.periods[:1], *found.periods[-1:])]
    earliest = min([*starts, *(period.start for period, _ in found.wider[:1])])
    latest = max([*starts, *(period.end for period, _ in found.wider)])
    first, last = start or earliest, end or latest
    is_far_wider = last.year - first.year >= YEARS_SHOWN
    return Period(earliest, latest) if is_far_wider else Period(first, last)


def counted(spread: Spread, width: Width) -> Counter[Hashable]:
    """How many articles each bar stands for, by its key; without those of which only a longer
    period is known than its own."""
    key = KEYS[width]
    counts: Counter[Hashable] = Counter()
    for start, count in spread.periods:
        counts[key(start)] += count
    for period, count in spread.wider:
        if fits(period, width):
            counts[key(period.start)] += count
    return counts


def fits(period: Period, width: Width) -> bool:
    """Do all its days lie in one bar?"""
    return KEYS[width](period.start) == KEYS[width](period.end)


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

"""How many of the documents found fall into each month or day."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import compress

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.bars import WIDER, Bars, period_of
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.segment import Docs, SegmentArrays
from search.language.periods import Period
from search.request import Grain, Spread

Counts = npt.NDArray[np.int64]
"""Numbers of documents: i8."""

FEW = 24
"""Documents up to which Python is faster than numpy."""


class Histogram:
    """The months or days of a snapshot. Immutable, shared by all threads."""

    def __init__(self, grain: Grain, segments: Sequence[tuple[SegmentArrays, Docs]]) -> None:
        """Each segment, and the documents that were deleted from it."""
        self._grain = grain
        self._documents = sum(segment.size - len(deleted) for segment, deleted in segments)
        self._segments = [
            (segment.by_day if grain is Grain.DAY else segment.by_month, deleted)
            for segment, deleted in segments
        ]
        numbers = [bars.numbers for bars, _ in self._segments]
        self._numbers, places = np.unique(
            np.concatenate([np.empty(0, np.int64), *numbers]), return_inverse=True
        )
        self._plain = int(self._numbers.searchsorted(WIDER))
        ends = np.cumsum([len(own) for own in numbers])
        self._places = np.split(places, ends)

    def counts(self, found: Sequence[DocSet]) -> Spread:
        """found: for each segment documents that are not deleted."""
        count = sum(docs.count for docs in found)
        if count <= FEW:
            return self._of_few(found)
        if count == self._documents:
            return self._of_all
        counts = np.zeros(len(self._numbers), np.int64)
        for (bars, _), places, docs in zip(self._segments, self._places, found, strict=False):
            if docs.count:
                np.add.at(counts, places, counts_in(bars, docs))
        return self._answer(counts)

    def _of_few(self, found: Sequence[DocSet]) -> Spread:
        numbers: list[int] = []
        for (bars, _), places, docs in zip(self._segments, self._places, found, strict=False):
            if docs.count:
                own = bars.holding(docs.docs())
                numbers += places.take(own[own >= 0]).tolist()
        counts = Counter(numbers)
        listed = sorted(counts)
        plain = bisect_left(listed, self._plain)
        return Spread(
            tuple((self._starts[number], counts[number]) for number in listed[:plain]),
            self._wider([(number, counts[number]) for number in listed[plain:]]),
        )

    @cached_property
    def _of_all(self) -> Spread:
        counts = np.zeros(len(self._numbers), np.int64)
        for (bars, deleted), places in zip(self._segments, self._places, strict=False):
            np.add.at(
                counts, places, np.diff(bars.bounds.astype(np.int64)) - listed_in(bars, deleted)
            )
        return self._answer(counts)

    def _answer(self, counts: Counts) -> Spread:
        every = counts[: self._plain].tolist()
        wider = enumerate(counts[self._plain :].tolist(), self._plain)
        return Spread(
            tuple(zip(compress(self._starts, every), filter(None, every), strict=True)),
            self._wider((number, count) for number, count in wider if count),
        )

    def _wider(self, counted: Iterable[tuple[int, int]]) -> tuple[tuple[Period, int], ...]:
        return tuple((self._periods[number - self._plain], count) for number, count in counted)

    @cached_property
    def _starts(self) -> list[date]:
        start = date.fromordinal if self._grain is Grain.DAY else first_day
        return list(map(start, self._numbers[: self._plain].tolist()))

    @cached_property
    def _periods(self) -> list[Period]:
        return list(map(period_of, self._numbers[self._plain :].tolist()))


def first_day(month: int) -> date:
    """month: since January 1970."""
    years, month = divmod(month, 12)
    return date(1970 + years, month + 1, 1)


def counts_in(bars: Bars, found: DocSet) -> Counts:
    """i8 [B]: how many documents of a set, which is not empty, each bar has."""
    if found.is_listed:
        return listed_in(bars, found.docs())
    inside = bars.bounds.clip(found.first, found.last).astype(np.int64)
    return np.diff(inside if found.is_range else set_before(inside - found.start, found.bits()))


def listed_in(bars: Bars, docs: Docs) -> Counts:
    """i8 [B]: how many of these documents each bar has."""
    if len(docs) > len(bars.bounds):
        return np.diff(docs.searchsorted(bars.bounds))
    return np.bincount(bars.holding(docs) + 1, minlength=len(bars.bounds))[1:]


def set_before(places: npt.NDArray[np.int64], bits: npt.NDArray[np.uint64]) -> Counts:
    """How many bits are set before each place: bit i is bit i % 64 of word i // 64."""
    before = np.zeros(len(bits) + 1, np.int64)
    np.cumsum(np.bitwise_count(bits), out=before[1:])
    words = places >> 6
    below = (np.uint64(1) << (places & 63).astype(np.uint64)) - np.uint64(1)
    # A place behind the last word has nothing below it, whichever word is looked at.
    return before.take(words) + np.bitwise_count(bits.take(words, mode="clip") & below)

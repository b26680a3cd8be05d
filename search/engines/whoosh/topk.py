"""The best k of many documents, few of which are scored.

1. Find a bound that at least k documents reach, by the maxima of groups of documents.
2. Score those exactly. The k-th best score is a floor: nothing below it is among the best.
3. Score the others whose bounds reach the floor.
"""

from collections.abc import Callable
from math import ceil

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.bounds import Bounds, Scores
from search.engines.whoosh.docsets import DocSet
from search.engines.whoosh.segment import Docs

Score = Callable[[Docs], Scores]
Places = npt.NDArray[np.intp]

_GROUPS = 16
"""Groups for each of the k that are wanted, so that few of the best share one."""

_HEIGHT = 256
"""Values in a group, at most."""

_STRIDE = 1 << 12


def best(bounds: Bounds, score: Score, k: int, floor: float) -> tuple[Docs, Scores]:
    """Documents with their scores: the best k, by score, then number, and perhaps some others.

    floor: what scores less need not be among them. k: from 1.
    """
    if bounds.scale.exact:
        return _by_level(bounds, k, floor)
    maxima = Maxima(bounds.values, k)
    least = max(maxima.reached(k), _needed(bounds, floor))
    docs = bounds.docs_at(maxima.at_least(least))
    scores = score(docs)
    if len(scores) >= k:
        floor = max(floor, float(np.partition(scores, -k)[-k]))
    needed = _needed(bounds, floor)
    if needed < least:
        at = maxima.at_least(needed)
        more = bounds.docs_at(at.compress(bounds.values.take(at) < least))
        docs, scores = np.concatenate([docs, more]), np.concatenate([scores, score(more)])
    if bounds.zero and floor <= 0:
        none = bounds.docs_at(last(bounds.values, bounds.zero, k))
        docs, scores = np.concatenate([docs, none]), np.append(scores, np.zeros(len(none)))
    return docs, scores


def _needed(bounds: Bounds, floor: float) -> int:
    """The least bound that a score above 0, and of `floor` or more, can have."""
    return bounds.zero + max(1, ceil(floor / bounds.scale.unit - 1e-6))


def _by_level(bounds: Bounds, k: int, floor: float) -> tuple[Docs, Scores]:
    """The best k where bounds are scores. Those are few and have many documents each."""
    values, found, levels = bounds.values, [], []
    while k > 0 and (level := int(values.max(initial=0))):
        score = (level - bounds.zero) * bounds.scale.unit
        if score < floor:
            break
        at = last(values, level, k)
        found.append(at)
        levels.append(np.full(len(at), score))
        k -= len(at)
        if k > 0:
            values = values * (values < level)
    docs = bounds.docs_at(np.concatenate([np.empty(0, np.intp), *found]))
    return docs, np.concatenate([np.empty(0), *levels])


class Maxima:
    """The greatest values of groups of values, from which one sees where the greatest of all are.

    Of m groups, the g-th has the values g, g + m, g + 2m …, so that numpy finds all maxima by
    comparing whole rows.
    """

    def __init__(self, values: Array, k: int) -> None:
        height = max(1, min(_HEIGHT, len(values) // max(1_024, _GROUPS * k)))
        self._values = values
        self._width = len(values) // height
        self._grid = values[: height * self._width].reshape(height, self._width)
        self._maxima = self._grid.max(axis=0) if height > 1 else values

    def reached(self, k: int) -> int:
        """A value that k or more values reach; 0 where there are no k groups."""
        if len(self._maxima) < k:
            return 0
        return int(np.partition(self._maxima, -k)[-k])

    def at_least(self, least: int) -> Places:
        """Where the values are that reach `least`, in ascending order."""
        groups = np.flatnonzero(self._maxima >= least)
        height = len(self._grid)
        if height == 1:
            return groups
        if len(groups) * 8 > self._width:
            return np.flatnonzero(self._values >= least)
        reaching = np.flatnonzero(self._grid.take(groups, axis=1) >= least)
        rows, columns = np.divmod(reaching, len(groups))
        rest = height * self._width
        return np.concatenate(
            [
                np.sort(rows * self._width + groups.take(columns)),
                rest + np.flatnonzero(self._values[rest:] >= least),
            ]
        )


def newest(found: DocSet, count: int) -> Docs:
    """The last `count` documents, the last first."""
    if found.is_listed:
        return found.docs()[: -count - 1 : -1]
    if found.is_range:
        end = max(found.first, found.last - count)
        return np.arange(end, found.last, dtype=np.uint32)[::-1]
    return (last(found.mask(), True, count) + found.start).astype(np.uint32)


def oldest(found: DocSet, undated: int, count: int) -> Docs:
    """The first `count` documents; those before `undated`, which have no date, come behind all."""
    if found.is_listed:
        docs = found.docs()
        return np.roll(docs, -int(docs.searchsorted(np.uint32(undated))))[:count]
    mask, undated = found.mask(), max(0, undated - found.start)
    at = first(mask[undated:], True, count) + undated
    at = np.concatenate([at, first(mask[:undated], True, count - len(at))])
    return (at + found.start).astype(np.uint32)


def first(values: Array, wanted: int, count: int) -> Places:
    """The first `count` places of a value, ascending; fewer where it has fewer."""
    found, missing = [np.empty(0, np.intp)], count
    for start in range(0, len(values), _STRIDE):
        if missing <= 0:
            break
        at = np.flatnonzero(values[start : start + _STRIDE] == wanted)[:missing] + start
        found.append(at)
        missing -= len(at)
    return np.concatenate(found)


def last(values: Array, wanted: int, count: int) -> Places:
    """The last `count` places of a value, descending; fewer where it has fewer."""
    return len(values) - 1 - first(values[::-1], wanted, count)

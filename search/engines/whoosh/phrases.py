"""Where words stand side by side, or near each other, in the documents of a segment."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from search.engines.whoosh.algebra import Window
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import Mask
from search.engines.whoosh.segment import RARE, Docs, Field, once, spans

_STRIDE = 1 << 16  # places that are looked at together: they stay in the processor's cache


def together(field: Field, numbers: Sequence[int], gap: int | None, window: Window) -> Docs:
    """The documents in which these terms stand near each other; without a gap, side by side."""
    if gap is None:
        return side_by_side(field, numbers, window)
    question = (*numbers, gap, window.first, window.last)
    return field.found_near.get(question, lambda: near(field, numbers, gap, window))


def side_by_side(field: Field, numbers: Sequence[int], window: Window) -> Docs:
    """The documents in which these terms stand one behind the other, in this order.

    Goes out from the places of the rarest of them. However long the phrase, each place costs as
    many looks as there are words before one that does not stand where it should.
    """
    anchor, *others = sorted(range(len(numbers)), key=lambda at: _times(field, numbers[at]))
    places = _places_in(window, field, numbers[anchor])
    steps = [(Standing(field, numbers[other]), other - anchor) for other in others]
    return once(field.docs_at(np.concatenate(list(_followed(places, steps)))))


def near(field: Field, numbers: Sequence[int], gap: int, window: Window) -> Docs:
    """The documents in which so many places in a row as there are terms and `gap` more have all of
    these terms, in any order; a term that is given twice, twice.

    Goes out from the places of the rarest of them: each costs a binary search for each other term,
    among the places of that term nearby.
    """
    terms = dict(sorted(Counter(numbers).items(), key=lambda term: _times(field, term[0])))
    reach = np.uint32(len(numbers) + gap)
    places = _places_in(window, field, next(iter(terms)))
    found = [
        Neighbourhoods(field, places[start : start + _STRIDE], terms, reach).docs()
        for start in range(0, len(places), _STRIDE)
    ]
    return once(np.concatenate([places[:0], *found]))


class Neighbourhoods:
    """The places around those of one term, `anchors`, and what stands there."""

    def __init__(
        self, field: Field, anchors: Array, terms: Mapping[int, int], reach: np.uint32
    ) -> None:
        """anchors: the places of the first of the terms, u4, one or more, ascending.
        terms: how often each has to stand within `reach` places in a row.
        """
        first, last = anchors[[0, -1]]
        around = np.array((max(first, reach) - reach, last + reach), np.uint32)
        self._field, self._anchors, self._reach = field, anchors, reach
        self._terms = [
            (own[slice(*own.searchsorted(around))], times)
            for own, times in ((field.places_of(number), times) for number, times in terms.items())
        ]

    def docs(self) -> Docs:
        """The documents, ascending, some more than once."""
        if not all(len(own) for own, _ in self._terms):
            return self._anchors[:0]
        firsts, ends, docs = self._promising()
        if [times for _, times in self._terms] == [1, 1] or not len(docs):
            return docs  # of two, one is around the other
        return self._close_enough(*_stretches(firsts, ends, docs))

    def _promising(self) -> tuple[Array, Array, Docs]:
        """For each anchor with all of the terms around it in the same document: the first place
        that is around it, the one behind the last, and the document.
        """
        at, docs = self._anchors, self._field.docs_at(self._anchors)
        before = self._reach - 1
        # In this order nothing is less than 0.
        firsts = np.maximum(at, self._field.bases.take(docs) + before) - before
        ends = np.minimum(at + self._reach, self._field.bases[1:].take(docs))
        for own, _ in self._terms[1:]:
            next_one = own.take(own.searchsorted(firsts), mode="clip")
            there = (next_one >= firsts) & (next_one < ends)
            firsts, ends, docs = _those(there, firsts, ends, docs)
        return firsts, ends, docs

    def _close_enough(self, firsts: Array, ends: Array, docs: Docs) -> Docs:
        """The documents of the stretches firsts..ends in which, from some place on, all terms
        stand within reach.
        """
        bounds = [(own, own.searchsorted(firsts), own.searchsorted(ends)) for own, _ in self._terms]
        places = [own.take(spans(first, behind)) for own, first, behind in bounds]
        stretches = [np.arange(len(docs)).repeat(behind - first) for _, first, behind in bounds]
        order = np.argsort(np.concatenate(places), kind="stable")  # of a few ascending runs
        starts = np.concatenate(places).take(order)
        stretch = np.concatenate(stretches).take(order)
        ends = np.minimum(starts + self._reach, ends.take(stretch))
        there = np.ones(len(starts), np.bool_)
        behind = 0
        for own, (_, times) in zip(places, self._terms, strict=True):
            is_own = (order >= behind) & (order < behind + len(own))
            behind += len(own)
            last = is_own.cumsum() - is_own + (times - 1)
            there &= (last < len(own)) & (own.take(last, mode="clip") < ends)
        return docs.take(stretch.compress(there))


def _stretches(firsts: Array, ends: Array, docs: Docs) -> tuple[Array, Array, Docs]:
    """Neighbourhoods of one document that overlap, as one. All ascend."""
    apart = np.flatnonzero(firsts[1:] >= ends[:-1])
    begin = np.concatenate([[0], apart + 1])
    end = np.concatenate([apart, [len(ends) - 1]])
    return firsts.take(begin), ends.take(end), docs.take(begin)


class Standing:
    """Where one term stands."""

    def __init__(self, field: Field, number: int) -> None:
        self._code = field.codes[number] if len(field.codes) else RARE
        self._stream = field.stream
        self._places = field.places_of(number)
        if self._code != RARE:
            keys = np.array((number << 32, (number + 1) << 32), np.uint64)
            self._places = field.overlay[slice(*field.overlay.searchsorted(keys))].astype(np.uint32)

    def at(self, places: Array) -> Mask:
        """bool: does it stand at each of these places? Signed; some may lie outside of all."""
        if self._code == RARE:
            return self._among(places)
        # The first and the last place of all are free, so what lies outside may as well be there.
        found: Mask = self._stream.take(places, mode="clip") == self._code
        return found | self._among(places) if len(self._places) else found

    def _among(self, places: Array) -> Mask:
        own = places.astype(np.uint32)
        found: Mask = self._places.take(self._places.searchsorted(own), mode="clip") == own
        return found


def _followed(places: Array, steps: Sequence[tuple[Standing, int]]) -> Iterator[Array]:
    """Those of the places around which every step's term stands that many places further."""
    yield places[:0]
    for start in range(0, len(places), _STRIDE):
        at = places[start : start + _STRIDE].astype(np.int64)
        for standing, distance in steps:
            at = at.compress(standing.at(at + distance))
        yield at.astype(np.uint32)


def _times(field: Field, number: int) -> int:
    """How often a term stands anywhere."""
    return int(field.standing[number + 1] - field.standing[number])


def _places_in(window: Window, field: Field, number: int) -> Array:
    """Where a term stands in the documents of a window."""
    places = field.places_of(number)
    around = field.bases[[window.first, window.last]].astype(places.dtype)
    return places[slice(*places.searchsorted(around))]


def _those(chosen: Mask, *arrays: Array) -> tuple[Array, ...]:
    return tuple(array.compress(chosen) for array in arrays)

"""One number for each slug of a facet over all segments of a snapshot.

Made anew after each commit out of what the segments keep of their own (`names`): only the names
that the segment with the most of them does not have cost more than an operation on arrays.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import Mask
from search.engines.whoosh.names import MISSING, Name, Names, Numbers

NONE = Names(())


class Naming:
    """V slugs, numbered in the order of label, then slug. Immutable.

    A slug has two labels until all articles of a renamed person are indexed anew. The one that
    more live documents carry wins; of two equals the last by letters.

    numbers: for each segment u4 [v], the number of each of its values.
    """

    def __init__(self, segments: Sequence[Names], live: Sequence[Array]) -> None:
        """live: for each segment integers [v], how many live documents carry each of its values."""
        self._first = max(segments, key=len, default=NONE)
        # Each name that there is has a place: those of the first segment, then the late ones.
        all_places, self._late = placed(segments, self._first)
        self._names = [*self._first.listed, *self._late.listed]
        carried = np.zeros(len(self._names), np.int64)
        for places, counts in zip(all_places, live, strict=True):
            carried[places] += counts
        winners = self._winners(carried)
        order = ordered(self._first, self._late)
        if winners:
            order = order[~np.isin(order, list(winners))]
        self._number_at = np.empty(len(self._names), np.uint32)
        self._number_at[order] = np.arange(len(order))
        self._number_at[list(winners)] = self._number_at[list(winners.values())]
        self._place_of = order
        self.numbers = [self._number_at.take(places) for places in all_places]

    def __len__(self) -> int:
        return len(self._place_of)

    def named(self, numbers: Iterable[int]) -> list[Name]:
        """The label and the slug behind each number."""
        names, places = self._names, self._place_of.data
        return [names[places[number]] for number in numbers]

    def number(self, slug: str) -> int | None:
        if (place := self._first.of_slug.get(slug)) is None:
            if (late := self._late.of_slug.get(slug)) is None:
                return None
            place = len(self._first) + late
        return int(self._number_at[place])

    def beginning(self, start: str) -> Mask:
        """bool [V]: has the slug, or the label that it has, a word from which on it begins so?

        start: as `Names.beginning` has it.
        """
        late = self._late.beginning(start) + np.uint32(len(self._first))
        places = np.concatenate([self._first.beginning(start), late])
        numbers = self._number_at.take(places)
        mask = np.zeros(len(self), np.bool_)
        mask[numbers[self._place_of.take(numbers) == places]] = True
        return mask

    def _winners(self, carried: Array) -> dict[int, int]:
        """For the place of each name that lost, the place of the name that its slug has."""
        rivals: dict[str, list[int]] = {}
        for place in (*self._first.again, *range(len(self._first), len(self._names))):
            slug = self._names[place][1]
            known = self._first.of_slug.get(slug)
            rivals.setdefault(slug, [] if known is None else [known]).append(place)
        winners: dict[int, int] = {}
        for places in rivals.values():
            winner = max(places, key=lambda place: (carried[place], self._names[place]))
            winners |= {place: winner for place in places if place != winner}
        return winners


def placed(segments: Sequence[Names], first: Names) -> tuple[list[Numbers], Names]:
    """Where the values of each segment stand among those of the first, and the late ones behind
    them; and the late ones.
    """
    late: dict[Name, int] = {}
    all_places = []
    for names in segments:
        places = names.numbers_in(first)
        missing = np.flatnonzero(places == MISSING)
        if len(missing):
            places = places.copy()
            places[missing] = [
                late.setdefault(names.listed[number], len(first) + len(late))
                for number in missing.tolist()
            ]
        all_places.append(places)
    return all_places, Names(list(late))


def ordered(first: Names, late: Names) -> Numbers:
    """The places by name."""
    own, name_of = first.order.data, first.listed.__getitem__
    at = [bisect_left(own, late.listed[number], key=name_of) for number in late.order.tolist()]
    return np.insert(first.order, at, late.order + np.uint32(len(first)))

"""Where words stand side by side in the documents of a segment."""

from collections.abc import Iterator, Sequence

import numpy as np

from search.engines.whoosh.algebra import Window
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.docsets import Mask
from search.engines.whoosh.segment import RARE, Docs, Field

_STRIDE = 1 << 16  # places that are looked at together: they stay in the processor's cache


def side_by_side(field: Field, numbers: Sequence[int], window: Window) -> Docs:
    """The documents in which these terms stand one behind the other, in this order.

    Goes out from the places of the rarest of them. However long the phrase, each place costs as
    many looks as there are words before one that does not stand where it should.
    """
    standing = [int(field.standing[number + 1] - field.standing[number]) for number in numbers]
    anchor, *others = sorted(range(len(numbers)), key=standing.__getitem__)
    start, end = field.bases[[window.first, window.last]]
    places = field.places_of(numbers[anchor])
    places = places[slice(*places.searchsorted(np.array((start, end), places.dtype)))]
    steps = [(Standing(field, numbers[other]), other - anchor) for other in others]
    return _docs_of(field, np.concatenate(list(_followed(places, steps))))


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


def _docs_of(field: Field, places: Array) -> Docs:
    """The documents that have these places, which ascend; each once."""
    docs = field.docs_at(places)
    if not len(docs):
        return docs
    changes = docs[1:] != docs[:-1]
    return docs.compress(np.concatenate([[True], changes]))

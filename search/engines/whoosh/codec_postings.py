"""The postings of one term as Whoosh's matchers see them, and its statistics."""

from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo

from search.engines.whoosh.scoring import LENGTHS
from search.engines.whoosh.segment import NOTHING, Field

Term = tuple[str, bytes]
"""Field and term, as Whoosh has them."""


class Postings(LeafMatcher):
    """The postings of one term: to Whoosh, a single block."""

    def __init__(self, field: Field, number: int, term: Term, format_: Format, scorer: Any) -> None:
        self.format = format_
        self.scorer = scorer
        self._name = term
        self._field = field
        self._info = info_of(field, number)
        self._docs: list[int] = field.docs_of(number).tolist()
        self._weights: list[float] = weights_of(field, number).tolist()
        self._places = field.places_of(number) if len(field.bases) else NOTHING
        self._at = 0

    def term(self) -> Term:
        return self._name

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> "Postings":
        return copy(self)

    def id(self) -> int:
        return self._docs[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs)

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._docs, id, lo=self._at)

    def weight(self) -> float:
        return self._weights[self._at]

    def value(self) -> bytes:
        """The positions, as the field's format encodes them."""
        if not len(self._places):
            return b""
        base, end = self._field.bases[self.id() : self.id() + 2]
        first, behind = np.searchsorted(self._places, (base, end))
        encoded: bytes = self.format.encode((self._places[first:behind] - base).tolist())
        return encoded

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())

    def skip_to_quality(self, minquality: float) -> int:
        """How many blocks were skipped."""
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._docs)
        return 1


def info_of(field: Field, number: int) -> TermInfo:
    docs = field.docs_of(number)
    weights = weights_of(field, number)
    lengths = LENGTHS[field.lengths[docs]] if len(field.lengths) else np.zeros(1)
    return TermInfo(
        weight=float(weights.sum()),
        df=len(docs),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(weights.max()),
        minid=int(docs[0]),
        maxid=int(docs[-1]),
    )


def weights_of(field: Field, number: int) -> npt.NDArray[np.float64]:
    """The weights of a scored field; how often the term stands in each document of another with
    positions; 1 in the rest.
    """
    if len(field.weights):
        return field.weights[field.starts[number] : field.starts[number + 1]].astype(np.float64)
    docs = field.docs_of(number)
    if not len(field.bases):
        return np.ones(len(docs))
    bounds = field.bases[docs], field.bases[docs + 1]
    first, behind = (np.searchsorted(field.places_of(number), bound) for bound in bounds)
    return (behind - first).astype(np.float64)

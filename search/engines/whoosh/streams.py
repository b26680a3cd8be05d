"""The terms of documents in the order of their texts, before they are sorted by term."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.numbering import one_behind_the_other
from search.engines.whoosh.segment import spans


@dataclass(frozen=True)
class Stream:
    """O terms of n documents, one document behind the other.

    terms: u4[O], their numbers.
    positions: u4[O], where in its document each stands; ascending within a document.
    counts: u4[n], how many terms each document has.
    extents: u4[n], how many positions each has.
    heads: u4[n], the first position behind its first part.
    """

    terms: Array
    positions: Array
    counts: Array
    extents: Array
    heads: Array

    def ordered(self, order: npt.NDArray[np.int64]) -> "Stream":
        """Its documents in this order."""
        starts = one_behind_the_other(self.counts)
        chosen = spans(starts[:-1][order], starts[1:][order])
        return Stream(
            self.terms[chosen],
            self.positions[chosen],
            self.counts[order],
            self.extents[order],
            self.heads[order],
        )


def joined(streams: Sequence[Stream]) -> Stream:
    """One behind the other; one or more."""
    return Stream(
        *(
            np.concatenate([getattr(stream, name) for stream in streams])
            for name in ("terms", "positions", "counts", "extents", "heads")
        )
    )

"""Which documents stay when segments become one, and which number each of them gets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.segment import Docs
from search.engines.whoosh.snapshot import Part
from search.engines.whoosh.write import chronological


@dataclass(frozen=True)
class Numbering:
    """From the documents of several parts to those of one segment.

    size: how many stay. part_of: u1 or u2 [size], the part that each comes from.
    For each part of n documents: stays: bool[n]; numbers: u4[n], ascending: the new number of
    each, for one that does not stay the number of the next one that does.
    """

    size: int
    part_of: Array
    stays: Sequence[npt.NDArray[np.bool_]]
    numbers: Sequence[Docs]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> "Numbering":
        stays = [staying(part) for part in parts]
        order = chronological(
            *(
                np.concatenate(
                    [getattr(part.arrays, name)[s] for part, s in zip(parts, stays, strict=True)]
                )
                for name in ("days", "published", "ids")
            )
        )
        label = np.uint8 if len(parts) <= 256 else np.uint16
        counts = [int(s.sum()) for s in stays]
        place = np.empty(len(order), np.uint32)
        place[order] = np.arange(len(order))
        numbers = []
        for s, own in zip(stays, np.split(place, np.cumsum(counts)[:-1]), strict=True):
            numbers.append(np.append(own, np.uint32(len(order)))[np.cumsum(s) - s])
        part_of = np.repeat(np.arange(len(parts), dtype=label), counts)[order]
        return cls(len(order), part_of, stays, numbers)


def staying(part: Part) -> npt.NDArray[np.bool_]:
    stays = np.ones(part.arrays.size, np.bool_)
    stays[part.deleted] = False
    return stays

"""One field of several segments on its way into one: its terms, and who has them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import numpy as np

from search.engines.whoosh.arrays import Array, Plan, Shape
from search.engines.whoosh.merge_lists import BLOCK, Lists, merged, staying
from search.engines.whoosh.merge_places import PlacesMerge
from search.engines.whoosh.numbering import DocumentMoves, Numbering, one_behind_the_other
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.scoring import impacts
from search.engines.whoosh.segment import Field
from search.engines.whoosh.sorted_terms import SortedTerms
from search.engines.whoosh.write import dense_terms, fill_rows


class FieldMerge:
    """Counts first what stays, so that there can be room for it, and then fills that room."""

    def __init__(
        self, name: str, fields: Sequence[Field], numbering: Numbering, moves: DocumentMoves
    ) -> None:
        """fields: that of each part."""
        self._fields, self._numbering, self._moves = fields, numbering, moves
        terms, numbers = union([field.terms for field in fields])
        self._lists = [
            Lists(own, field.starts, field.docs, field.weights)
            for own, field in zip(numbers, fields, strict=True)
        ]
        lengths = staying(self._lists, len(terms), moves)
        self._stays = lengths > 0
        self._terms = [terms[number] for number in np.flatnonzero(self._stays).tolist()]
        self.starts = one_behind_the_other(lengths[self._stays])
        self._scored = bool(SCHEMA[name].scorable)
        self._places: PlacesMerge | None = None
        if SCHEMA[name].supports("positions"):
            streamed = name == "text"
            self._places = PlacesMerge(fields, numbers, self._stays, numbering, streamed=streamed)

    def plan(self) -> Plan:
        """What the field has in the new segment."""
        terms, postings, size = len(self._terms), int(self.starts[-1]), len(self._numbering.order)
        plan: dict[str, tuple[str, Shape]] = {
            "terms": ("|u1", (sum(map(len, self._terms)),)),
            "ends": ("<u4", (terms + 1,)),
            "starts": ("<i8", (terms + 1,)),
            "docs": ("<u4", (postings,)),
        }
        if self._scored:
            rows = len(dense_terms(self.starts, size))
            plan |= {
                "weights": ("|u1", (postings,)),
                "impacts": ("|u1", (postings,)),
                "lengths": ("|u1", (size,)),
                "words": ("<i8", (1,)),
                "dense": ("<u4", (rows,)),
                "rows": ("|u1", (rows, size)),
            }
        if self._places:
            plan |= self._places.plan()
        return plan

    def fill(self, target: Mapping[str, Array]) -> None:
        """target: zeros, as planned."""
        target["terms"][:] = np.frombuffer(b"".join(self._terms), np.uint8)
        target["ends"][:] = np.cumsum([0, *map(len, self._terms)])
        target["starts"][:] = self.starts
        at = 0
        for moved in merged(self._lists, len(self._stays), self._numbering, self._moves):
            its = slice(at, at := at + len(moved.keys))
            target["docs"][its] = moved.numbers()
            if self._scored:
                target["weights"][its] = moved.notes()
        if self._places:
            self._places.fill(target)
        if self._scored:
            self._score(target, int(target["standing"][-1]))

    def _score(self, target: Mapping[str, Array], words: int) -> None:
        """As `write.scored`. words: as many as there are places, since each stands at one."""
        order = self._numbering.order
        target["words"][:] = words
        target["lengths"][:] = np.concatenate([field.lengths for field in self._fields])[order]
        target["dense"][:] = dense_terms(self.starts, len(order))
        for its in pieces(len(target["docs"])):
            codes = target["lengths"][target["docs"][its]]
            target["impacts"][its] = impacts(target["weights"][its], codes, words / len(order))
        fill_rows(*(target[name] for name in ("rows", "dense", "starts", "docs", "impacts")))


def union(terms: Sequence[SortedTerms]) -> tuple[list[bytes], list[Array]]:
    """All terms, ascending, and the numbers among these of those of each part: i8."""
    seen = defaultdict[bytes, int](count().__next__)
    found = [np.fromiter(map(seen.__getitem__, own), np.uint32, len(own)) for own in terms]
    known = sorted(seen)
    number = np.empty(len(known), np.int64)
    number[np.fromiter(map(seen.__getitem__, known), np.uint32, len(known))] = np.arange(len(known))
    return known, [number[own] for own in found]


def pieces(size: int) -> Iterator[slice]:
    """So many numbers, a BLOCK at a time."""
    return (slice(begin, begin + BLOCK) for begin in range(0, size, BLOCK))

"""One field of several segments on its way into one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.analysis import PART_GAP
from search.engines.whoosh.arrays import Array, Plan
from search.engines.whoosh.numbering import Numbering
from search.engines.whoosh.rank import Rank
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.scoring import impacts
from search.engines.whoosh.segment import Docs, Field, Terms
from search.engines.whoosh.write import dense_terms, fill_rows, word_codes

BLOCK = 1 << 19
"""Postings and occurrences, about, that are merged at a time."""

_DOC = np.uint64(32)


@dataclass(frozen=True)
class Block:
    """Some terms, by their numbers in the union, in some documents, by their new numbers."""

    terms: tuple[int, int]
    docs: tuple[int, int]


@dataclass(frozen=True)
class Taken:
    """What one part has in a block, of documents that stay.

    keys: u8, ascending, term << 32 | new number of the document, one for each posting; weights:
    u1 likewise, or empty; counts: i8 likewise and places: u4, new ones, or empty.
    """

    keys: Array
    weights: Array
    counts: Array
    places: Array


class Source:
    """A field of one part: where its terms, documents and places go."""

    def __init__(self, field: Field, terms: Array, stays: Array, numbers: Docs) -> None:
        """terms: the numbers of its terms in the union, ascending."""
        self.field = field
        self.terms = terms
        self.stays = stays
        self.numbers = numbers
        self.complete = bool(stays.all())
        self.extents = np.diff(field.bases.astype(np.int64))

    @cached_property
    def _with_places(self) -> Array:
        return np.flatnonzero(self.extents)

    @cached_property
    def _rank(self) -> Rank:
        bases = self.field.bases
        return Rank(bases[self._with_places], int(bases[-1]))

    def docs_at(self, places: Array) -> Array:
        """The documents that have these places."""
        return self._with_places[self._rank.of(places) - 1]

    def move(self, bases: Array) -> None:
        """bases: those of the new segment."""
        self.shifts = bases[self.numbers] - self.field.bases[:-1].astype(np.int64)

    def postings(self) -> npt.NDArray[np.int64]:
        """How many documents that stay have each term."""
        if self.complete:
            return np.diff(self.field.starts)
        docs = self.field.docs
        return per_term(self.field.starts, lambda piece: self.stays[docs[piece]])

    def occurrences(self) -> npt.NDArray[np.int64]:
        """How often each term stands in documents that stay."""
        if self.complete:
            return np.diff(self.field.standing)
        places = self.field.places
        return per_term(self.field.standing, lambda piece: self.stays[self.docs_at(places[piece])])

    def take(self, block: Block) -> Taken:
        field = self.field
        first, behind = np.searchsorted(self.terms, block.terms)
        low, high = np.searchsorted(self.numbers, block.docs)
        starts = within(field.starts[first : behind + 1], field.docs, (low, high))
        docs = field.docs[starts[0] : starts[-1]]
        keys = np.repeat(
            (self.terms[first:behind] - block.terms[0]).astype(np.uint64) << _DOC, np.diff(starts)
        )
        keys |= self.numbers[docs]
        weights = field.weights[starts[0] : starts[-1]]
        counts = places = np.empty(0, np.int64)
        if len(field.bases):
            standing = within(
                field.standing[first : behind + 1],
                field.places,
                (field.bases[low], field.bases[high]),
            )
            places = field.places[standing[0] : standing[-1]]
            counts = self._counts(places, standing[:-1] - standing[0])
            places = places + np.repeat(self.shifts[docs], counts)
        if not self.complete:
            stays = self.stays[docs]
            keys, weights = keys[stays], weights[stays[: len(weights)]]
            if len(field.bases):
                places, counts = places[np.repeat(stays, counts)], counts[stays]
        return Taken(keys, weights, counts, places.astype(np.uint32))

    def _counts(self, places: Array, starts: Array) -> npt.NDArray[np.int64]:
        ranks = self._rank.of(places)
        begins = np.empty(len(places) + 1, np.bool_)
        begins[1:-1] = ranks[1:] != ranks[:-1]
        begins[starts] = True
        begins[-1] = True
        return np.diff(np.flatnonzero(begins))

    def overlay(self) -> Array:
        terms = (self.field.overlay >> _DOC).astype(np.int64)
        places = self.field.overlay.astype(np.uint32)
        docs = self.docs_at(places)
        moved = (places + self.shifts[docs]).astype(np.uint64)
        moved |= self.terms[terms].astype(np.uint64) << _DOC
        staying: Array = moved[self.stays[docs]]
        return staying


def within(starts: Array, items: Array, limits: tuple[int, int]) -> Array:
    """Of the terms with these starts, the starts of what is within the limits: if there are
    several terms, everything is.
    """
    if len(starts) != 2:
        return starts
    inside: Array = starts[0] + np.searchsorted(items[starts[0] : starts[1]], limits)
    return inside


def per_term(starts: Array, stays: Callable[[slice], Array]) -> npt.NDArray[np.int64]:
    counts = np.zeros(len(starts) - 1, np.int64)
    for begin in range(0, int(starts[-1]), BLOCK):
        end = min(begin + BLOCK, int(starts[-1]))
        first = int(np.searchsorted(starts, begin, "right")) - 1
        behind = int(np.searchsorted(starts, end))
        own = np.maximum(starts[first:behind] - begin, 0)
        counts[first:behind] += np.add.reduceat(stays(slice(begin, end)), own, dtype=np.int64)
    return counts


class FieldMerge:
    """A field of all parts."""

    def __init__(self, name: str, sources: Sequence[Source], terms: Sequence[bytes], to: Numbering):
        self._sources = sources
        self._to = to
        self._scored = SCHEMA[name].scorable
        self._placed = SCHEMA[name].supports("positions")
        self._streamed = name == "text"
        self._starts = self._added([source.postings() for source in sources], len(terms))
        self._stays = np.diff(self._starts) > 0
        self._terms = [terms[number] for number in np.flatnonzero(self._stays).tolist()]
        self._bytes = sum(map(len, self._terms))
        self.size = len(self._terms)
        self.postings = int(self._starts[-1])
        if self._placed:
            self._standing = self._added([one.occurrences() for one in sources], len(terms))
            self._bases = self._based()
            for source in sources:
                source.move(self._bases)
        if self._streamed:
            overlay = np.concatenate([source.overlay() for source in sources])
            overlay.sort(kind="stable")
            self._overlay = overlay
            self._codes = word_codes(self._standing)

    @classmethod
    def of(cls, name: str, fields: Sequence[Field], to: Numbering) -> "FieldMerge":
        terms, numbers = union([field.terms for field in fields])
        sources = [
            Source(*each) for each in zip(fields, numbers, to.stays, to.numbers, strict=True)
        ]
        return cls(name, sources, terms, to)

    def _added(self, counts: Sequence[Array], size: int) -> npt.NDArray[np.int64]:
        total = np.zeros(size + 1, np.int64)
        for source, own in zip(self._sources, counts, strict=True):
            total[source.terms + 1] += own
        return np.cumsum(total)

    def _based(self) -> npt.NDArray[np.int64]:
        bases = np.zeros(self._to.size + 1, np.int64)
        bases[0] = PART_GAP
        for source in self._sources:
            bases[source.numbers[source.stays] + 1] = source.extents[source.stays]
        return np.cumsum(bases)

    @property
    def _words(self) -> int:
        return int(self._standing[-1])

    def _dense(self) -> Array:
        return dense_terms(self._kept(self._starts), self._to.size)

    def _kept(self, starts: Array) -> Array:
        """Without the terms that nothing has any more."""
        kept: Array = starts[np.append(self._stays, True)]
        return kept

    def plan(self) -> Plan:
        size, terms = self._to.size, self.size
        plan: dict[str, tuple[str, tuple[int, ...]]] = {
            "terms": ("|u1", (self._bytes,)),
            "ends": ("<u4", (terms + 1,)),
            "starts": ("<i8", (terms + 1,)),
            "docs": ("<u4", (self.postings,)),
        }
        if self._scored:
            rows = len(self._dense())
            plan |= {
                "weights": ("|u1", (self.postings,)),
                "impacts": ("|u1", (self.postings,)),
                "lengths": ("|u1", (size,)),
                "words": ("<i8", (1,)),
                "dense": ("<u4", (rows,)),
                "rows": ("|u1", (rows, size)),
            }
        if self._placed:
            plan |= {
                "bases": ("<u4", (size + 1,)),
                "standing": ("<i8", (terms + 1,)),
                "places": ("<u4", (self._words,)),
            }
        if self._streamed:
            plan |= {
                "stream": ("<u2", (int(self._bases[-1]),)),
                "codes": ("<u2", (terms,)),
                "overlay": ("<u8", self._overlay.shape),
            }
        return plan

    def fill(self, target: Mapping[str, Array]) -> None:
        target["terms"][:] = np.frombuffer(b"".join(self._terms), np.uint8)
        target["ends"][:] = np.cumsum([0, *map(len, self._terms)])
        target["starts"][:] = self._kept(self._starts)
        if self._placed:
            target["bases"][:] = self._bases
            target["standing"][:] = self._kept(self._standing)
        at = place = 0
        for block in self._blocks():
            at, place = self._merge(block, target, at, place)
        if self._scored:
            self._score(target)
        if self._streamed:
            target["codes"][:] = self._codes[self._stays]
            renumbered = np.cumsum(self._stays) - 1
            terms = renumbered[(self._overlay >> _DOC).astype(np.int64)].astype(np.uint64)
            target["overlay"][:] = terms << _DOC | self._overlay.astype(np.uint32)

    def _score(self, target: Mapping[str, Array]) -> None:
        for source in self._sources:
            target["lengths"][source.numbers[source.stays]] = source.field.lengths[source.stays]
        target["words"][:] = self._words
        average = self._words / max(1, self._to.size)
        lengths = target["lengths"]
        for begin in range(0, self.postings, BLOCK):
            piece = slice(begin, begin + BLOCK)
            codes = lengths[target["docs"][piece]]
            target["impacts"][piece] = impacts(target["weights"][piece], codes, average)
        target["dense"][:] = self._dense()
        fill_rows(*(target[name] for name in ("rows", "dense", "starts", "docs", "impacts")))

    def _blocks(self) -> Iterator[Block]:
        everything = (0, self._to.size)
        costs = self._starts + self._standing if self._placed else self._starts
        first, last = 0, len(costs) - 1
        while first < last:
            behind = int(np.searchsorted(costs, costs[first] + BLOCK, "right")) - 1
            if behind > first:
                yield Block((first, behind), everything)
            else:
                behind = first + 1
                pieces = -(-int(costs[behind] - costs[first]) // BLOCK)
                cuts = np.linspace(0, self._to.size, pieces + 1).astype(np.int64).tolist()
                for low, high in pairwise(cuts):
                    yield Block((first, behind), (low, high))
            first = behind

    def _merge(
        self, block: Block, target: Mapping[str, Array], at: int, place: int
    ) -> tuple[int, int]:
        """Write the postings of a block from `at` on and its places from `place` on."""
        taken = [source.take(block) for source in self._sources]
        keys = np.concatenate([one.keys for one in taken])
        keys.sort(kind="stable")
        docs = keys.astype(np.uint32)
        target["docs"][at : at + len(docs)] = docs
        labels = self._to.part_of[docs]
        order = np.argsort(labels, kind="stable")
        if self._scored:
            weights = np.empty(len(docs), np.uint8)
            weights[order] = np.concatenate([one.weights for one in taken])
            target["weights"][at : at + len(docs)] = weights
        if not self._placed:
            return at + len(docs), place
        counts = np.empty(len(docs), np.int64)
        counts[order] = np.concatenate([one.counts for one in taken])
        source_places = np.concatenate([one.places for one in taken])
        places = np.empty(len(source_places), np.uint32)
        places[np.argsort(np.repeat(labels, counts), kind="stable")] = source_places
        target["places"][place : place + len(places)] = places
        if self._streamed:
            terms = np.repeat(keys >> _DOC, counts)
            self._stream(block, terms, places, target["stream"])
        return at + len(docs), place + len(places)

    def _stream(self, block: Block, terms: Array, places: Array, stream: Array) -> None:
        first, behind = block.terms
        codes = self._codes[first:behind][terms]
        overlay = self._overlay[
            slice(*np.searchsorted(self._overlay, np.array(block.terms, np.uint64) << _DOC))
        ]
        if len(overlay) and len(places):
            keys = terms + np.uint64(first) << _DOC | places
            at = np.searchsorted(keys, overlay)
            at = at[(at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == overlay)]
            codes, places = np.delete(codes, at), np.delete(places, at)
        stream[places] = codes


def union(terms: Sequence[Terms]) -> tuple[list[bytes], list[Array]]:
    """All terms, ascending, and for each list of terms their numbers among these."""
    seen = defaultdict[bytes, int](count().__next__)
    found = [np.fromiter(map(seen.__getitem__, own), np.uint32, len(own)) for own in terms]
    known = sorted(seen)
    number = np.empty(len(known), np.int64)
    number[np.fromiter(map(seen.__getitem__, known), np.uint32, len(known))] = np.arange(len(known))
    return known, [number[own] for own in found]

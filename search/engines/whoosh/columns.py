"""What filters, facets and sorting need of every article, as numpy arrays.

Arrays are read once per segment: a segment never changes, only its deletions grow, and those are
kept apart in `live`. A commit costs the new segment and one concatenation.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.schema import LABEL, RECORD, UNDATED, facet_field
from search.language.words import fold
from search.request import Facet

Mask = npt.NDArray[np.bool_]
"""One truth per document number."""

Numbers = npt.NDArray[np.uint32]
"""Numbers of documents, ascending and unique; or of a facet's values."""

EPOCH_DAY = 719_163
"""`date(1970, 1, 1).toordinal()`"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which documents carry which terms: `docs[i]` carries `terms[numbers[i]]`."""

    terms: tuple[str, ...]
    docs: Numbers
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """RECORD for every document of a segment, and the terms of its facet fields."""

    records: npt.NDArray[np.void]
    facets: dict[Facet, Pairs]


def read_segment(reader: Any) -> SegmentColumns:
    """The columns behind a Whoosh SegmentReader."""
    return SegmentColumns(
        records=reader.column_reader("record", translate=False).load(),
        facets={facet: read_pairs(reader, facet_field(facet)) for facet in Facet},
    )


def read_pairs(reader: Any, field: str) -> Pairs:
    terms = tuple(term.decode() for term in reader.lexicon(field))
    docs = [np.fromiter(reader.postings(field, term).all_ids(), np.uint32) for term in terms]
    carried = [len(found) for found in docs]
    return Pairs(terms, joined(docs), np.repeat(np.arange(len(terms), dtype=np.uint32), carried))


@dataclass(frozen=True)
class FacetColumn:
    """The values of one facet over the whole index: `docs[i]` carries `slugs[numbers[i]]`."""

    slugs: tuple[str, ...]
    labels: tuple[str, ...]
    docs: Numbers
    numbers: Numbers

    @cached_property
    def folded(self) -> list[str]:
        return [fold(label) for label in self.labels]

    @cached_property
    def number_of(self) -> dict[str, int]:
        return {slug: number for number, slug in enumerate(self.slugs)}

    def counts(self, among: Mask) -> npt.NDArray[np.int64]:
        """How many documents of `among` carry each value, by its number."""
        return np.bincount(self.numbers[among[self.docs]], minlength=len(self.slugs))

    def carriers(self, slug: str, size: int) -> Mask:
        """The documents, of `size` in all, that carry the value."""
        mask = np.zeros(size, np.bool_)
        if (number := self.number_of.get(slug)) is not None:
            mask[self.docs[self.numbers == number]] = True
        return mask


class Columns:
    """The columns of all segments one behind the other, in Whoosh's document numbers.

    ids: int64. published: int64, RECORD's. days: int32, RECORD's. live: not deleted.
    """

    def __init__(self, segments: Sequence[SegmentColumns], live: Mask) -> None:
        records = np.concatenate([np.empty(0, RECORD), *(part.records for part in segments)])
        self.size = len(live)
        self.live = live
        self.ids: npt.NDArray[np.int64] = np.ascontiguousarray(records["id"])
        self.published: npt.NDArray[np.int64] = np.ascontiguousarray(records["published"])
        self.days: npt.NDArray[np.int32] = np.ascontiguousarray(records["day"])
        self._hashes = records["hash"]
        firsts = accumulate((len(part.records) for part in segments), initial=0)
        placed = list(zip(firsts, segments, strict=False))  # one more first than segments
        self.facets = {
            facet: facet_column([(first, part.facets[facet]) for first, part in placed], live)
            for facet in Facet
        }

    @cached_property
    def undated(self) -> Mask:
        mask: Mask = self.days == UNDATED
        return mask

    @cached_property
    def months(self) -> npt.NDArray[np.int32]:
        """Months since January 1970, negative before; nonsense for what is undated."""
        days = (self.days - EPOCH_DAY).astype("datetime64[D]")
        return days.astype("datetime64[M]").astype(np.int32)

    def holding(self, ids: Collection[int]) -> Mask:
        """The documents of these articles, deleted ones included."""
        mask: Mask = np.isin(self.ids, np.fromiter(ids, np.int64, len(ids)))
        return mask

    def contents(self) -> Iterator[tuple[int, str]]:
        """The id and the content hash of every live document, by ascending id."""
        live = np.flatnonzero(self.live)
        for number in live[np.argsort(self.ids[live])]:
            yield int(self.ids[number]), self._hashes[number].tobytes().hex()


def facet_column(segments: Sequence[tuple[int, Pairs]], live: Mask) -> FacetColumn:
    """One column out of each segment's first document number and pairs."""
    seen: dict[str, int] = {}
    docs, numbers = [], []
    for first, pairs in segments:
        renumbered = [seen.setdefault(term, len(seen)) for term in pairs.terms]
        docs.append(pairs.docs + np.uint32(first))
        numbers.append(np.array(renumbered, np.uint32)[pairs.numbers])
    term_docs, term_numbers = joined(docs), joined(numbers)
    carried = np.bincount(term_numbers[live[term_docs]], minlength=len(seen))
    labels = labels_of(list(seen), carried)
    slug_numbers = {slug: number for number, slug in enumerate(labels)}
    renumbered = [slug_numbers[term.partition(LABEL)[0]] for term in seen]
    numbers_of_slugs = np.array(renumbered, np.uint32)[term_numbers]
    return FacetColumn(tuple(labels), tuple(labels.values()), term_docs, numbers_of_slugs)


def labels_of(terms: Sequence[str], carried: npt.NDArray[np.int64]) -> dict[str, str]:
    """The label of each slug; the slug itself where no live article carries it any more.

    One slug comes with two labels until all articles of a renamed person are indexed anew. The
    label that more live articles carry wins.
    """
    labels = {}
    for number in np.argsort(carried, kind="stable").tolist():
        slug, _, label = terms[number].partition(LABEL)
        labels[slug] = label if carried[number] else slug
    return labels


def joined(arrays: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, np.uint32), *arrays])

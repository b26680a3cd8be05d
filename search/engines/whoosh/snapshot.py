"""A shelf as one commit left it: its segments, mapped, and what was deleted from them since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from search.engines.whoosh.dates import Histogram
from search.engines.whoosh.filed import Filing
from search.engines.whoosh.segment import Docs, SegmentArrays
from search.engines.whoosh.statistics import Statistics
from search.engines.whoosh.values import FacetValues
from search.request import Facet, Grain


@dataclass(frozen=True, slots=True)
class Part:
    """One segment, and the documents that were deleted from it."""

    arrays: SegmentArrays
    deleted: Docs


class Snapshot:
    """Immutable, shared by all threads. Later merges do not disturb it: its files are mapped."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self.documents = sum(part.arrays.size for part in parts)
        """Deleted ones included, as in all statistics: a merge takes them out."""
        self.statistics = Statistics(self)
        self._facets: dict[Facet, FacetValues] = {}
        self._filings: dict[Facet, Filing] = {}
        self._histograms: dict[Grain, Histogram] = {}

    def values(self, facet: Facet) -> FacetValues:
        """The values of a facet, made when first asked for."""
        if facet not in self._facets:
            segments = [(part.arrays.facets[facet], part.deleted) for part in self.parts]
            self._facets[facet] = FacetValues(segments)
        return self._facets[facet]

    def filing(self, facet: Facet) -> Filing:
        """The values of a facet in alphabetical order, made when first asked for."""
        if facet not in self._filings:
            self._filings[facet] = Filing(facet, self.values(facet).names)
        return self._filings[facet]

    def histogram(self, grain: Grain) -> Histogram:
        """The months or days, made when first asked for."""
        if grain not in self._histograms:
            segments = [(part.arrays, part.deleted) for part in self.parts]
            self._histograms[grain] = Histogram(grain, segments)
        return self._histograms[grain]

    def frequency(self, field: str, term: bytes) -> int:
        """How many documents have a term."""
        fields = (part.arrays.fields[field] for part in self.parts)
        numbers = ((field, field.terms.number(term)) for field in fields)
        return sum(field.frequency(number) for field, number in numbers if number is not None)

    def average_length(self, field: str) -> float:
        """Words per document of a scored field."""
        words = sum(part.arrays.fields[field].words for part in self.parts)
        return words / (self.documents or 1)

    def contents(self) -> Iterator[tuple[int, str]]:
        """The id and the content hash of every document that is not deleted, by ascending id."""
        live = [np.delete(np.arange(part.arrays.size), part.deleted) for part in self.parts]
        ids, hashes = [np.empty(0, np.int64)], [np.empty((0, 32), np.uint8)]
        for part, docs in zip(self.parts, live, strict=True):
            ids.append(part.arrays.ids[docs])
            hashes.append(part.arrays.hashes[docs])
        all_ids, all_hashes = np.concatenate(ids), np.concatenate(hashes)
        for at in np.argsort(all_ids):
            yield int(all_ids[at]), all_hashes[at].tobytes().hex()

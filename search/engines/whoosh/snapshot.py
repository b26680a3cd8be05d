"""A shelf as one commit left it: its segments, mapped, and what was deleted from them since."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.engines.whoosh.segment import Docs, SegmentArrays


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

    def frequency(self, field: str, term: bytes) -> int:
        """How many documents have a term."""
        fields = (part.arrays.fields[field] for part in self.parts)
        numbers = ((field, field.terms.number(term)) for field in fields)
        return sum(field.frequency(number) for field, number in numbers if number is not None)

    def average_length(self, field: str) -> float:
        """Words per document of a scored field."""
        words = sum(part.arrays.fields[field].words for part in self.parts)
        return words / (self.documents or 1)

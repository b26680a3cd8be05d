"""What scores need to know of all segments: how rare a word is, and how long the texts are."""

from typing import TYPE_CHECKING

from search.engines.whoosh.scoring import idf, impact_slack
from search.engines.whoosh.segment import Field

if TYPE_CHECKING:
    from search.engines.whoosh.snapshot import Snapshot

KNOWN = 10_000
"""Words of which it is remembered how rare they are."""


class Statistics:
    """How rare words are and how long texts, over all segments of a snapshot. Shared by threads."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self._snapshot = snapshot
        self._idfs: dict[bytes, float] = {}
        self._averages: dict[str, float] = {}

    def idf(self, term: bytes) -> float:
        """A word is as rare as it is in the whole text, also where it is found in the headline:
        few headlines have "said", which does not make it telling.
        """
        if (known := self._idfs.get(term)) is None:
            known = idf(self._snapshot.documents, self._snapshot.frequency("text", term))
            if len(self._idfs) >= KNOWN:
                self._idfs.clear()
            self._idfs[term] = known
        return known

    def average_length(self, name: str) -> float:
        """Words per document of a field."""
        if (known := self._averages.get(name)) is None:
            known = self._averages[name] = self._snapshot.average_length(name)
        return known

    def impact_slack(self, name: str, field: Field) -> float:
        """See `scoring.impact_slack`, for the impacts of a segment's field."""
        own = field.words / len(field.lengths)
        return impact_slack(own, self.average_length(name))

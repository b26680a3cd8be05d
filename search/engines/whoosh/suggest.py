"""Words to offer while somebody types, and words that a slip may have meant.

Deleted articles keep their words in Whoosh's term list until a merge, and hidden ones stand in it
too, so each word is looked up before it is offered: an article that may be seen must have it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Any, Self

import numpy as np

from search.engines.whoosh.columns import Mask
from search.engines.whoosh.compile import frequencies
from search.engines.whoosh.snapshots import Snapshot
from search.language.words import fold

LONG = 5
"""Letters from which on a word may hold two slips. Two slips turn a shorter one into any other."""

LOOKED_UP = 200
"""Words that are looked up for one answer: those in most articles, unseen ones included."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an index: Whoosh's reader, and which documents may be seen."""

    reader: Any
    seen: Mask

    @classmethod
    def of(cls, snapshot: Snapshot, hidden: Collection[int]) -> Self:
        columns = snapshot.columns
        return cls(snapshot.searcher.reader(), columns.live & ~columns.holding(hidden))

    def most_frequent(self, field: str, terms: Iterable[str]) -> list[str]:
        """Those of the words that are seen, by falling number of articles, then by letters."""
        counts = {term: self.frequency(field, term) for term in terms}
        seen = (term for term in counts if counts[term])
        return sorted(seen, key=lambda term: (-counts[term], term))

    def frequency(self, field: str, term: str) -> int:
        """In how many articles that may be seen the word stands."""
        return sum(
            frequency_in(segment, field, term, self.seen[first : first + segment.doc_count_all()])
            for segment, first in self.reader.leaf_readers()
            if (field, term) in segment
        )


def frequency_in(segment: Any, field: str, term: str, seen: Mask) -> int:
    """Postings are read only where something of the segment is not seen."""
    if seen.all():
        return int(segment.doc_frequency(field, term))
    docs = np.fromiter(segment.postings(field, term).all_ids(), np.uint32)
    return int(np.count_nonzero(seen[docs]))


def words(vocabulary: Vocabulary, start: str, limit: int) -> list[str]:
    """Words of headlines that begin with `start`, the most frequent first."""
    if not (folded := fold(start)):
        return []
    counts = frequencies("headline_exact", folded, vocabulary.reader)
    likely = nlargest(LOOKED_UP, counts, key=lambda term: counts[term])
    return vocabulary.most_frequent("headline_exact", (term.decode() for term in likely))[:limit]


def similar_words(vocabulary: Vocabulary, word: str, limit: int) -> list[str]:
    """Words one slip away, then two; the most frequent first.

    A slip is a letter too many, too few, wrong, or swapped with the next; never in the first place.
    """
    reader, folded = vocabulary.reader, fold(word)
    found = [folded]
    for slips in (1, 2) if len(folded) >= LONG else (1,):
        near = set(reader.terms_within("exact", folded, slips, prefix=1)).difference(found)
        likely = nlargest(LOOKED_UP, near, key=lambda term: reader.doc_frequency("exact", term))
        found += vocabulary.most_frequent("exact", likely)
        if len(found) > limit:
            break
    return found[1 : limit + 1]

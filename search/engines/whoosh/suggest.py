"""Words to offer while somebody types, and words that a slip may have meant.

Deleted articles keep their words in Whoosh's term list until a merge, so each word is looked up
before it is offered: a live article must have it.
"""

from collections.abc import Iterable
from heapq import nlargest
from typing import Any

from search.engines.whoosh.compile import frequencies
from search.language.words import fold

LONG = 5
"""Letters from which on a word may hold two slips. Two slips turn a shorter one into any other."""

LOOKED_UP = 200
"""Words that are looked up for one answer: those in most articles, deleted ones included."""


def words(reader: Any, start: str, limit: int) -> list[str]:
    """Words of headlines that begin with `start`, the most frequent first."""
    if not (folded := fold(start)):
        return []
    counts = frequencies("headline_exact", folded, reader)
    likely = nlargest(LOOKED_UP, counts, key=lambda term: counts[term])
    return most_frequent(reader, "headline_exact", (term.decode() for term in likely))[:limit]


def similar_words(reader: Any, word: str, limit: int) -> list[str]:
    """Words one slip away, then two; the most frequent first.

    A slip is a letter too many, too few, wrong, or swapped with the next; never in the first place.
    """
    folded = fold(word)
    found = [folded]
    for slips in (1, 2) if len(folded) >= LONG else (1,):
        near = set(reader.terms_within("exact", folded, slips, prefix=1)).difference(found)
        likely = nlargest(LOOKED_UP, near, key=lambda term: reader.doc_frequency("exact", term))
        found += most_frequent(reader, "exact", likely)
        if len(found) > limit:
            break
    return found[1 : limit + 1]


def most_frequent(reader: Any, field: str, terms: Iterable[str]) -> list[str]:
    """Those of the words that live articles have, by falling number of these, then by letters."""
    counts = {term: live_frequency(reader, field, term) for term in terms}
    return sorted((term for term in counts if counts[term]), key=lambda term: (-counts[term], term))


def live_frequency(reader: Any, field: str, term: str) -> int:
    """How many live articles have the word. Only segments with deletions read its postings."""
    return sum(
        sum(1 for _ in segment.postings(field, term).all_ids())
        if segment.has_deletions()
        else segment.doc_frequency(field, term)
        for segment, _ in reader.leaf_readers()
        if (field, term) in segment
    )

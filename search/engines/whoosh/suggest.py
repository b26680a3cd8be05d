"""Words to offer while somebody types, and words that a slip may have meant.

A word is offered if an article that may be seen has it: deleted articles keep their words until a
merge, and hidden ones stand in the list of terms too. Terms know in how many documents they stand,
so only few have to be looked up.
"""

from collections.abc import Collection, Iterable
from heapq import nlargest

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.segment import Docs
from search.engines.whoosh.slips import near
from search.engines.whoosh.snapshot import Snapshot
from search.language.words import fold

LONG = 5
"""Letters from which on a word may hold two slips. Two slips turn a shorter one into any other."""

LOOKED_UP = 200
"""Terms of a segment that are looked up for one answer: those in most of its documents."""


def words(snapshot: Snapshot, start: str, limit: int, hidden: Collection[int]) -> list[str]:
    """Words of headlines that begin with `start`, the most frequent first."""
    if not (folded := fold(start)):
        return []
    vocabulary = Vocabulary(snapshot, "headline_exact", hidden)
    return vocabulary.most_frequent(vocabulary.beginning(folded), limit)


def similar_words(snapshot: Snapshot, word: str, limit: int, hidden: Collection[int]) -> list[str]:
    """Words one slip away, then two; the most frequent first. See `slips.near`."""
    if not (folded := fold(word)):
        return []
    vocabulary = Vocabulary(snapshot, "exact", hidden)
    found: list[str] = []
    for slips, terms in enumerate(vocabulary.near(folded, 2 if len(folded) >= LONG else 1), 1):
        if len(found) < limit or slips == 1:
            found += vocabulary.most_frequent(terms, limit)
    return found[:limit]


class Vocabulary:
    """The words of one field of a snapshot, as far as anything seen has them."""

    def __init__(self, snapshot: Snapshot, field: str, hidden: Collection[int]) -> None:
        self._fields = [part.arrays.fields[field] for part in snapshot.parts]
        self._gone = [
            np.union1d(part.deleted, part.arrays.holding(hidden)) for part in snapshot.parts
        ]

    def beginning(self, start: str) -> set[bytes]:
        """The words that begin like this, of each segment those in most documents."""
        ranges = (field.terms.beginning(start.encode()) for field in self._fields)
        return self._terms(np.arange(*found) for found in ranges)

    def near(self, word: str, most: int) -> list[set[bytes]]:
        """The words one slip away, two and so on up to `most`; as above."""
        found = [near(field.terms, word, most) for field in self._fields]
        return [
            self._terms(numbers[slips == away] for numbers, slips in found)
            for away in range(1, most + 1)
        ]

    def most_frequent(self, terms: Iterable[bytes], limit: int) -> list[str]:
        """The words in most articles that are seen, by falling number of these, then letters."""
        counted = ((self._seen(term), term) for term in terms)
        ranked = sorted((-count, term) for count, term in counted if count)
        return [term.decode() for _, term in ranked[:limit]]

    def _terms(self, numbers: Iterable[Array]) -> set[bytes]:
        """Of the terms, given by number for each segment, those in most of its documents."""
        return {
            field.terms[number]
            for field, own in zip(self._fields, numbers, strict=True)
            for number in nlargest(LOOKED_UP, own.tolist(), key=field.frequency)
        }

    def _seen(self, term: bytes) -> int:
        """In how many articles that may be seen the word stands."""
        count = 0
        for field, gone in zip(self._fields, self._gone, strict=True):
            if (number := field.terms.number(term)) is not None:
                docs = field.docs_of(number)
                count += len(docs) - common(docs, gone)
        return count


def common(docs: Docs, gone: Docs) -> int:
    """How many documents are in both lists, the second of which is short."""
    found = docs.searchsorted(gone, "right") - docs.searchsorted(gone, "left")
    return int(found.sum())

"""A query tree as Whoosh query objects. Whoosh's own parser takes no part.

What a part of the tree matches:

- a word: its stem in `text`; a word that analyses to several terms (`B-52`): these side by side, or
  joined to one (`b52`)
- a phrase: the stems of its words side by side
- a prefix: the unstemmed words that begin like it, the MAX_EXPANSION most frequent of them (only
  the rarest words of a very common beginning go unfound)
- the same with a field: in that field; names of people, tags, sections and sources and bylines
  are not stemmed
- a word, phrase or prefix without a letter or digit: nothing

Words in the headline, which is part of `text`, score extra.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query import And, AndMaybe, Every, Not, NullQuery, Or, Query, Term
from whoosh.query import Phrase as PhraseQuery

from search.engines.whoosh.schema import UNDATED
from search.language import tree
from search.language.limits import MAX_EXPANSION
from search.language.words import joined, query_terms, stem

HEADLINE_BOOST = 2.5
"""How much a word counts in the headline, beside counting once as part of the text."""

Mask = npt.NDArray[np.bool_]
"""One truth per document of a segment."""


@dataclass(frozen=True, slots=True)
class Index:
    """What a query is compiled for: Whoosh's reader of all segments, and each document's day."""

    reader: Any
    days: npt.NDArray[np.int32]

    def days_of(self, segment: Any) -> npt.NDArray[np.int32]:
        """The days of one segment. Not from its reader, to which a file that a later merge has
        removed is a column that never was.
        """
        leaves = self.reader.leaf_readers()
        first = next(number for reader, number in leaves if reader is segment)
        return self.days[first : first + segment.doc_count_all()]


class Listed(Query):
    """The documents that a function finds in a segment, all with the same score.

    Deleted ones are left out here: Whoosh's Not loses its place when its part has any.
    """

    def __init__(self, find: Callable[[Any], Mask], boost: float = 1.0) -> None:
        self.find = find
        self.boost = boost

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        segment = searcher.reader()
        mask = self.find(segment)
        mask[list(segment.deleted_docs_set)] = False
        docs = np.flatnonzero(mask).tolist()
        return ListMatcher(docs, all_weights=self.boost) if docs else NullMatcher()

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count())

    def estimate_min_size(self, reader: Any) -> int:
        return 0


def compiled(node: tree.Node, index: Index) -> Query:
    """The query that matches what the tree asks for."""
    match node:
        case tree.Everything():
            return Every()
        case tree.Word(text, field):
            return in_field(field, lambda name, boost: word(name, text, boost))
        case tree.Phrase(text, field):
            return in_field(field, lambda name, boost: side_by_side(name, text, boost))
        case tree.Prefix(text, field):
            return prefix(text, field, index.reader)
        case tree.Dated(start, end):
            return Listed(lambda segment: within(index.days_of(segment), start, end))
        case tree.Undated():
            return Listed(lambda segment: index.days_of(segment) == UNDATED)
        case tree.And(parts):
            # Whoosh's AndNot lets the first document through that it should leave out; And with
            # Not inside is right, and skips as well.
            return And([compiled(part, index) for part in parts])
        case tree.Or(parts):
            return Or([compiled(part, index) for part in parts])
        case tree.Not(part):
            return Not(compiled(part, index))


def in_field(field: tree.Field | None, make: Callable[[str, float], Query]) -> Query:
    """What `make` builds for one field; without a field, the text with the headline on top."""
    if field:
        return make(field, 1.0)
    return AndMaybe(make("text", 1.0), make("headline", HEADLINE_BOOST))


def word(name: str, text: str, boost: float) -> Query:
    whole = joined(text)
    if whole is None:
        return side_by_side(name, text, boost)
    return Or([side_by_side(name, text, boost), Term(name, indexed(name, whole), boost)])


def side_by_side(name: str, text: str, boost: float) -> Query:
    terms = [indexed(name, term) for term in query_terms(text)]
    if not terms:
        return NullQuery
    return PhraseQuery(name, terms, boost=boost) if len(terms) > 1 else Term(name, terms[0], boost)


def indexed(name: str, term: str) -> str:
    """The term as the field has it."""
    return stem(term) if name in ("text", "headline") else term


def prefix(text: str, field: tree.Field | None, reader: Any) -> Query:
    start = joined(text) or "".join(query_terms(text))
    match field:
        case None:
            return AndMaybe(
                beginning("exact", start, reader),
                beginning("headline_exact", start, reader, HEADLINE_BOOST),
            )
        case tree.Field.HEADLINE:
            return beginning("headline_exact", start, reader)
        case _:
            return beginning(field, start, reader)


def beginning(name: str, start: str, reader: Any, boost: float = 1.0) -> Query:
    """The documents with a word that begins with `start`."""
    if not start:
        return NullQuery
    words = frequencies(name, start, reader)
    terms = nlargest(MAX_EXPANSION, words, key=lambda term: (words[term], term))
    return Listed(lambda segment: having_any(segment, name, terms), boost)


def frequencies(name: str, start: str, reader: Any) -> dict[bytes, int]:
    """The terms of a field that begin with `start`, each with how many documents have it.

    Deleted documents count until a merge.
    """
    return {term: info.doc_frequency() for term, info in reader.iter_prefix(name, start)}


def having_any(segment: Any, name: str, terms: Sequence[bytes]) -> Mask:
    mask = np.zeros(segment.doc_count_all(), np.bool_)
    for term in terms:
        if (name, term) in segment:
            mask[np.fromiter(segment.postings(name, term).all_ids(), np.uint32)] = True
    return mask


def within(days: npt.NDArray[np.int32], start: date | None, end: date | None) -> Mask:
    """UNDATED is before any start."""
    first = (start or date.min).toordinal()
    last = (end or date.max).toordinal()
    return (days >= first) & (days <= last)

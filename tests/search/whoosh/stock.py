"""Whoosh's own Searcher as an oracle: what a query tree finds in segments and how it scores.

Nothing here reads arrays but through the codec. Top-k pruning, which can miss a hit, is off.

Words and phrases of scored fields are Whoosh's own Term and Phrase, and And and Or its own. What
has one score for all that it matches is `Same`: Whoosh's ConstantScoreQuery keeps the scores of
what it wraps where the current match is needed, and takes 0 for 1.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query import And, AndMaybe, Not, NullQuery, Or, Phrase, Query, Term
from whoosh.reading import MultiReader, SegmentReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from search.engines.whoosh.analysis import MARK
from search.engines.whoosh.codec import Segment, SegmentCodec
from search.engines.whoosh.codec_reading import DocumentsReader, TermsReader
from search.engines.whoosh.schema import RECORD, SCHEMA, UNDATED
from search.engines.whoosh.scoring import K1, B
from search.engines.whoosh.snapshot import Part, Snapshot
from search.language import tree
from search.language.periods import Unit, around
from search.language.words import joined, query_terms, stem

HEADLINE_BOOST = 2.5
"""What a bare prefix scores in the headline, beside 1 in the text."""

Find = Callable[[Searcher], Iterable[int]]
"""Documents of one segment, in any order, each once."""


def scores(node: tree.Node, snapshot: Snapshot) -> dict[int, float]:
    """The ids of the articles that match, each with its score."""
    parts = [part for part in snapshot.parts if part.arrays.size]
    if not parts:
        return {}
    ids = np.concatenate([part.arrays.ids for part in parts]).tolist()
    with searcher_of(parts) as searcher:
        results = searcher.search(compiled(node), limit=None, optimize=False)
        return {ids[docnum]: score for score, docnum in results.top_n}


def searcher_of(parts: Iterable[Part]) -> Searcher:
    return Searcher(MultiReader([reader_of(part) for part in parts]), weighting=Weighting())


def reader_of(part: Part) -> SegmentReader:
    return SegmentReader(None, SCHEMA, Segment("MAIN"), codec=OpenCodec(part))


class OpenCodec(SegmentCodec):
    """Reads a segment that is open already."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def per_document_reader(self, storage: None, segment: Segment) -> DocumentsReader:
        return DocumentsReader(self._part.arrays, set(self._part.deleted.tolist()))

    def terms_reader(self, storage: None, segment: Segment) -> TermsReader:
        return TermsReader(self._part.arrays)


class Weighting(BM25F):
    """A word is as rare in the headline as it is in the text."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Searcher, fieldname: str, text: bytes) -> float:
        return super().idf(searcher, "text", text)


class Either(Or):
    """Of several parts Whoosh would rather load all matches, and lose those that score 0."""

    matcher_type = Or.DEFAULT_MATCHER


class Same(Query):
    """The documents that a function finds in a segment, but for deleted ones, with one score.

    Whoosh's Not lets some deleted ones through.
    """

    def __init__(self, find: Find, score: float) -> None:
        self.find = find
        self.score = score

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        reader = searcher.reader()
        docs = sorted(doc for doc in self.find(searcher) if not reader.is_deleted(doc))
        return ListMatcher(docs, weights=[self.score] * len(docs)) if docs else NullMatcher()

    def estimate_size(self, reader: Any) -> int:
        return reader.doc_count()

    def estimate_min_size(self, reader: Any) -> int:
        return 0


def compiled(node: tree.Node) -> Query:
    match node:
        case tree.Everything():
            return Same(lambda searcher: searcher.reader().all_doc_ids(), 0)
        case tree.Word(text, field):
            return Either([side_by_side(field, words) for words in readings(text)])
        case tree.Phrase(text, field):
            return side_by_side(field, query_terms(text))
        case tree.Near(text, gap, field):
            return near(field, query_terms(text), gap)
        case tree.Prefix(text, field):
            return prefix(field, joined(text) or "".join(query_terms(text)))
        case tree.Dated(start, end):
            return Same(lambda searcher: within(searcher, start, end), 0)
        case tree.Undated():
            return Same(undated, 0)
        case tree.Quoted(part):
            return Same(lambda searcher: {doc for doc, _ in quotations(part, searcher)}, 1)
        case tree.And(parts):
            return And([compiled(part) for part in parts])
        case tree.Or(parts):
            return Either([compiled(part) for part in parts])
        case tree.Not(part):
            return Same(all_of(Not(compiled(part))), 0)


def readings(text: str) -> list[tuple[str, ...]]:
    """A word's parts side by side and, where it is hyphenated, all of it as one."""
    whole = joined(text)
    return [query_terms(text), *([(whole,)] if whole else [])]


def side_by_side(field: tree.Field | None, words: Iterable[str]) -> Query:
    """The words one behind the other; a word that comes twice scores twice."""
    scored = field in (None, tree.Field.HEADLINE)
    terms = [stem(word) if scored else word for word in words]
    if not terms:
        return NullQuery
    name = field or "text"
    query = Phrase(name, terms) if len(terms) > 1 else Term(name, terms[0])
    return query if scored else Same(all_of(query), 1)


def near(field: tree.Field | None, words: Iterable[str], gap: int) -> Query:
    """The words among so many as they are and `gap` more; a word that comes twice scores twice.

    Whoosh's own queries for this take words two by two, and one for two that it has been asked for.
    """
    scored = field in (None, tree.Field.HEADLINE)
    terms = [stem(word) if scored else word for word in words]
    if not terms:
        return NullQuery
    name = field or "text"
    found = Same(within_reach(name, Counter(terms), len(terms) + gap), 0 if scored else 1)
    return And([found, *(Term(name, term) for term in terms)]) if scored else found


def within_reach(name: str, wanted: Counter[str], reach: int) -> Find:
    def find(searcher: Searcher) -> Iterator[int]:
        standing = standing_of(searcher, name, wanted)
        for doc, found in standing.items():
            nearby = (
                Counter(term for place, term in found if start <= place < start + reach)
                for start, _ in found
            )
            if any(wanted <= own for own in nearby):
                yield doc

    return find


def standing_of(
    searcher: Searcher, name: str, terms: Iterable[str]
) -> dict[int, list[tuple[int, str]]]:
    """Where in each document Whoosh finds each of the terms."""
    standing: dict[int, list[tuple[int, str]]] = defaultdict(list)
    reader = searcher.reader()
    for term in terms:
        matcher = reader.postings(name, term) if (name, term) in reader else NullMatcher()
        while matcher.is_active():
            standing[matcher.id()] += [(at, term) for at in matcher.value_as("positions")]
            matcher.next()
    return standing


def prefix(field: tree.Field | None, start: str) -> Query:
    match field:
        case _ if not start:
            return NullQuery
        case None:
            headline = Same(beginning("headline_exact", start), HEADLINE_BOOST)
            return AndMaybe(Same(beginning("exact", start), 1), headline)
        case tree.Field.HEADLINE:
            return Same(beginning("headline_exact", start), 1)
        case _:
            return Same(beginning(field, start), 1)


def beginning(name: str, start: str) -> Find:
    def find(searcher: Searcher) -> set[int]:
        reader = searcher.reader()
        terms = reader.expand_prefix(name, start)
        return {doc for term in terms for doc in reader.postings(name, term).all_ids()}

    return find


def quotations(part: tree.Node, searcher: Searcher) -> set[tuple[int, int]]:
    """Of which of them it is true: the document, and between which of its marks they stand."""
    match part:
        case tree.And(parts):
            return set.intersection(*(quotations(each, searcher) for each in parts))
        case tree.Or(parts):
            return set.union(*(quotations(each, searcher) for each in parts))
        case tree.Word(text, field):
            found = (in_a_row(searcher, field, words) for words in readings(text))
            return set.union(*found)
        case tree.Phrase(text, field):
            return in_a_row(searcher, field, query_terms(text))
        case tree.Near(text, gap, field):
            terms = terms_in(field, query_terms(text))
            wanted, reach = Counter(terms), len(terms) + gap
            return {
                (doc, number)
                for (doc, number), found in by_quotation(searcher, field, terms).items()
                if any(
                    wanted <= Counter(term for at, term in found if start <= at < start + reach)
                    for start, _ in found
                )
            }
        case tree.Prefix(text, field):
            start = joined(text) or "".join(query_terms(text))
            name = "said_exact" if field is tree.Field.SAID else field
            words = [one.decode() for one in searcher.reader().expand_prefix(name, start)]
            return set(by_quotation(searcher, name, words)) if start else set()
    raise TypeError(part)


def in_a_row(searcher: Searcher, field: str, words: Iterable[str]) -> set[tuple[int, int]]:
    terms = terms_in(field, words)
    return {
        where
        for where, found in by_quotation(searcher, field, terms).items()
        if any(
            all((start + step, term) in found for step, term in enumerate(terms))
            for start, _ in found
        )
    }


def terms_in(field: str, words: Iterable[str]) -> list[str]:
    return [stem(word) if field == "said" else word for word in words]


def by_quotation(
    searcher: Searcher, name: str, terms: Iterable[str]
) -> dict[tuple[int, int], list[tuple[int, str]]]:
    """Where each of the terms stands in each quotation that has any."""
    marks = standing_of(searcher, name, [MARK])
    found: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for doc, standing in standing_of(searcher, name, terms).items():
        for at, term in standing:
            found[doc, bisect(marks[doc], (at, ""))].append((at, term))
    return found


def all_of(query: Query) -> Find:
    """What a query matches."""
    return lambda searcher: query.matcher(searcher, searcher.boolean_context()).all_ids()


def within(searcher: Searcher, start: date | None, end: date | None) -> Iterator[int]:
    for doc, record in enumerate(records_of(searcher)):
        if record["day"] != UNDATED:
            known = around(date.fromordinal(record["day"]), Unit(record["unit"]))
            if (start or date.min) <= known.start and known.end <= (end or date.max):
                yield doc


def undated(searcher: Searcher) -> Iterator[int]:
    return (doc for doc, record in enumerate(records_of(searcher)) if record["day"] == UNDATED)


def records_of(searcher: Searcher) -> np.ndarray:
    records = searcher.reader().column_reader("record", translate=False)
    return np.frombuffer(b"".join(records), RECORD)

"""tantivy (Rust), through tantivy-py. What was tried and what it was tuned by:

- One segment, built by one thread from text that is already analysed: its own analyser only splits
  at spaces. People, months and days are unsigned integers in fast fields.
- Two passes are faster than all alternatives: the top 20 without counting, which lets it skip
  documents, and one aggregation of people and months. Every article has a month, so the total is
  the sum over the months. `terms` beats `histogram` for months. Counts are exact with a
  `segment_size` of 20, as there is one segment.
- A beginning of a word is a `regex_query`: equal in time to a set of the words, looked up before.
- Dates are a range over the fast field, over the inverted index where the range is short.
- Sorting the index by day (`sort_by_field`) made ranges over the fast field slower, nothing faster.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from benchmarks.analysed import EPOCH, analysed
from benchmarks.names import number_of_person, number_of_section, people
from benchmarks.peers.base import Articles, Job, Peer, stems_of
from search.language import tree
from search.request import SearchRequest

HEAP = 4_000_000_000
"""Bytes, nearly the most there can be: a million articles fit into one segment."""

SHORT = 100
"""Days up to which a range is faster over the inverted index."""

FACETS = {
    "people": {"terms": {"field": "people", "size": 20, "segment_size": 20}},
    "months": {"terms": {"field": "month", "size": 1_000}},
}

Answer = tuple[list[Any], dict[str, Any]]
"""The ids of the best and what was aggregated."""


class Tantivy(Peer):
    name = "tantivy"
    index = "tantivy"

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        index = tantivy.Index(schema(), path=str(folder))
        index.register_tokenizer("terms", splitting_at_spaces())
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for article in analysed(documents):
            document = tantivy.Document()
            document.add_text("text", article.text)
            document.add_text("words", article.words)
            for name in ("id", "section", "day", "month"):
                document.add_unsigned(name, getattr(article, name))
            for person in article.people:
                document.add_unsigned("people", person)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        index.register_tokenizer("terms", splitting_at_spaces())
        self.schema = index.schema
        self.searcher = index.searcher()

    def prepared(self, request: SearchRequest) -> Callable[[], Answer]:
        query = self._query(request)
        return lambda: (self.best(query, request.limit), self.searcher.aggregate(query, FACETS))

    def best(self, query: Query, limit: int) -> list[Any]:
        hits = self.searcher.search(query, limit, count=False).hits
        return self.searcher.fast_field_values("id", [address for _, address in hits])

    def job(self, answer: Answer) -> Job:
        top, counted = answer
        months = {found["key"]: found["doc_count"] for found in counted["months"]["buckets"]}
        return Job(
            total=sum(months.values()),
            people=tuple(
                (people()[found["key"]].slug, found["doc_count"])
                for found in counted["people"]["buckets"]
            ),
            months=months,
            top=tuple(top),
        )

    def _query(self, request: SearchRequest) -> Query:
        parts = [(Occur.Must, part) for part in self._filters(request)]
        if request.query.tree != tree.Everything() or not parts:
            parts.append((Occur.Must, self._compiled(request.query.tree)))
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def _filters(self, request: SearchRequest) -> Iterable[Query]:
        """None of them changes the order of the scores."""
        for slug in request.people:
            yield self._unscored("people", number_of_person()[slug])
        for slug in request.sections:
            yield self._unscored("section", number_of_section()[slug])
        if request.start and request.end:
            first, last = request.start.toordinal() - EPOCH, request.end.toordinal() - EPOCH
            short = last - first < SHORT
            yield Query.range_query(
                self.schema, "day", FieldType.Unsigned, first, last, use_inverted_index=short
            )

    def _unscored(self, field: str, number: int) -> Query:
        return Query.const_score_query(Query.term_query(self.schema, field, number), 0.0)

    def _compiled(self, node: tree.Node) -> Query:
        match node:
            case tree.Everything():
                return Query.all_query()
            case tree.Word(text):
                [stem] = stems_of(text)
                return Query.term_query(self.schema, "text", stem, index_option="freq")
            case tree.Phrase(text):
                return Query.phrase_query(self.schema, "text", list(stems_of(text)))
            case tree.Prefix(text):
                return Query.regex_query(self.schema, "words", f"{text}.*")
            case tree.And(parts):
                return Query.boolean_query([(Occur.Must, self._compiled(part)) for part in parts])
            case tree.Or(parts):
                return Query.boolean_query([(Occur.Should, self._compiled(part)) for part in parts])
        raise NotImplementedError(node)


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="terms", index_option="position")
    builder.add_text_field("words", tokenizer_name="terms", index_option="basic")
    builder.add_unsigned_field("id", fast=True)
    for name in ("people", "section", "day", "month"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def splitting_at_spaces() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


ENGINE = Tantivy

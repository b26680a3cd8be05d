"""Whoosh as it comes, with its own codec, schema and searcher. What it was tuned by:

- Two passes: the best 20, where it may skip documents, and the numbers of all that match, which
  cost a quarter of scoring them.
- Months and people are counted by Python over columns that are read once. Its own facets
  (`groupedby`) score every document; of people they took a third of a second for any query at
  20,000 articles.
- One segment, and files of its own for each part (`compound=False`): otherwise each searcher copies
  the postings to the heap.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from whoosh import fields, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage

from benchmarks.analysed import EPOCH, analysed
from benchmarks.names import number_of_person, number_of_section, people
from benchmarks.peers.base import Articles, Job, Peer, stems_of
from search.language import tree
from search.request import SearchRequest

MEGABYTES = 1_024
"""Of postings that its writer holds before it spills them."""

SCHEMA = fields.Schema(
    id=fields.COLUMN(VarBytesColumn()),
    text=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
    words=fields.KEYWORD(),
    person=fields.KEYWORD(),
    section=fields.KEYWORD(),
    day=fields.NUMERIC(int, bits=32, sortable=True),
    month=fields.NUMERIC(int, bits=32, sortable=True),
    people=fields.COLUMN(VarBytesColumn()),
)

Answer = tuple[list[int], int, list[tuple[int, int]], dict[int, int]]
"""The ids of the best, the total, the people and the months."""


class StockWhoosh(Peer):
    name = "whoosh"
    index = "whoosh"

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        index = FileStorage(str(folder)).create_index(SCHEMA)
        with index.writer(limitmb=MEGABYTES, compound=False) as writer:
            for article in analysed(documents):
                writer.add_document(
                    id=article.id.to_bytes(4, "little"),
                    text=article.text,
                    words=article.words,
                    person=" ".join(map(str, article.people)),
                    section=str(article.section),
                    day=article.day,
                    month=article.month,
                    people=array("H", article.people).tobytes(),
                )

    def __init__(self, folder: Path) -> None:
        self.searcher = FileStorage(str(folder)).open_index().searcher()
        reader = self.searcher.reader()
        self.ids = [int.from_bytes(id, "little") for id in reader.column_reader("id")]
        self.months = list(reader.column_reader("month"))
        self.people = [array("H", numbers) for numbers in reader.column_reader("people")]

    def close(self) -> None:
        self.searcher.close()

    def prepared(self, request: SearchRequest) -> Callable[[], Answer]:
        wanted, among = words(request.query.tree), query.And(list(filters(request)))
        both = query.And([wanted, among]) if among.subqueries else wanted
        limited = among if among.subqueries else None

        def job() -> Answer:
            best = self.searcher.search(wanted, limit=request.limit, filter=limited)
            ids = [self.ids[best.docnum(place)] for place in range(best.scored_length())]
            docs = list(self.searcher.docs_for_query(both))
            named = Counter(chain.from_iterable(map(self.people.__getitem__, docs)))
            months = Counter(map(self.months.__getitem__, docs))
            return ids, len(docs), named.most_common(20), months

        return job

    def job(self, answer: Answer) -> Job:
        best, total, named, months = answer
        return Job(
            total=total,
            people=tuple((people()[number].slug, count) for number, count in named),
            months=months,
            top=tuple(best),
        )


def filters(request: SearchRequest) -> Iterator[Any]:
    for slug in request.people:
        yield query.Term("person", str(number_of_person()[slug]))
    for slug in request.sections:
        yield query.Term("section", str(number_of_section()[slug]))
    if request.start and request.end:
        days = [day.toordinal() - EPOCH for day in (request.start, request.end)]
        yield query.NumericRange("day", *days)


def words(node: tree.Node) -> Any:
    match node:
        case tree.Everything():
            return query.Every()
        case tree.Word(text):
            [stem] = stems_of(text)
            return query.Term("text", stem)
        case tree.Phrase(text):
            return query.Phrase("text", stems_of(text))
        case tree.Prefix(text):
            return query.Prefix("words", text)
        case tree.And(parts):
            return query.And([words(part) for part in parts])
        case tree.Or(parts):
            return query.Or([words(part) for part in parts])
    raise NotImplementedError(node)


ENGINE = StockWhoosh

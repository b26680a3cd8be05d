"""SQLite's FTS5. What was tried and what it was tuned by:

- Contentless tables, optimised to one segment each; beginnings of words in a table of their own
  with prefix indexes and neither positions nor lengths. The `ascii` tokenizer splits at spaces, as
  the text is folded already.
- One statement for the whole job: what matches is materialised once, with its score and its month.
  `bm25()` costs as much for the best 20 as for all. CROSS JOIN keeps SQLite from reading the
  mentions of all articles instead of those of the matching ones.
- Mapped into memory, everything analysed (`ANALYZE`), every statement prepared (sqlite3 keeps
  them), temporary results in memory.
"""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.analysed import EPOCH, Analysed, analysed
from benchmarks.names import number_of_person, number_of_section, people
from benchmarks.peers.base import Articles, Job, Peer, stems_of
from search.language import tree
from search.request import SearchRequest

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -1000000;
CREATE VIRTUAL TABLE text USING fts5(stems, content='', tokenize="ascii tokenchars '.'");
CREATE VIRTUAL TABLE words USING fts5(
    spelt, content='', columnsize=0, detail=none, prefix='3 4 5', tokenize="ascii tokenchars '.'");
CREATE TABLE article (id INTEGER PRIMARY KEY, section INTEGER, day INTEGER, month INTEGER);
CREATE TABLE mention (article INTEGER, person INTEGER, PRIMARY KEY (article, person))
    WITHOUT ROWID;
"""

AFTERWARDS = """
INSERT INTO text (text) VALUES ('optimize');
INSERT INTO words (words) VALUES ('optimize');
CREATE INDEX mention_person ON mention (person, article);
CREATE INDEX article_day ON article (day, section, month);
ANALYZE;
"""

READING = """
PRAGMA mmap_size = 8000000000;
PRAGMA cache_size = -1000000;
PRAGMA temp_store = MEMORY;
"""

JOB = """
WITH hit AS MATERIALIZED ({hits}),
best AS (SELECT id FROM hit {order} LIMIT {limit}),
named AS (
    SELECT person, count(*) AS articles FROM hit CROSS JOIN mention ON article = id
    GROUP BY person ORDER BY articles DESC LIMIT 20),
months AS (SELECT month, count(*) AS articles FROM hit GROUP BY month)
SELECT 'best', id, 0 FROM best
UNION ALL SELECT 'person', person, articles FROM named
UNION ALL SELECT 'month', month, articles FROM months
"""

BATCH = 2_000

Row = tuple[str, int, int]


class Sqlite(Peer):
    name = "sqlite"
    index = "sqlite"

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        connection = sqlite3.connect(folder / "index.sqlite3", isolation_level=None)
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        articles = analysed(documents)
        while batch := list(islice(articles, BATCH)):
            insert(connection, batch)
        connection.execute("COMMIT")
        connection.executescript(AFTERWARDS)
        connection.close()

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "index.sqlite3", isolation_level=None)
        self.connection.executescript(READING)

    def close(self) -> None:
        self.connection.close()

    def prepared(self, request: SearchRequest) -> Callable[[], list[Row]]:
        statement, values = sql(request)
        return lambda: self.connection.execute(statement, values).fetchall()

    def job(self, answer: list[Row]) -> Job:
        months = {number: count for kind, number, count in answer if kind == "month"}
        return Job(
            total=sum(months.values()),
            people=tuple(
                (people()[number].slug, count) for kind, number, count in answer if kind == "person"
            ),
            months=months,
            top=tuple(number for kind, number, _ in answer if kind == "best"),
        )


def insert(connection: sqlite3.Connection, batch: list[Analysed]) -> None:
    many = connection.executemany
    many("INSERT INTO text (rowid, stems) VALUES (?, ?)", [(one.id, one.text) for one in batch])
    many("INSERT INTO words (rowid, spelt) VALUES (?, ?)", [(one.id, one.words) for one in batch])
    many(
        "INSERT INTO article VALUES (?, ?, ?, ?)",
        [(one.id, one.section, one.day, one.month) for one in batch],
    )
    many(
        "INSERT INTO mention VALUES (?, ?)",
        [(one.id, person) for one in batch for person in one.people],
    )


def sql(request: SearchRequest) -> tuple[str, list[str | int]]:
    """The statement of a job, and the values in it."""
    node = request.query.tree
    score, tables, scored = "0", "article", False
    conditions: list[tuple[str, list[str | int]]] = list(filters(request))
    if node != tree.Everything():
        table = "words" if isinstance(node, tree.Prefix) else "text"
        scored = table == "text"
        score = "bm25(text)" if scored else "0"
        tables = f"{table} CROSS JOIN article ON article.id = {table}.rowid"
        conditions.insert(0, (f"{table} MATCH ?", [fts5(node)]))
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    hits = f"SELECT article.id, month, {score} AS score FROM {tables} WHERE {where}"  # noqa: S608
    order = "ORDER BY score" if scored else ""
    values = [value for _, given in conditions for value in given]
    return JOB.format(hits=hits, order=order, limit=request.limit), values


def filters(request: SearchRequest) -> Iterator[tuple[str, list[str | int]]]:
    """Each condition with its values."""
    for slug in request.people:
        among = "article.id IN (SELECT article FROM mention WHERE person = ?)"
        yield among, [number_of_person()[slug]]
    for slug in request.sections:
        yield "section = ?", [number_of_section()[slug]]
    if request.start and request.end:
        days = [day.toordinal() - EPOCH for day in (request.start, request.end)]
        yield "day BETWEEN ? AND ?", [*days]


def fts5(node: tree.Node) -> str:
    """The query in FTS5's own language."""
    match node:
        case tree.Word(text) | tree.Phrase(text):
            return f'"{" ".join(stems_of(text))}"'
        case tree.Prefix(text):
            return f'"{text}"*'
        case tree.And(parts):
            return " AND ".join(map(fts5, parts))
        case tree.Or(parts):
            return " OR ".join(map(fts5, parts))
    raise NotImplementedError(node)


ENGINE = Sqlite

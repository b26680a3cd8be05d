"""PostgreSQL's full text search. What was tried and what it was tuned by:

- Our own terms as `tsvector`s, with GIN indexes that are built after the rows; unstemmed words,
  which only their index is asked for, lie apart from the row. People are counted over a table of
  mentions, with indexes that hold all of it: a fifth faster than an array in each row.
- One statement for the whole job: what matches is materialised once with its rank, month and
  people. There is no BM25; `ts_rank` is the cheapest that it has.
- No parallel workers, as all engines have one thread; no just-in-time compilation, which gained
  nothing measurable; statements prepared; VACUUM and ANALYZE after building.

The server is the one of TEST_DATABASE_URL; how much memory it may use is its own matter.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable, Composed, Identifier

from benchmarks.analysed import EPOCH, GAP, Analysed, analysed
from benchmarks.names import number_of_person, number_of_section, people
from benchmarks.peers.base import Articles, Job, Peer, stems_of
from search.language import tree
from search.request import SearchRequest

SERVER = "TEST_DATABASE_URL"

SESSION = """
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '1GB';
SET maintenance_work_mem = '2GB';
"""

TABLES = """
CREATE TABLE article (
    id integer PRIMARY KEY, section smallint, day smallint, month smallint,
    stems tsvector, words tsvector
) WITH (toast_tuple_target = 128);
CREATE TABLE mention (article integer, person smallint);
ALTER TABLE article ALTER COLUMN stems SET STORAGE MAIN;
ALTER TABLE article ALTER COLUMN words SET STORAGE EXTERNAL;
"""

AFTERWARDS = (
    "CREATE INDEX ON article USING gin (stems)",
    "CREATE INDEX ON article USING gin (words)",
    "CREATE INDEX ON article (day)",
    "CREATE INDEX ON mention (article) INCLUDE (person)",
    "CREATE INDEX ON mention (person) INCLUDE (article)",
    "VACUUM (ANALYZE, FREEZE) article",
    "VACUUM (ANALYZE, FREEZE) mention",
)

JOB = SQL(
    """
WITH hit AS MATERIALIZED (SELECT id, month, {score} AS score FROM article WHERE {where}),
best AS (SELECT id FROM hit {order} LIMIT {limit}),
named AS (
    SELECT person, count(*) AS articles FROM hit JOIN mention ON article = id
    GROUP BY person ORDER BY articles DESC LIMIT 20),
months AS (SELECT month, count(*) AS articles FROM hit GROUP BY month)
SELECT 'best', id, 0 FROM best
UNION ALL SELECT 'person', person, articles FROM named
UNION ALL SELECT 'month', month, articles FROM months
"""
)

SIZES = "SELECT pg_total_relation_size(name) FROM unnest(ARRAY['article', 'mention']) AS name"

Row = tuple[str, int, int]
Connection = psycopg.Connection[tuple[Any, ...]]


class PostgreSQL(Peer):
    name = "postgresql"
    index = "postgresql"
    needs = SERVER

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        cls.remove(folder)
        folder.mkdir()
        with connected(folder) as connection:
            connection.execute(SQL("CREATE SCHEMA {}").format(schema_of(folder)))
            connection.execute(TABLES)
            mentions = copied(connection, analysed(documents))
            with connection.cursor().copy("COPY mention FROM STDIN") as copy:
                for mention in mentions:
                    copy.write_row(mention)
            for statement in AFTERWARDS:
                connection.execute(statement)

    @classmethod
    def remove(cls, folder: Path) -> None:
        super().remove(folder)
        with connected(folder) as connection:
            connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema_of(folder)))

    @classmethod
    def size(cls, folder: Path) -> int:
        with connected(folder) as connection:
            return sum(size for (size,) in connection.execute(SIZES))

    def __init__(self, folder: Path) -> None:
        self.connection = connected(folder)

    def close(self) -> None:
        self.connection.close()

    def prepared(self, request: SearchRequest) -> Callable[[], list[Row]]:
        statement = sql(request)
        return lambda: self.connection.execute(statement, prepare=True).fetchall()

    def job(self, answer: list[Row]) -> Job:
        months = {number: count for kind, number, count in answer if kind == "month"}
        named = [(number, count) for kind, number, count in answer if kind == "person"]
        return Job(
            total=sum(months.values()),
            people=tuple((people()[number].slug, count) for number, count in named),
            months=months,
            top=tuple(number for kind, number, _ in answer if kind == "best"),
        )

    def processes(self) -> list[int]:
        """The server's process for this connection, where it runs on this machine."""
        process = self.connection.info.backend_pid
        return [process] if Path(f"/proc/{process}/smaps_rollup").exists() else []


def connected(folder: Path) -> Connection:
    """Each index has a schema of its own, named for its folder."""
    connection = psycopg.connect(os.environ[SERVER], autocommit=True)
    connection.execute(SESSION)
    connection.execute(SQL("SET search_path TO {}").format(schema_of(folder)))
    return connection


def schema_of(folder: Path) -> Identifier:
    return Identifier(f"bench_{hashlib.sha256(bytes(folder.resolve())).hexdigest()[:12]}")


def copied(connection: Connection, articles: Iterable[Analysed]) -> list[tuple[int, int]]:
    """Copy the articles, and return whom each mentions."""
    mentions = []
    with connection.cursor().copy("COPY article FROM STDIN") as copy:
        for one in articles:
            stems, words = tsvector(one.text.split()), one.words
            copy.write_row((one.id, one.section, one.day, one.month, stems, words))
            mentions += [(one.id, person) for person in one.people]
    return mentions


def tsvector(stems: list[str]) -> str:
    """Terms with their positions, as PostgreSQL reads them."""
    positions = defaultdict[str, list[str]](list)
    for position, stem in enumerate(stems, start=1):
        if stem != GAP:
            positions[stem].append(str(position))
    return " ".join(f"{stem}:{','.join(at)}" for stem, at in positions.items())


def sql(request: SearchRequest) -> Composed:
    node = request.query.tree
    conditions: list[Composable] = [SQL("true"), *filters(request)]
    score: Composable = SQL("0")
    order = SQL("")
    if isinstance(node, tree.Prefix):
        conditions.append(SQL("words @@ {}::tsquery").format(tsquery(node)))
    elif node != tree.Everything():
        conditions.append(SQL("stems @@ {}::tsquery").format(tsquery(node)))
        score = SQL("ts_rank(stems, {}::tsquery)").format(tsquery(node))
        order = SQL("ORDER BY score DESC")
    where = SQL(" AND ").join(conditions)
    return JOB.format(score=score, where=where, order=order, limit=request.limit)


def filters(request: SearchRequest) -> Iterator[Composable]:
    for slug in request.people:
        among = "id IN (SELECT article FROM mention WHERE person = {})"
        yield SQL(among).format(number_of_person()[slug])
    for slug in request.sections:
        yield SQL("section = {}").format(number_of_section()[slug])
    if request.start and request.end:
        days = [day.toordinal() - EPOCH for day in (request.start, request.end)]
        yield SQL("day BETWEEN {} AND {}").format(*days)


def tsquery(node: tree.Node) -> str:
    """The query in PostgreSQL's own language."""
    match node:
        case tree.Word(text) | tree.Phrase(text):
            return " <-> ".join(stems_of(text))
        case tree.Prefix(text):
            return f"{text}:*"
        case tree.And(parts):
            return " & ".join(map(tsquery, parts))
        case tree.Or(parts):
            return " | ".join(map(tsquery, parts))
    raise NotImplementedError(node)


ENGINE = PostgreSQL

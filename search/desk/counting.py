"""Many small counts in one statement. SQL that SQLite and PostgreSQL read alike.

Django puts one queryset into one statement, and a union of querysets that are cut off is more than
SQLite takes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL

from archive.models import Article

Key = TypeVar("Key")

AT_MOST = 1_000
"""So far a count goes that no index answers by itself; what has more has “1,000+”."""


class Counted(NamedTuple):
    """How many articles have a value. at_least: or more than that."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # as in FacetCount
    at_least: bool = False


def counted(articles: Mapping[Key, QuerySet[Article]]) -> dict[Key, int]:
    """How many there are of each, up to AT_MOST + 1; no more rows of any are looked at."""
    parts = {
        key: sql_of(some.order_by().values("pk")[: AT_MOST + 1]) for key, some in articles.items()
    }
    asked = {key: part for key, part in parts.items() if part}
    if not asked:
        return dict.fromkeys(parts, 0)
    selected = ", ".join(
        f"(SELECT COUNT(*) FROM ({sql}) AS few)"  # noqa: S608  written by Django
        for sql, _ in asked.values()
    )
    params = [param for _, given in asked.values() for param in given]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {selected}", params)
        return dict.fromkeys(parts, 0) | dict(zip(asked, cursor.fetchone(), strict=True))


def among_window() -> QuerySet[Article]:
    """The articles of the window that `grouped` is given; only there it means anything."""
    return Article.objects.filter(
        pk__in=RawSQL("SELECT id FROM listed", (), output_field=BigIntegerField())
    )


def grouped(
    window: QuerySet[Article, Any], parts: Sequence[tuple[str, QuerySet[Any, Any]]]
) -> dict[str, list[Counted]]:
    """By name what each part counts among the articles of `window`, which are found once for all.

    window: of ids. parts: a name, and (value, label, count) of articles `among_window`.
    """
    found: dict[str, list[Counted]] = {name: [] for name, _ in parts}
    listed = sql_of(window)
    asked = [(name, part) for name, query in parts if (part := sql_of(query))]
    if not listed or not asked:
        return found
    selected = " UNION ALL ".join(
        f"SELECT '{name}', part.* FROM ({sql}) AS part"  # noqa: S608  as above
        for name, (sql, _) in asked
    )
    params = [*listed[1], *(param for _, (_, given) in asked for param in given)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH listed(id) AS (SELECT pk FROM ({listed[0]}) AS kept) {selected}",  # noqa: S608
            params,
        )
        for name, value, label, count in cursor.fetchall():
            if count:
                found[name].append(Counted(value, label, count))
    return found


def sql_of(query: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """The statement and its parameters; None for one that cannot find anything."""
    try:
        return query.query.sql_with_params()
    except EmptyResultSet:
        return None

"""Queries whose SQL is written once. Django takes ten times longer to write one than the database
to answer it by key, and every search asks the same few.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections
from django.db.models import Expression
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from django.db.models import Field, QuerySet


class Given(Expression):
    """Stands in a query for a value that is given, by name, each time the query is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def prepared(self, value: object, connection: Any) -> Any:
        """The value as the database's driver takes it: numbers, for one, as they are."""
        if isinstance(value, int):
            return value
        return self.output_field.get_db_prep_value(value, connection)


class Written(NamedTuple):
    """A query as its compiler wrote it; `converters` make Python's values of the database's."""

    using: str
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]


class Prepared:
    """A query that answers with the rows of a `values_list`.

    make: gives the queryset, once, when the query is first asked.
    """

    def __init__(self, make: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._write = cache(lambda: written(make()))

    def rows(self, **given: object) -> Iterable[Sequence[Any]]:
        """The rows, read to the last one. given: a value for each `Given` of the query."""
        using, sql, params, converters = self._write()
        connection = connections[using]
        values = [
            param.prepared(given[param.name], connection) if isinstance(param, Given) else param
            for param in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        return converted(rows, converters, connection) if converters else rows


def written(queryset: "QuerySet[Any, Any]") -> Written:
    compiler = queryset.query.get_compiler(queryset.db)
    sql, params = compiler.as_sql()
    columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
    return Written(queryset.db, sql, tuple(params), compiler.get_converters(columns))


def converted(
    rows: Iterable[Sequence[Any]], converters: dict[int, Any], connection: Any
) -> Iterator[Sequence[Any]]:
    """As Django's compiler does it, which belongs to the thread that made it."""
    for row in map(list, rows):
        for place, (functions, column) in converters.items():
            for convert in functions:
                row[place] = convert(row[place], column, connection)
        yield row

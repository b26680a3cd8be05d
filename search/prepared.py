"""Queries whose SQL is written once. Django takes ten times longer to write one than the database
to answer it by key, and every search asks the same few.
"""

from collections.abc import Callable, Iterable
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

    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]


class Prepared:
    """A query that answers with the rows of a `values_list`.

    make: gives the queryset, once, when the query is first asked.
    """

    def __init__(self, make: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._make = make
        self._queryset: QuerySet[Any, Any] | None = None
        self._written: Written | None = None

    def rows(self, **given: object) -> Iterable[tuple[Any, ...]]:
        """The rows, read to the last one. given: a value for each `Given` of the query."""
        if self._queryset is None:
            self._queryset = self._make()
        connection = connections[self._queryset.db]
        compiler = self._queryset.query.get_compiler(connection=connection)
        written = self._written = self._written or write(compiler)
        params = [
            param.prepared(given[param.name], connection) if isinstance(param, Given) else param
            for param in written.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, params)
            rows: Iterable[tuple[Any, ...]] = cursor.fetchall()
        return compiler.apply_converters(rows, written.converters) if written.converters else rows


def write(compiler: SQLCompiler) -> Written:
    sql, params = compiler.as_sql()
    columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
    return Written(sql, tuple(params), compiler.get_converters(columns))

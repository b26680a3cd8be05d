"""A table for spreadsheets: an article in each row, none of whose cells a spreadsheet would run.

Lists have semicolons between their parts; those that would not be read back so are written as in
JSON.
"""

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from archive.exporters.values import values_of
from archive.importers.base import Record
from archive.importers.csv import defused

NAME = "csv"

_TAG_COLUMNS = {"tags": "subject", "places": "place", "organisations": "organisation"}
COLUMNS = (
    "external_id", "source", "published", "modified", "headline", "standfirst", "byline", "place",
    "section", "people", *_TAG_COLUMNS, "body", "language", "url", "status", "embargo_until",
    "expires", "rights", "related", "media", "corrections",
)  # fmt: skip


def write(records: Iterable[Record], out: TextIO) -> int:
    """Returns how many."""
    writer = csv.writer(out)  # ends rows with CR LF: with LF alone it would quote no cell with CR
    writer.writerow(COLUMNS)
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007
        writer.writerow(_row(record))
    return count


def _row(record: Record) -> list[str]:
    values: dict[str, Any] = values_of(record)
    for column, kind in _TAG_COLUMNS.items():
        values[column] = [tag.name for tag in record.tags if tag.kind == kind]
    cells = {"body": _body(record.paragraphs), "people": _names(values.get("people"))}
    cells |= {column: _names(values[column] or None) for column in _TAG_COLUMNS}
    return [defused(cells.get(column) or _cell(values.get(column))) for column in COLUMNS]


def _cell(value: str | list[Any] | None) -> str:
    return value if isinstance(value, str) else _as_json(value) if value else ""


def _names(names: list[str] | None) -> str:
    """An empty list says that there are none, which is more than saying nothing."""
    if names is None:
        return ""
    plain = "; ".join(names)
    is_read_back = [part.strip() for part in plain.split(";")] == names
    return plain if is_read_back and names and not plain.startswith("[") else _as_json(names)


def _body(paragraphs: tuple[str, ...]) -> str:
    """Paragraphs with an empty line between them."""
    plain = "\n\n".join(paragraphs)
    is_read_back = all(part == part.strip() for part in paragraphs) and not plain.startswith("[")
    is_parted = len(paragraphs) > 1 or "\n" not in plain
    return plain if is_read_back and is_parted else _as_json(list(paragraphs))


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

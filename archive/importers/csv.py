"""Tables: the first row names the columns, each further row is an article (or a person).

    id;headline;published;people;body
    7;"Bridge opens";17/12/2009;Ann Vale; Ben Roy;"It opened.

    Nobody fell in."

The names are those of `fields`, in any case, and their synonyms. Lists have semicolons between
their parts, or are written as in JSON. The delimiter is a comma, semicolon, tab or bar; quoted
values may hold line ends. What a spreadsheet would run as a formula has an apostrophe before it.
"""

import csv
import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from archive.importers.base import LONGEST_RECORD, Defaults, PersonRecord, Raw, Record, RecordError
from archive.importers.reading import fields
from archive.importers.reading.mapping import LISTS, renamed
from archive.importers.reading.text import decode

NAME = "csv"
ENDINGS = (".csv", ".tsv")
DELIMITERS = (",", ";", "\t", "|")
EXTRA = "\0extra"  # what stands behind the last column that has a name
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")

csv.field_size_limit(LONGEST_RECORD)


def sniff(head: bytes) -> bool:
    """The first line names at least two columns that are known, one of them what an article or a
    person cannot be without."""
    names = _columns(decode(head.split(b"\n", 1)[0])[0])
    known = {fields.canonical(name) for name in names} - {None}
    lower = {name.strip().lower() for name in names}
    is_article = len(known) >= 2 and bool(known & {"headline", "body"})
    return is_article or ("name" in lower and lower <= fields.PERSON_KEYS)


def split(stream: BinaryIO) -> Iterator[Raw]:
    """Each row as a JSON object, in which form it can be mended and tried again."""
    source = _Lines(stream)
    header = next(source, "")
    rows = csv.DictReader(source, _columns(header), restkey=EXTRA, delimiter=_delimiter(header))
    begun = 2
    for row in rows:
        yield Raw(begun, json.dumps(row, ensure_ascii=False), source.take_notes())
        begun = source.number + 1


def build(raw: Raw, defaults: Defaults) -> Record | PersonRecord:
    row = json.loads(raw.text)
    if any(row.pop(EXTRA, [])):
        raise RecordError("the row has more values than there are columns")
    values = renamed(row, defaults.mapping)
    return fields.record({key: _read_cell(key, values[key]) for key in values}, defaults)


def defused(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula. `armed` undoes it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _read_cell(key: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    cell = armed(value)
    if cell.startswith("[") and fields.canonical(key) in LISTS:
        with suppress(ValueError, RecursionError):
            listed = json.loads(cell)
            if all(isinstance(one, str | dict) for one in listed):
                return listed
    return cell


class _Lines:
    """The lines of `stream` as text, with how many were read and what there is to say of them.

    A line may end as it does on Windows, on Unix or on old Macs; NULs are left out.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.number = 0
        self._ahead: deque[str] = deque()
        self._notes: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._ahead:
            self._read_on()
        self.number += 1
        return self._ahead.popleft()

    def _read_on(self) -> None:
        data = self.stream.readline(LONGEST_RECORD)
        if not data:
            raise StopIteration
        text, notes = decode(data)
        self._notes += notes
        plain = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
        self._ahead += [f"{line}\n" for line in plain.removesuffix("\n").split("\n")]

    def take_notes(self) -> tuple[str, ...]:
        taken, self._notes = tuple(self._notes), []
        return taken


def _delimiter(header: str) -> str:
    """The one that cuts the most names out of the header; a title may hold a comma too."""
    return max(DELIMITERS, key=lambda delimiter: len(_cut(header, delimiter)))


def _columns(header: str) -> list[str]:
    return _cut(header, _delimiter(header))


def _cut(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header.strip()], delimiter=delimiter), [])
    except csv.Error:  # a line end within: no header
        return []

"""The JSON objects of a file: one, a list of them, one to a line, or one behind the other."""

import json
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from archive.importers.base import LONGEST_RECORD, Raw, RecordError
from archive.importers.reading.text import decode

_CHUNK = 64 * 1024
_MARKS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}]', re.DOTALL)


def objects(stream: BinaryIO) -> Iterator[Raw]:
    """The outermost objects in their order, each in its own words; no more than one is in memory.

    Where the first line is an object by itself, each line is one: a broken line then costs nothing
    but itself.
    """
    first = stream.readline(LONGEST_RECORD)
    if is_object(first):
        return _lines(chain([first], iter(partial(stream.readline, LONGEST_RECORD), b"")))
    return outermost(chain([first], iter(partial(stream.read, _CHUNK), b"")))


def outermost(chunks: Iterator[bytes]) -> Iterator[Raw]:
    """The outermost objects in the pieces of a file, whatever stands between them."""
    return _Cutter(chunks).objects()


def is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(decode(data)[0]), dict)
    except (ValueError, RecursionError):
        return False


def parsed_object(text: str) -> dict[str, object]:
    """The object that `text` is. Raises RecordError."""
    if len(text) > LONGEST_RECORD:
        raise RecordError(f"the record is longer than {LONGEST_RECORD:,} characters")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}") from error
    if not isinstance(values, dict):
        raise RecordError("not a JSON object")
    return values


def _lines(lines: Iterator[bytes]) -> Iterator[Raw]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            text, notes = decode(line.rstrip(b"\r\n"))
            yield Raw(number, text, notes)


class _Cutter:
    """Looks for the brace that ends what a brace began, and for nothing else. An object that never
    ends goes to the next line that begins as its own did."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._data = b""
        self._line = 1  # of the first byte of the data
        self._beginning = b"{"

    def objects(self) -> Iterator[Raw]:
        while self._seek():
            end = self._end()
            text, notes = decode(self._data[:end])
            yield Raw(self._line, text, notes)
            self._drop(end)

    def _seek(self) -> bool:
        """Let the data begin with the next object."""
        while (start := self._data.find(b"{")) < 0:
            self._drop(len(self._data))
            if not self._read_on():
                return False
        indent = self._data[self._data.rfind(b"\n", 0, start) + 1 : start]
        self._beginning = b"\n" + indent + b"{" if not indent.strip() else b"{"
        self._drop(start)
        return True

    def _end(self) -> int:
        """Where the object that the data begins with ends."""
        depth, place = 0, 0
        while True:
            for mark in _MARKS.finditer(self._data, place):
                if mark.end() == len(self._data) and mark[0][:1] == b'"':
                    break  # it may go on in the next chunk
                depth += {b"{": 1, b"}": -1}.get(mark[0], 0)
                place = mark.end()
                if not depth:
                    return place
            if len(self._data) > LONGEST_RECORD or not self._read_on():
                another = self._data.find(self._beginning, 1)
                return len(self._data) if another < 0 else another

    def _drop(self, end: int) -> None:
        self._line += self._data.count(b"\n", 0, end)
        self._data = self._data[end:]

    def _read_on(self) -> bool:
        chunk = next(self._chunks, b"")
        self._data += chunk
        return bool(chunk)

"""The formats that articles are written in."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TextIO

from archive.exporters import csv, jsonl, newsml_g2, ninjs
from archive.importers.base import Record


class Format(Protocol):
    """A module that writes one format, as a stream."""

    @property
    def NAME(self) -> str: ...  # noqa: N802  a constant of the module

    def write(self, records: Iterable[Record], out: TextIO) -> int:
        """Returns how many."""


_FORMATS: tuple[Format, ...] = (jsonl, csv, ninjs, newsml_g2)
FORMATS: Mapping[str, Format] = {format.NAME: format for format in _FORMATS}

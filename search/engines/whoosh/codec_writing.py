"""A segment out of Whoosh's own SegmentWriter: the way of commits of a few documents."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import FieldWriter, PerDocumentWriter
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.schema import RECORD
from search.engines.whoosh.write import Inverted, write_segment

Posting = tuple[str, bytes, int, float, bytes]
"""Field, term, document, weight, and what the field's format has encoded."""


class RecordsWriter(PerDocumentWriter):
    """Collects the record of each document. Whoosh reads `is_closed` and calls `cancel_doc`."""

    def __init__(self) -> None:
        self.is_closed = False
        self._records: list[bytes] = []
        self._inside = False

    def start_doc(self, docnum: int) -> None:
        self._refuse_halves()
        self._inside = True

    def add_field(self, fieldname: str, fieldobj: FieldType, value: object, length: int) -> None:
        """No field is stored, and lengths are what the postings add up to."""

    def add_column_value(self, fieldname: str, columnobj: object, value: bytes) -> None:
        """`record` is the only column."""
        self._records.append(value)

    def finish_doc(self) -> None:
        self._inside = False

    def cancel_doc(self) -> None:
        """Too late: Whoosh has postings of it already, which would land on the next document."""

    def close(self) -> None:
        self.is_closed = True

    def records(self) -> Array:
        """RECORD[n]."""
        self._refuse_halves()
        return np.frombuffer(b"".join(self._records), RECORD)

    def _refuse_halves(self) -> None:
        if self._inside:
            raise ValueError("A document failed halfway: the writer can only be cancelled.")


class FieldsWriter(FieldWriter):
    """Inverts each field and writes the segment. Whoosh reads `is_closed`."""

    def __init__(self, path: Path, documents: RecordsWriter) -> None:
        self.is_closed = False
        self._path = path
        self._documents = documents

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Posting]) -> None:
        """All postings of the segment, sorted. Called by a commit, not by a cancellation."""
        records = self._documents.records()
        found = {name: list(postings) for name, postings in groupby(items, itemgetter(0))}
        fields = {
            name: inverted(field, found.get(name, []), len(records))
            for name, field in schema.items()
            if field.indexed
        }
        write_segment(self._path, records, fields)

    def close(self) -> None:
        self.is_closed = True


def inverted(field: FieldType, postings: Sequence[Posting], size: int) -> Inverted:
    """One field of a segment of `size` documents; postings: sorted by term, then document."""
    runs = [(term, sum(1 for _ in run)) for term, run in groupby(postings, itemgetter(1))]
    terms = [term for term, _ in runs]
    starts = np.cumsum([0, *(length for _, length in runs)])
    docs = np.array([doc for _, _, doc, _, _ in postings], np.uint32)
    if not field.format.supports("positions"):
        return Inverted(terms, starts, docs)
    positions = decoded(field.format, postings)
    counts = np.array([len(at) for at in positions], np.int64)
    offsets = np.array([place for at in positions for place in at], np.int64)
    if not field.scorable:
        return Inverted(terms, starts, docs, counts=counts, offsets=offsets)
    weights = np.array([weight for _, _, _, weight, _ in postings], np.int64)
    lengths = np.bincount(docs, counts, minlength=size).astype(np.int64)
    return Inverted(terms, starts, docs, weights, lengths, counts, offsets)


def decoded(format: Any, postings: Sequence[Posting]) -> list[list[int]]:
    decode = format.decoder("positions")
    return [decode(value) for _, _, _, _, value in postings]

"""A segment as Whoosh's own readers and searchers see it. Ours read its arrays and need none of
this; with it, Whoosh can be asked whether they read them right.
"""

from bisect import bisect_left
from collections.abc import Iterator, Set
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader, FixedBytesColumn
from whoosh.fields import FieldType
from whoosh.filedb.structfile import BufferFile
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec_postings import Postings, Term, info_of
from search.engines.whoosh.schema import RECORD
from search.engines.whoosh.scoring import LENGTHS
from search.engines.whoosh.segment import NOTHING, Field, SegmentArrays


class DocumentsReader(base.PerDocumentReader):
    """Records, lengths and deletions. Lengths are those that the codes of `scoring` stand for, but
    for their sum, which is exact.
    """

    def __init__(self, arrays: SegmentArrays, deleted: Set[int]) -> None:
        self._arrays = arrays
        self._deleted = deleted

    def doc_count(self) -> int:
        return self._arrays.size - len(self._deleted)

    def doc_count_all(self) -> int:
        return self._arrays.size

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == "record"

    def column_reader(self, fieldname: str, column: FixedBytesColumn) -> ColumnReader:
        records = np.empty(self._arrays.size, RECORD)
        records["id"] = self._arrays.ids
        records["published"] = self._arrays.published
        records["day"] = self._arrays.days
        records["unit"] = self._arrays.units
        records["hash"] = self._arrays.hashes
        return column.reader(BufferFile(records.tobytes()), 0, records.nbytes, len(records))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        codes = self._codes(fieldname)
        return int(LENGTHS[codes[docnum]]) if len(codes) else default

    def field_length(self, fieldname: str) -> int:
        return self._arrays.fields[fieldname].words

    def min_field_length(self, fieldname: str) -> int:
        return int(LENGTHS[self._codes(fieldname).min()])

    def max_field_length(self, fieldname: str) -> int:
        return int(LENGTHS[self._codes(fieldname).max()])

    def stored_fields(self, docnum: int) -> dict[str, object]:
        return {}

    def _codes(self, fieldname: str) -> Array:
        """The length of each document; empty for fields that are not scored."""
        field = self._arrays.fields.get(fieldname)
        return field.lengths if field else NOTHING


class TermsReader(base.TermsReader):
    """The terms of all fields: fields by name, terms by their bytes."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._fields = arrays.fields

    def __contains__(self, term: Term) -> bool:
        field = self._fields.get(term[0])
        return field is not None and field.terms.number(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        return sorted(self._fields)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> "Cursor":
        return Cursor(self._fields[fieldname], fieldobj)

    def terms(self) -> Iterator[Term]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        return (
            (name, field.terms[number]) for name, field, number in self._from(fieldname, prefix)
        )

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        for name, field, number in self._from(fieldname, prefix):
            yield (name, field.terms[number]), info_of(field, number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Raises KeyError, of which Whoosh makes what it needs."""
        return info_of(*self._found(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> Postings:
        try:
            field, number = self._found(fieldname, text)
        except KeyError as missing:
            raise TermNotFound(f"{fieldname}:{text!r}") from missing
        return Postings(field, number, (fieldname, text), format_, scorer)

    def _found(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        field = self._fields[fieldname]
        number = field.terms.number(text)
        if number is None:
            raise KeyError((fieldname, text))
        return field, number

    def _from(self, fieldname: str, text: bytes) -> Iterator[tuple[str, Field, int]]:
        """The terms from that one on, of its field and of those behind it."""
        for name, field in sorted(self._fields.items()):
            if name >= fieldname:
                first = bisect_left(field.terms, text) if name == fieldname else 0
                for number in range(first, len(field.terms)):
                    yield name, field, number


class Cursor(base.FieldCursor):
    """Walks the terms of one field; None behind the last. Whoosh calls `text` as well."""

    def __init__(self, field: Field, fieldobj: FieldType) -> None:
        self._terms = field.terms
        self._type = fieldobj
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the term or the one behind where it would be."""
        self._at = bisect_left(self._terms, self._type.to_bytes(string))
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        if self._at == len(self._terms):
            return None
        text: str = self._type.from_bytes(self._terms[self._at])
        return text

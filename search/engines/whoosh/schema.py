"""What the index keeps of an article: Whoosh's schema and the values that go into it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.columns import ColumnReader, FixedBytesColumn
from whoosh.fields import COLUMN, Schema

from search.document import Entry, IndexDocument
from search.engines.whoosh.analysis import PositionsField, TermsField, in_parts, positions_of
from search.language.words import stem
from search.request import Facet

LAYOUT = 1
"""Raise it with any change to this schema or to the analysis of words: an index with another
layout is not read but rebuilt."""

RECORD = np.dtype([("id", "<i8"), ("published", "<i8"), ("day", "<i4"), ("hash", "u1", (32,))])
"""What filters, sorting and checks ask of one article: microseconds since 1970 (UTC), the day as
`date.toordinal` has it, 0 for undated, and the content hash."""

UNDATED = 0
"""The `day` of an article without a date. The first day of all is 1."""

LABEL = "\x1f"
"""Stands between slug and label in a facet's term. No slug has it."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RecordReader(ColumnReader):
    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._place = basepos, length

    def __getitem__(self, docnum: int) -> bytes:
        record: bytes = self._dbfile.get(self._place[0] + docnum * RECORD.itemsize, RECORD.itemsize)
        return record

    def load(self) -> npt.NDArray[np.void]:
        """RECORD for every document of the segment, in order."""
        return np.frombuffer(self._dbfile.get(*self._place), RECORD)


class RecordColumn(FixedBytesColumn):
    """RECORD, once per document, in one file that numpy reads as it is."""

    def __init__(self) -> None:
        super().__init__(RECORD.itemsize)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> RecordReader:
        return RecordReader(dbfile, basepos, length, doccount)


def facet_field(facet: Facet) -> str:
    return f"{facet}_facet"


SCHEMA = Schema(
    text=PositionsField(scored=True),  # headline, standfirst and body: what a bare word matches
    headline=PositionsField(scored=True),
    person=PositionsField(),
    tag=PositionsField(),
    section=PositionsField(),
    source=PositionsField(),
    byline=PositionsField(),
    exact=TermsField(),  # the words of `text` unstemmed: prefixes, other spellings
    headline_exact=TermsField(),
    record=COLUMN(RecordColumn()),
    **{facet_field(facet): TermsField() for facet in Facet},
)


def fields_of(document: IndexDocument) -> dict[str, object]:
    """The document as keyword arguments of Whoosh's `add_document`."""
    headline = in_parts([document.headline])
    text = in_parts([document.headline, document.standfirst, document.body])
    fields: dict[str, object] = {
        "text": positions_of(text, stem),
        "headline": positions_of(headline, stem),
        "exact": {token.term for token in text},
        "headline_exact": {token.term for token in headline},
        "byline": positions_of(in_parts([document.byline])),
        "record": record_of(document),
    }
    for facet, entries in entries_of(document).items():
        fields[facet.value] = positions_of(in_parts(names_of(entries)))
        fields[facet_field(facet)] = {f"{entry.slug}{LABEL}{entry.name}" for entry in entries}
    return fields


def entries_of(document: IndexDocument) -> dict[Facet, tuple[Entry, ...]]:
    return {
        Facet.PERSON: document.people,
        Facet.TAG: document.tags,
        Facet.SECTION: (document.section,) if document.section else (),
        Facet.SOURCE: (document.source,),
    }


def names_of(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield entry.name
        yield from entry.aliases


def record_of(document: IndexDocument) -> bytes:
    """RECORD as bytes."""
    published = document.published or EPOCH
    return np.array(
        (
            document.id,
            (published - EPOCH) // timedelta(microseconds=1),
            document.day.toordinal() if document.day else UNDATED,
            list(bytes.fromhex(document.hash())),
        ),
        RECORD,
    ).tobytes()

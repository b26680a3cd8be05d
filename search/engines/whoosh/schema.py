"""What the index keeps of an article: Whoosh's schema and the values that go into it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct

import numpy as np
from whoosh.columns import FixedBytesColumn
from whoosh.fields import COLUMN, Schema

from search.document import Entry, IndexDocument, entries_of, speakers_of
from search.engines.whoosh.analysis import (
    Placed,
    PositionsField,
    TermsField,
    in_parts,
    in_quotations,
    positions_of,
)
from search.language.words import Token, stem, tokens
from search.request import Facet

LAYOUT = 4
"""Raise it with any change to this schema or to the analysis of words: an index with another
layout is not read but rebuilt."""

RECORD = np.dtype([
    ("id", "<i8"), ("published", "<i8"), ("day", "<i4"), ("unit", "u1"), ("hash", "u1", (32,)),
])  # fmt: skip
"""What filters, sorting and checks ask of one article: microseconds since 1970 (UTC), the day as
`date.toordinal` has it, 0 for undated, the Unit that is known of it, and the content hash."""

_PACKED = Struct("<qqiB32s")
"""RECORD once more: numpy takes five times as long to make a single one."""

UNDATED = 0
"""The `day` of an article without a date. The first day of all is 1."""

LABEL = "\x1f"
"""Stands between slug and label in a facet's term. No slug has it."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def facet_field(facet: Facet) -> str:
    return f"{facet}_facet"


NAMED = (Facet.PERSON, Facet.TAG, Facet.SECTION, Facet.SOURCE)
"""The facets with a field for the words of their names. Who is quoted has `by`."""

QUOTATIONS = ("said", "said_exact", "by")
"""The fields with MARKs."""

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
    said=PositionsField(),  # the words of quotations, stemmed as in `text`; the fields below too
    said_exact=PositionsField(),  # have MARKs, and number the quotations alike
    by=PositionsField(),  # whom each quotation is attributed to
    record=COLUMN(FixedBytesColumn(RECORD.itemsize)),
    **{facet_field(facet): TermsField() for facet in Facet},
)


def fields_of(document: IndexDocument) -> dict[str, object]:
    """The document as keyword arguments of Whoosh's `add_document`."""
    headline = in_parts([document.headline])
    text = in_parts([document.headline, document.standfirst, document.body])
    fields: dict[str, object] = {
        "text": Placed(positions_of(text, stem), headline=words_in(headline)),
        "headline": Placed(positions_of(headline, stem)),
        "exact": {token.term for token in text},
        "headline_exact": {token.term for token in headline},
        "byline": Placed(positions_of(in_parts([document.byline]))),
        **quotations_of(document),
        "record": record_of(document),
    }
    for facet, entries in entries_of(document).items():
        if facet in NAMED:
            fields[facet.value] = Placed(positions_of(in_parts(names_of(entries))))
        fields[facet_field(facet)] = {f"{entry.slug}{LABEL}{entry.name}" for entry in entries}
    return fields


def quotations_of(document: IndexDocument) -> dict[str, Placed]:
    said = in_quotations([list(tokens(quote.words)) for quote in document.quotes])
    by = in_quotations([in_parts(names_of(speakers)) for speakers in speakers_of(document)])
    return {
        "said": Placed(positions_of(said, stem)),
        "said_exact": Placed(positions_of(said)),
        "by": Placed(positions_of(by)),
    }


def words_in(found: Sequence[Token]) -> int:
    """How many words one text has, in which they are numbered from 0."""
    return found[-1].position + 1 if found else 0


def names_of(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield entry.name
        yield from entry.aliases


def record_of(document: IndexDocument) -> bytes:
    """RECORD as bytes."""
    published = document.published or EPOCH
    return _PACKED.pack(
        document.id,
        (published - EPOCH) // MICROSECOND,
        document.day.toordinal() if document.day else UNDATED,
        document.unit,
        bytes.fromhex(document.hash()),
    )

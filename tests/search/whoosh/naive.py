"""Segments made the plain way, one posting after the other: for tests of what reads segments, and
as an oracle for what makes them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np

from search.document import IndexDocument, entries_of
from search.engines.whoosh.analysis import MARK, in_parts
from search.engines.whoosh.schema import (
    LABEL,
    NAMED,
    RECORD,
    facet_field,
    names_of,
    record_of,
)
from search.engines.whoosh.scoring import HEADLINE_WEIGHT
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Part, Snapshot
from search.engines.whoosh.write import Inverted, in_order, write_segment
from search.language.words import PART_GAP, Token, stem, tokens
from search.request import Facet

Postings = dict[str, dict[int, list[int]]]
"""Where each term stands in each document."""


def snapshot_of(
    folder: Path, *batches: Sequence[IndexDocument], deleted: Collection[int] = ()
) -> Snapshot:
    """A segment for each batch; deleted: ids of articles."""
    parts = []
    for number, batch in enumerate(batches):
        arrays = segment_of(folder / f"{number}.arrays", batch)
        gone = np.flatnonzero(np.isin(arrays.ids, list(deleted))).astype(np.uint32)
        parts.append(Part(arrays, gone))
    return Snapshot(parts)


def segment_of(path: Path, documents: Iterable[IndexDocument]) -> SegmentArrays:
    documents = list(documents)
    records = np.frombuffer(b"".join(map(record_of, documents)), RECORD)
    order = in_order(records)
    write_segment(path, records[order], inverted([documents[number] for number in order]))
    return SegmentArrays.open(path)


def inverted(documents: Sequence[IndexDocument]) -> dict[str, Inverted]:
    texts = [in_parts([one.headline, one.standfirst, one.body]) for one in documents]
    headlines = [in_parts([one.headline]) for one in documents]
    headline_words = [len({token.position for token in found}) for found in headlines]
    fields = {
        "text": placed(texts, stemmed=True, headline_words=headline_words),
        "headline": placed(headlines, stemmed=True, headline_words=[0] * len(documents)),
        "exact": listed([token.term for token in text] for text in texts),
        "headline_exact": listed([token.term for token in text] for text in headlines),
        "byline": placed([in_parts([one.byline]) for one in documents]),
    }
    said = [between_marks([list(tokens(q.words)) for q in one.quotes]) for one in documents]
    fields["said"] = placed(said, stemmed=True)
    fields["said_exact"] = placed(said)
    fields["by"] = placed(
        between_marks([in_parts(names_of([q.speaker] if q.speaker else [])) for q in one.quotes])
        for one in documents
    )
    entries = [entries_of(one) for one in documents]
    for facet in NAMED:
        fields[facet] = placed([in_parts(names_of(own[facet])) for own in entries])
    for facet in Facet:
        fields[facet_field(facet)] = listed(
            [f"{entry.slug}{LABEL}{entry.name}" for entry in own[facet]] for own in entries
        )
    return fields


def between_marks(quotations: Sequence[list[Token]]) -> list[Token]:
    """Each quotation behind a mark, and a mark behind the last."""
    found: list[Token] = []
    at = 0
    for quotation in quotations:
        found.append(Token(MARK, at, 0, 0))
        found += [token._replace(position=at + 1 + token.position) for token in quotation]
        at = found[-1].position + PART_GAP
    return [*found, Token(MARK, at, 0, 0)] if quotations else []


def listed(documents: Iterable[Iterable[str]]) -> Inverted:
    postings: Postings = defaultdict(dict)
    for number, terms in enumerate(documents):
        for term in terms:
            postings[term][number] = []
    return of(postings)


def placed(
    documents: Iterable[list[Token]],
    *,
    stemmed: bool = False,
    headline_words: Sequence[int] | None = None,
) -> Inverted:
    postings: Postings = defaultdict(dict)
    for number, found in enumerate(documents):
        for token in found:
            term = stem(token.term) if stemmed else token.term
            places = postings[term].setdefault(number, [])
            if token.position not in places:
                places.append(token.position)
    return of(postings, placed=True, headline_words=headline_words)


def of(
    postings: Postings, *, placed: bool = False, headline_words: Sequence[int] | None = None
) -> Inverted:
    """Fields with `headline_words`, the positions before which are the headline's, are scored."""
    terms = sorted(postings, key=str.encode)
    own = [(number, places) for term in terms for number, places in sorted(postings[term].items())]
    starts = np.cumsum([0, *(len(postings[term]) for term in terms)])
    docs = np.array([number for number, _ in own], np.uint32)
    counts = np.array([len(places) for _, places in own], np.int64)
    offsets = np.array([place for _, places in own for place in places], np.int64)
    names = [term.encode() for term in terms]
    if not placed:
        return Inverted(names, starts, docs)
    if headline_words is None:
        return Inverted(names, starts, docs, counts=counts, offsets=offsets)
    weights = np.array(
        [
            len(places) + HEADLINE_WEIGHT * sum(at < headline_words[number] for at in places)
            for number, places in own
        ],
        np.int64,
    )
    lengths = np.bincount(docs, counts, minlength=len(headline_words)).astype(np.int64)
    return Inverted(names, starts, docs, weights, lengths, counts, offsets)

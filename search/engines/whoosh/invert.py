"""Documents into the inverted fields of a segment, all documents at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from search.document import Entry, IndexDocument, entries_of, speakers_of
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.cut import Lookup, cut
from search.engines.whoosh.occurrences import Occurrences, occurrences
from search.engines.whoosh.pieces import Entries, Words
from search.engines.whoosh.schema import NAMED, facet_field
from search.engines.whoosh.scoring import HEADLINE_WEIGHT
from search.engines.whoosh.streams import Stream
from search.engines.whoosh.terms import Stems
from search.engines.whoosh.write import Inverted
from search.request import Facet

Streams = Mapping[str, Stream]
"""By field. Of words and names they have the terms, of `facet_field`s the entries."""

KEPT = 16 << 20
"""Bytes of pieces from which on a vocabulary is full: some 280,000 words."""


class Vocabulary:
    """What is remembered from one segment to the next. Once it is full, begin a new one."""

    def __init__(self) -> None:
        self.words = Words()
        self.entries = Entries()
        self.stems = Stems()
        self._lookup = Lookup(self.words)

    @property
    def full(self) -> bool:
        return self.words.bytes + self.entries.bytes > KEPT

    def unless_full(self) -> "Vocabulary":
        return Vocabulary() if self.full else self

    def texts(self, texts: Sequence[str], parts: int) -> Stream:
        """Each text is a part, and a document has so many of them."""
        found = cut(texts)
        numbers = self._lookup.numbers(found)
        documents = np.full(len(texts) // parts, parts)
        return self.words.stream(numbers, found.lengths, documents)

    def quotations(self, documents: Sequence[IndexDocument]) -> Streams:
        """What is said in them, and by whom."""
        parts = np.array([len(one.quotes) + 1 if one.quotes else 0 for one in documents], np.int64)
        quoting = [one for one in documents if one.quotes]
        said = cut([words for one in quoting for words in (*(q.words for q in one.quotes), "")])
        speakers, counts = self.numbers(
            [speaker for one in quoting for speaker in (*speakers_of(one), ())]
        )
        return {
            "said": self.words.marked(self._lookup.numbers(said), said.lengths, parts),
            "by": self.entries.marked(speakers, counts, parts),
        }

    def numbers(self, documents: Sequence[Sequence[Entry]]) -> tuple[Array, Array]:
        """The numbers of the entries of documents, one document after the other, u4[E]; and how
        many each has, u4[n].
        """
        counts = np.fromiter(map(len, documents), np.uint32, len(documents))
        entries = map(self.entries.__getitem__, chain.from_iterable(documents))
        return np.fromiter(entries, np.uint32, int(counts.sum())), counts


def streams_of(documents: Sequence[IndexDocument], vocabulary: Vocabulary) -> Streams:
    """The texts of documents, and their facets' names and entries."""
    parts = chain.from_iterable((one.headline, one.standfirst, one.body) for one in documents)
    bylines = [one.byline for one in documents]
    streams = {
        "text": vocabulary.texts(list(parts), parts=3),
        "byline": vocabulary.texts(bylines, parts=1),
        **vocabulary.quotations(documents),
    }
    facets = [entries_of(one) for one in documents]
    for facet in Facet:
        own = [entries[facet] for entries in facets]
        numbers, counts = vocabulary.numbers(own)
        if facet in NAMED:
            streams[facet] = vocabulary.entries.stream(numbers, np.ones_like(numbers), counts)
        streams[facet_field(facet)] = vocabulary.entries.labelled(numbers, counts)
    return streams


def inverted(streams: Streams, vocabulary: Vocabulary) -> dict[str, Inverted]:
    """All fields of a segment. streams: of documents in the order that `segment` asks for."""
    words, entries = vocabulary.words.terms, vocabulary.entries
    fields = texts(occurrences(words, streams["text"]), vocabulary)
    fields["byline"] = placed(occurrences(words, streams["byline"]))
    fields |= said(occurrences(words, streams["said"]), vocabulary)
    for name in ("by", *NAMED):
        fields[name] = placed(occurrences(entries.terms, streams[name]))
    for name in map(facet_field, Facet):
        fields[name] = listed(occurrences(entries.labels, streams[name]))
    return fields


def texts(exact: Occurrences, vocabulary: Vocabulary) -> dict[str, Inverted]:
    """The fields that hold an article's own words."""
    fields = {
        "exact": listed(exact),
        "headline_exact": listed(exact.where(exact.in_first_part)),
    }
    stems = vocabulary.stems
    text = exact.renamed(stems, stems.of(vocabulary.words.terms))
    in_headline = text.in_first_part
    headline = text.where(in_headline)
    fields["text"] = scored(text, in_headline)
    fields["headline"] = scored(headline, np.zeros(len(headline.keys), np.bool_))
    return fields


def said(exact: Occurrences, vocabulary: Vocabulary) -> dict[str, Inverted]:
    stems = vocabulary.stems
    stemmed = exact.renamed(stems, stems.of(vocabulary.words.terms))
    return {"said": placed(stemmed), "said_exact": placed(exact)}


def listed(found: Occurrences) -> Inverted:
    """Which documents have a term."""
    first = found.postings
    return grouped(found.ranking.names, found.keys[first] >> 32, found.docs[first])


def placed(found: Occurrences) -> Inverted:
    """With positions."""
    counts = np.diff(found.postings, append=len(found.keys))
    offsets = found.places - found.bases[found.docs]
    return replace(listed(found), counts=counts, offsets=offsets)


def scored(found: Occurrences, in_headline: Array) -> Inverted:
    """With positions and weights. in_headline: bool[O], which occurrences weigh more."""
    weights = np.ones(len(found.keys), np.int64) + HEADLINE_WEIGHT * in_headline
    return replace(
        placed(found),
        weights=np.add.reduceat(weights, found.postings),
        lengths=np.bincount(found.docs, minlength=len(found.heads)),
    )


def grouped(names: Sequence[str], ranks: Array, docs: Array) -> Inverted:
    """Postings by name; ranks: integers [P], ascending, the name of each; docs: its document."""
    frequencies = np.bincount(ranks, minlength=len(names))
    used = np.flatnonzero(frequencies)
    starts = np.append(0, np.cumsum(frequencies[used]))
    return Inverted([names[number].encode() for number in used.tolist()], starts, docs)

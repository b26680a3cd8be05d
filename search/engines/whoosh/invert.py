"""Documents into the inverted fields of a segment, all documents at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from search.document import Entry, IndexDocument
from search.engines.whoosh.analysis import in_parts
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.occurrences import Occurrences, is_new, occurrences, order_of, ranked_of
from search.engines.whoosh.pieces import Pieces, Stream, Words, of_entries, of_texts
from search.engines.whoosh.schema import LABEL, entries_of, facet_field, names_of
from search.engines.whoosh.scoring import HEADLINE_WEIGHT
from search.engines.whoosh.write import Inverted
from search.language.words import stem
from search.request import Facet

KEPT = 16 << 20
"""Bytes of pieces from which on a vocabulary is full: some 280,000 words."""


class Stems(dict[str, str]):
    """The stem of each term. `stem` itself remembers fewer than a segment has."""

    def __missing__(self, term: str) -> str:
        found = self[term] = stem(term)
        return found


class Vocabulary:
    """What is remembered from one segment to the next. Once it is full, begin a new one."""

    def __init__(self) -> None:
        self.words = Words()
        self.entries: Pieces[Entry] = Pieces(lambda entry: in_parts(names_of([entry])))
        self.stems = Stems()

    @property
    def full(self) -> bool:
        return self.words.bytes + self.entries.bytes > KEPT


def inverted(documents: Sequence[IndexDocument], vocabulary: Vocabulary) -> dict[str, Inverted]:
    """All fields of a segment. documents: in the order that `segment` asks for."""
    words, entries = vocabulary.words, vocabulary.entries
    bylines = of_texts(words, (one.byline for one in documents), parts=1)
    fields = texts(documents, vocabulary) | {"byline": placed(occurrences(words, bylines))}
    facets = [entries_of(one) for one in documents]
    streams = {facet: of_entries(entries, [own[facet] for own in facets]) for facet in Facet}
    labels = [f"{entry.slug}{LABEL}{entry.name}" for entry in entries]
    for facet, stream in streams.items():
        fields[facet] = placed(occurrences(entries, stream))
        fields[facet_field(facet)] = labelled(labels, stream)
    return fields


def texts(documents: Iterable[IndexDocument], vocabulary: Vocabulary) -> dict[str, Inverted]:
    """The fields that hold an article's own words."""
    parts = chain.from_iterable((one.headline, one.standfirst, one.body) for one in documents)
    exact = occurrences(vocabulary.words, of_texts(vocabulary.words, parts, parts=3))
    fields = {
        "exact": listed(exact),
        "headline_exact": listed(exact.where(exact.in_first_part)),
    }
    text = exact.renamed(vocabulary.stems.__getitem__)
    del exact  # the largest thing there is, and what follows is as large
    in_headline = text.in_first_part
    headline = text.where(in_headline)
    fields["text"] = scored(text, in_headline)
    fields["headline"] = scored(headline, np.zeros(len(headline.keys), np.bool_))
    return fields


def listed(found: Occurrences) -> Inverted:
    """Which documents have a term."""
    first = found.postings
    return grouped(found.names, found.keys[first] >> 32, found.docs[first])


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


def labelled(labels: Sequence[str], stream: Stream) -> Inverted:
    """Which documents carry an entry. labels: of the entries, by their numbers in the stream."""
    names, ranks = ranked_of(labels, stream.pieces)
    docs = np.repeat(np.arange(len(stream.firsts) - 1), np.diff(stream.firsts))
    order = order_of(ranks)
    ranks, docs = ranks[order], docs[order]
    new = is_new(ranks << 32 | docs)  # a document may have an entry twice
    return grouped(names, ranks[new], docs[new])


def grouped(names: Sequence[str], ranks: Array, docs: Array) -> Inverted:
    """Postings by name; ranks: integers [P], ascending, the name of each; docs: its document."""
    frequencies = np.bincount(ranks, minlength=len(names))
    used = np.flatnonzero(frequencies)
    starts = np.append(0, np.cumsum(frequencies[used]))
    return Inverted([names[number].encode() for number in used.tolist()], starts, docs)

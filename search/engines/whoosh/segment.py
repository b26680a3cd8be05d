"""A segment as it is kept: what each array in its file means, and typed views of them.

Documents are numbered in the order of (time of publication, id), undated ones first: a range of
dates is a slice, and the newest are the last. n documents have

    ids           <i8[n]      the article's id
    published     <i8[n]      microseconds since 1970 (UTC); 0 for undated
    days          <i4[n]      `date.toordinal` in the newsroom's zone; UNDATED for undated
    units         |u1[n]      `Unit`: of what the day is the first, if no more is known
    hashes        |u1[n, 32]  the content hash
    by_id         <u4[n]      the documents by ascending id

Each field f has its T terms, ascending by their bytes, and for each the documents that have it:

    f/terms       |u1[...]    the terms (UTF-8), one behind the other
    f/ends        <u4[T+1]    term t is terms[ends[t]:ends[t + 1]]
    f/starts      <i8[T+1]    its postings are [starts[t]:starts[t + 1]] of what follows
    f/docs        <u4[P]      ascending within a term

Fields that are scored also have

    f/weights     |u1[P]      how often, see `scoring`; capped at MAX_WEIGHT
    f/impacts     |u1[P]      the saturation, quantised; never 0
    f/lengths     |u1[n]      codes of the number of words
    f/words       <i8[1]      the sum of the numbers of words
    f/dense       <u4[R]      ascending: the terms that more than one in DENSE documents has, and
    f/rows        |u1[R, n]   the impact of each of them in every document, 0 where it is not

Fields whose terms stand side by side have a space of places: document d has the places from
bases[d] on, PART_GAP of them free behind each part of it and before the first document.

    f/bases       <u4[n+1]
    f/standing    <i8[T+1]    term t stands at places[standing[t]:standing[t + 1]]
    f/places      <u4[O]      ascending within a term

and `text` has these once more by place, because most phrases are made of frequent words:

    f/stream      <u2[...]    which word stands at a place: its code, FREE, or RARE
    f/codes       <u2[T]      the code of each term, RARE for all but the most frequent
    f/overlay     <u8[X]      ascending: term << 32 | place, of words that stand at a place which
                              the stream gives to another: `b52`, where it has `b`

In the fields of QUOTATIONS a MARK stands before each quotation of a document and behind the last;
the n-th mark of a segment is about the same quotation in all of them.

Each facet has a field g, `facet_field`, with the postings of its values, and besides, numbering
these V values by falling number of documents, then by term,

    g/values      <u4[V]      the term of each value
    g/firsts      <u4[n+1]    document d carries the values carried[firsts[d]:firsts[d + 1]],
    g/carried     <u2 or <u4  ascending
    g/bitmaps     <u8[F, ceil(n / 64)]  bit d % 64 of word d // 64: does document d carry the value?
                              for the FREQUENT most frequent values of large segments

Each field of a large segment, but for QUOTATIONS, also has

    f/often       <u4[R]      ascending: the terms that more than one in OFTEN documents has, and
    f/beside      <u4[R, K]   in how many documents each of them comes with each of the first BESIDE
                              values of each facet, one facet behind the other
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.analysis import MARK
from search.engines.whoosh.arrays import Array, open_arrays
from search.engines.whoosh.bars import Bars
from search.engines.whoosh.names import Names
from search.engines.whoosh.recent import Recent
from search.engines.whoosh.schema import QUOTATIONS, UNDATED, facet_field
from search.engines.whoosh.sorted_terms import SortedTerms
from search.engines.whoosh.sums import Sums
from search.engines.whoosh.vague import Vague
from search.request import Facet

DENSE = 10
"""A scored term that more than one in so many documents has is also kept as a row."""

FREE = 0
"""In the stream: no word stands here."""

RARE = 0xFFFF
"""In the stream and as a code: one of the words that have no code of their own."""

FREQUENT = 64
"""The values of a facet that are also kept as bitmaps."""

OFTEN = 400
"""Of a term that more than one in so many documents has, it is kept which values come with it."""

BESIDE = 1024
"""For so many values of each facet, the most frequent."""

LARGE = 4096
"""Documents from which on a segment has rows, bitmaps and company; below that they gain nothing."""

BLOCK = 7
"""Finding the document that has a place begins at a table of blocks of 2 ** BLOCK places. So few
documents begin in one that the rest is quicker than a binary search, by four times where many
places are asked for."""

BLOCK_OF_QUOTATIONS = 5
"""They are so short that six begin in a block of 2 ** BLOCK places: this takes a third of the time.
"""

AT_A_TIME = 8192
"""Documents whose values are looked up at a time: what that takes stays in the cache."""

REMEMBERED = 8
"""Answers about words near each other: more than one query may ask for. Each takes up to four bytes
for each document."""

NOTHING: Array = np.empty(0, np.uint8)

Docs = npt.NDArray[np.uint32]
"""Numbers of documents of one segment: u4, ascending, unique."""


@dataclass(frozen=True)
class Field:
    """One field of a segment. Arrays that the field does not have are empty."""

    terms: SortedTerms
    starts: Array
    docs: Array
    weights: Array
    impacts: Array
    lengths: Array
    words: int
    rows: Mapping[int, Array]
    bases: Array
    standing: Array
    places: Array
    stream: Array
    codes: Array
    overlay: Array
    often: Array
    beside: Array

    block: ClassVar[int] = BLOCK

    @cached_property
    def found_near(self) -> "Recent[Docs]":
        return Recent(REMEMBERED)

    def docs_of(self, number: int) -> Docs:
        """The documents that have a term."""
        return self.docs[self.starts[number] : self.starts[number + 1]]

    def docs_of_any(self, first: int, behind: int) -> Array:
        """The documents that have the terms from one to before another: u4, in any order, some more
        than once.
        """
        return self.docs[self.starts[first] : self.starts[behind]]

    def frequency(self, number: int) -> int:
        """How many documents have a term."""
        return int(self.starts[number + 1] - self.starts[number])

    def places_of(self, number: int) -> Array:
        """Where a term stands: u4, ascending."""
        return self.places[self.standing[number] : self.standing[number + 1]]

    def docs_at(self, places: Array) -> Docs:
        """The document that has each of these places: u4, as many as there are places.

        places: u4, each within some document.
        """
        docs = self._block_docs.take(places >> self.block)
        ends = self.bases[1:]
        behind = np.flatnonzero(ends.take(docs) <= places)
        while len(behind):
            docs[behind] += np.uint32(1)
            behind = behind.compress(ends.take(docs.take(behind)) <= places.take(behind))
        return docs

    @cached_property
    def _block_docs(self) -> Docs:
        """For each block of places the last document that begins before it, or the first of all. 31
        kB for a million places; of quotations 125 kB.
        """
        begun = np.bincount(self.bases >> self.block)
        return np.maximum(begun.cumsum() - begun - 1, 0).astype(np.uint32)

    @classmethod
    def of(cls, arrays: Mapping[str, Array], name: str) -> "Field":
        def array(part: str) -> Array:
            return arrays.get(f"{name}/{part}", NOTHING)

        return cls(
            SortedTerms(array("terms"), array("ends")),
            array("starts"),
            array("docs"),
            array("weights"),
            array("impacts"),
            array("lengths"),
            int(array("words").sum()),
            dict(zip(array("dense").tolist(), array("rows"), strict=True)),
            array("bases"),
            array("standing"),
            array("places"),
            array("stream"),
            array("codes"),
            array("overlay"),
            array("often"),
            arrays.get(f"{name}/beside", NOTHING.reshape(0, 0)),
        )


class QuotedField(Field):
    """A field of quotations that has these for documents: its `bases` are the marks. All other
    arrays are those of the field that it is made of.

    The quotations of a segment are numbered through. What is behind the last quotation of an
    article has a number as well, and nothing in it.
    """

    block = BLOCK_OF_QUOTATIONS

    def docs_of(self, number: int) -> Docs:
        return once(self.docs_at(self.places_of(number)))

    def docs_of_any(self, first: int, behind: int) -> Array:
        return self.docs_at(self.places[self.standing[first] : self.standing[behind]])

    @classmethod
    def made_of(cls, field: Field) -> "QuotedField":
        number = field.terms.number(MARK.encode())
        marks = np.zeros(1, np.uint32) if number is None else field.places_of(number)
        arrays = {each.name: getattr(field, each.name) for each in fields(Field)}
        return cls(**{**arrays, "bases": marks})


@dataclass(frozen=True)
class Values:
    """The values of one facet in a segment, numbered by falling number of documents.

    beside: which columns of `Field.beside` are about its first values.
    """

    field: Field
    beside: slice
    terms: Array
    firsts: Array
    carried: Array
    bitmaps: Array

    @cached_property
    def frequencies(self) -> npt.NDArray[np.int64]:
        """How many documents carry each value; falling."""
        return np.diff(self.field.starts)[self.terms]

    @property
    def kept(self) -> int:
        """How many columns of `Field.beside` are about them."""
        return min(len(self.terms), BESIDE)

    @cached_property
    def names(self) -> Names:
        return Names.of(self.field.terms, self.terms)

    def docs_of(self, value: int) -> Docs:
        """The documents that carry a value."""
        starts, ends = self._bounds
        return self.field.docs[starts[value] : ends[value]]

    @cached_property
    def _bounds(self) -> tuple[memoryview, memoryview]:
        # As `field.docs_of` has it, but read in a third of the time.
        starts = self.field.starts
        return starts.take(self.terms).data, starts[1:].take(self.terms).data

    def carried_by(self, docs: Docs) -> Array:
        """The values that documents carry, one document after the other: u2 or u4."""
        return self.carried.take(spans(self.firsts.take(docs), self.firsts[1:].take(docs)))

    def counts(self, docs: Docs, first: int) -> npt.NDArray[np.int64]:
        """i8 [first]: how many of the documents, one that comes twice being two, carry each of the
        first values.
        """
        counts = np.zeros(first, np.int64)
        for start in range(0, len(docs), AT_A_TIME):
            carried = self.carried_by(docs[start : start + AT_A_TIME])
            counts += np.bincount(carried, minlength=first)[:first]
        return counts

    @classmethod
    def of(cls, arrays: Mapping[str, Array], name: str, field: Field, column: int) -> "Values":
        """column: the first of its own in `Field.beside`."""
        parts = ("values", "firsts", "carried", "bitmaps")
        beside = slice(column, column + min(len(field.terms), BESIDE))
        return cls(field, beside, *(arrays[f"{name}/{part}"] for part in parts))


class SegmentArrays:
    """A segment, mapped. Immutable, safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.ids = arrays["ids"]
        self.published = arrays["published"]
        self.days = arrays["days"]
        self.units = arrays["units"]
        self.hashes = arrays["hashes"]
        self.by_id = arrays["by_id"]
        self.size = len(self.ids)
        names = [name.partition("/")[0] for name in arrays if name.endswith("/terms")]
        self.fields = {name: Field.of(arrays, name) for name in names}
        self.facets: dict[Facet, Values] = {}
        column = 0
        for facet in Facet:
            name = facet_field(facet)
            self.facets[facet] = values = Values.of(arrays, name, self.fields[name], column)
            column = values.beside.stop

    @classmethod
    def open(cls, path: Path, sums: Sums | None = None) -> "SegmentArrays":
        """As `open_arrays`."""
        return cls(open_arrays(path, sums))

    @cached_property
    def undated(self) -> int:
        """How many documents have no date: the first ones."""
        return int(np.searchsorted(self.days, UNDATED, "right"))

    @cached_property
    def quoted(self) -> Mapping[str, Field]:
        """The fields of quotations."""
        return {name: QuotedField.made_of(self.fields[name]) for name in QUOTATIONS}

    @cached_property
    def vague(self) -> Vague:
        return Vague.of(self.days, self.units)

    @cached_property
    def by_day(self) -> Bars:
        return Bars.of(self.days, self.undated, self.vague)

    @cached_property
    def by_month(self) -> Bars:
        return self.by_day.months()

    def holding(self, ids: Collection[int]) -> Docs:
        """The documents of these articles, deleted ones included, in the logarithm of the size
        for each.
        """
        wanted = np.fromiter(ids, np.int64, len(ids))
        first = np.searchsorted(self.ids, wanted, "left", self.by_id)
        behind = np.searchsorted(self.ids, wanted, "right", self.by_id)
        return np.unique(self.by_id[spans(first, behind)])


def once(docs: Docs) -> Docs:
    """Of documents that ascend, each once."""
    if not len(docs):
        return docs
    changes = docs[1:] != docs[:-1]
    return docs.compress(np.concatenate([[True], changes]))


def spans(starts: Array, ends: Array) -> Array:
    """starts[0] to ends[0], then starts[1] to ends[1], and so on; of the same dtype."""
    if not len(starts):
        return starts
    behind = (ends - starts).cumsum(dtype=starts.dtype)
    steps = np.ones(int(behind[-1]) + 1, starts.dtype)
    steps[0] = starts[0]
    # A step from the end of each to the start of the next; where one is empty, two are one.
    np.add.at(steps, behind[:-1], starts[1:] - ends[:-1])
    places: Array = steps[:-1].cumsum(dtype=starts.dtype)
    return places

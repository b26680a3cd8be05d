"""Any number of articles, the same ones every time, without keeping them.

An article has as many sentences as some real article, drawn from all of them. Its people are drawn
by Zipf's law. It is made from its number alone, a chunk of articles at a time, so any part of a
corpus can be made without the rest.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from benchmarks.names import SECTIONS, SOURCES, TAGS, people
from benchmarks.sentences import Sentences
from search.document import Entry, IndexDocument

VERSION = 1
"""Raise it with any change to what an article is made of: kept indexes are then built anew."""

SEED = 1_987
CHUNK = 1_000
"""Articles that are drawn together."""

FIRST_DAY = date(1990, 1, 1)
DAYS = 30 * 365 + 7
"""To the last day of 2019."""

WITH_STANDFIRST = 0.3
OUT_OF_ORDER = 0.15
"""Of the articles: loaded later than published, so that the number does not follow the date."""

PEOPLE_SHARES = (0.14, 0.25, 0.25, 0.16, 0.11, 0.06, 0.03)
"""Of the articles with nobody, one, two … six people drawn; some are drawn twice and count once."""

Counts = npt.NDArray[np.int64]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Corpus:
    """`size` articles with the ids 1 to `size`."""

    size: int
    sentences: Sentences

    @cached_property
    def key(self) -> str:
        """Names the corpus: equal keys, equal articles, in the same time zone."""
        made_of = f"{VERSION} {SEED} {self.size} {self.sentences.digest}"
        return f"{self.size}-{hashlib.sha256(made_of.encode()).hexdigest()[:10]}"

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[IndexDocument]:
        return self.between(1, self.size + 1)

    def between(self, first: int, end: int) -> Iterator[IndexDocument]:
        """The articles with ids from `first` to before `end`, by id. They go on beyond `size`."""
        for chunk in range((first - 1) // CHUNK, (end - 2) // CHUNK + 1):
            for document in self._chunk(chunk):
                if first <= document.id < end:
                    yield document

    def _chunk(self, chunk: int) -> Iterator[IndexDocument]:
        draw = np.random.default_rng([SEED, chunk])
        real = self.sentences
        ids = np.arange(chunk * CHUNK + 1, (chunk + 1) * CHUNK + 1)
        lengths = np.array(real.lengths)[draw.integers(len(real.lengths), size=CHUNK)]
        rows = zip(
            ids.tolist(),
            each_one(draw, real.headlines),
            some(draw, real.bodies, draw.binomial(1, WITH_STANDFIRST, size=CHUNK)),
            some(draw, real.bodies, lengths),
            moments(draw, (ids - 1) % self.size / self.size),
            mentions(draw),
            some(draw, TAGS, draw.integers(4, size=CHUNK)),
            each_one(draw, SECTIONS),
            each_one(draw, SOURCES),
            strict=True,
        )
        for id, headline, standfirst, body, published, mentioned, tags, section, source in rows:
            yield IndexDocument(
                id=id,
                headline=headline,
                standfirst=" ".join(standfirst),
                body="\n".join(body),
                byline="",
                published=published,
                day=published.date(),
                people=tuple(dict.fromkeys(mentioned)),
                tags=tuple(dict.fromkeys(tags)),
                section=section,
                source=source,
            )


def each_one(draw: np.random.Generator, values: Sequence[Value]) -> list[Value]:
    """One of the values for each article of a chunk."""
    return [values[number] for number in draw.integers(len(values), size=CHUNK).tolist()]


def some(draw: np.random.Generator, values: Sequence[Value], counts: Counts) -> list[list[Value]]:
    """For each article of a chunk as many of the values as it is to have."""
    return grouped(values, draw.integers(len(values), size=counts.sum()), counts)


def mentions(draw: np.random.Generator) -> list[list[Entry]]:
    """For each article of a chunk its people: the n-th most frequent one a 1/n-th as often as the
    first (Zipf's law)."""
    counts = draw.choice(len(PEOPLE_SHARES), size=CHUNK, p=PEOPLE_SHARES)
    frequencies = np.cumsum(1 / np.arange(1, len(people()) + 1))
    numbers = np.searchsorted(frequencies, draw.random(counts.sum()) * frequencies[-1])
    return grouped(people(), numbers, counts)


def grouped(values: Sequence[Value], numbers: Counts, counts: Counts) -> list[list[Value]]:
    """The values of these numbers, dealt out: to the first article counts[0], and so on."""
    flat = [values[number] for number in numbers.tolist()]
    ends = np.cumsum(counts).tolist()
    return [flat[start:end] for start, end in pairwise([0, *ends])]


def moments(draw: np.random.Generator, order: npt.NDArray[np.float64]) -> list[datetime]:
    """When each article of a chunk was published, in the newsroom's zone.

    order: how much of the thirty years is over, 0 to 1, for those that came in order. No time lies
    in the night, when a clock may be put forward.
    """
    anywhere = draw.random(CHUNK) < OUT_OF_ORDER
    days = (np.where(anywhere, draw.random(CHUNK), order) * DAYS).astype(int).tolist()
    minutes = draw.integers(5 * 60, 23 * 60, size=CHUNK).tolist()
    first = datetime(FIRST_DAY.year, 1, 1, tzinfo=timezone.get_default_timezone())
    return [
        first + timedelta(days=day, minutes=minute)
        for day, minute in zip(days, minutes, strict=True)
    ]

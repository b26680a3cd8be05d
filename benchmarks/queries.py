"""The sixty queries: five of each of twelve kinds, chosen by how many articles have the words.

Words, phrases and beginnings are taken from the corpus itself, so all of them occur.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from benchmarks.analysed import analysed
from benchmarks.corpus import Corpus
from benchmarks.frequencies import Frequencies
from benchmarks.names import SECTIONS, people
from search.language.parser import parse
from search.request import Facet, FacetRequest, SearchRequest

SAMPLE = 20_000
"""Articles, the corpus's first, that frequencies are counted in."""

JOB = SearchRequest(all_people=True, facets=(FacetRequest(Facet.PERSON, limit=20),), limit=20)
"""The whole job: the best 20 articles, the total, the top 20 people, the months. With `all_people`
a chosen person is a part of the query, and people are counted within it, in every engine."""


class Kind(StrEnum):
    RARE = "rare word"
    MIDDLE = "middle word"
    COMMON = "common word"
    AND = "AND of two"
    OR = "OR of two"
    OR_OF_FIVE = "OR of five"
    PHRASE = "phrase"
    PREFIX = "prefix"
    PERSON = "word + person"
    DATES = "word + dates"
    FILTERS = "filters alone"
    EVERYTHING = "everything"


# Shares of the articles that have a word, a phrase or a beginning, for each of five queries.
RARE = (0.0001,) * 5
MIDDLE = (0.01,) * 5
COMMON = (0.6, 0.4, 0.25, 0.17, 0.12)
PAIRS = ((0.5, 0.2), (0.3, 0.1), (0.2, 0.05), (0.1, 0.1), (0.05, 0.02))
FIVES = ((0.3, 0.1, 0.05, 0.02, 0.01),) * 5
PHRASES = (0.1, 0.03, 0.01, 0.003, 0.001)
BEGINNINGS = (0.3, 0.15, 0.08, 0.04, 0.02)

PERSONS = (0, 2, 10, 50, 300)
"""Numbers in `names.people`, where the most frequent is 0."""

PERIODS = (
    (date(1994, 3, 1), date(1994, 3, 31)),
    (date(2001, 1, 1), date(2001, 12, 31)),
    (date(2006, 5, 17), date(2009, 2, 3)),
    (date(1999, 1, 1), date(2008, 12, 31)),
    (date(1991, 7, 4), date(2016, 10, 30)),
)


@dataclass(frozen=True, slots=True)
class Query:
    """One question, as it is asked of every engine. `text` is what was typed in it."""

    kind: Kind
    text: str
    request: SearchRequest

    def __str__(self) -> str:
        asked = self.request
        parts = [self.text, *asked.people, *asked.sections]
        if asked.start or asked.end:
            parts.append(f"{asked.start}..{asked.end}")
        return f"{self.kind}: {', '.join(filter(None, parts)) or 'all articles'}"


def sixty(corpus: Corpus) -> tuple[Query, ...]:
    """The queries, the five of a kind together."""
    sample = corpus.between(1, min(SAMPLE, corpus.size) + 1)
    texts = texts_of(Frequencies(analysed(sample)))
    return tuple(
        Query(kind, text, replace(JOB, query=parse(text), **chosen))
        for kind in Kind
        for text, chosen in zip(texts[kind], choices(kind), strict=True)
    )


def texts_of(frequencies: Frequencies) -> dict[Kind, list[str]]:
    """What is typed in the five queries of each kind."""
    words, phrases = frequencies.words(), frequencies.phrases()
    beginnings = frequencies.beginnings()
    return {
        Kind.RARE: [words.take(share) for share in RARE],
        Kind.MIDDLE: [words.take(share) for share in MIDDLE],
        Kind.COMMON: [words.take(share) for share in COMMON],
        Kind.AND: [" ".join(map(words.take, shares)) for shares in PAIRS],
        Kind.OR: [" OR ".join(map(words.take, shares)) for shares in PAIRS],
        Kind.OR_OF_FIVE: [" OR ".join(map(words.take, shares)) for shares in FIVES],
        Kind.PHRASE: [phrases.take(share) for share in PHRASES],
        Kind.PREFIX: [beginnings.take(share) for share in BEGINNINGS],
        Kind.PERSON: [words.take(share) for share in COMMON],
        Kind.DATES: [words.take(share) for share in COMMON],
        Kind.FILTERS: [""] * 5,
        Kind.EVERYTHING: [""] * 5,
    }


def choices(kind: Kind) -> list[dict[str, Any]]:
    """What the five requests of a kind have chosen beside their words."""
    persons = [{"people": (people()[number].slug,)} for number in PERSONS]
    periods = [{"start": start, "end": end} for start, end in PERIODS]
    sections = [{"sections": (section.slug,)} for section in SECTIONS]
    match kind:
        case Kind.PERSON:
            return persons
        case Kind.DATES:
            return periods
        case Kind.FILTERS:
            return [
                persons[0],
                persons[3],
                periods[3],
                persons[1] | periods[4],
                sections[0] | periods[2],
            ]
    return [{}] * 5

"""The sixty queries: five of each of twelve kinds, chosen by how many articles have the words.

Words, phrases and beginnings are taken from the corpus itself, so all of them occur.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import log
from typing import Any
from zlib import crc32

from benchmarks.analysed import Analysed, analysed
from benchmarks.corpus import Corpus
from benchmarks.names import SECTIONS, people
from search.language.parser import parse
from search.language.words import stem
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

SHORTEST = 4
"""Letters of a word: nobody searches for "the" and "of"."""

EXPANSION = range(5, 500)
"""Words that a chosen beginning may stand for: fewer than any engine stops at."""


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


class Stock:
    """Texts to ask for, with the number of articles that each is found in. Each is taken once."""

    def __init__(self, counts: Mapping[str, int], articles: int) -> None:
        self._counts = dict(counts)
        self._articles = articles

    def take(self, share: float) -> str:
        """The text that is found in nearly this share of the articles, in one at least."""
        wanted = max(share * self._articles, 1)

        def distance(text: str) -> tuple[float, int]:
            # Equally near ones are in no order that says anything about them.
            return abs(log(self._counts[text] / wanted)), crc32(text.encode())

        taken = min(self._counts, key=distance)
        del self._counts[taken]
        return taken


def sixty(corpus: Corpus) -> tuple[Query, ...]:
    """The queries, the five of a kind together."""
    words, phrases, beginnings = stocks(analysed(corpus.between(1, min(SAMPLE, corpus.size) + 1)))
    texts = {
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
    return tuple(
        Query(kind, text, replace(JOB, query=parse(text), **chosen))
        for kind in Kind
        for text, chosen in zip(texts[kind], choices(kind), strict=True)
    )


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


def stocks(articles: Iterable[Analysed]) -> tuple[Stock, Stock, Stock]:
    """Words, phrases of two words and beginnings of words, as they are typed."""
    size = 0
    words, stems = Counter[str](), Counter[str]()
    pairs, beginnings = Counter[tuple[str, str]](), Counter[str]()
    for article in articles:
        size += 1
        unstemmed, in_order = article.words.split(), article.text.split()
        words.update(unstemmed)
        stems.update(set(in_order))
        pairs.update(set(pairwise(in_order)))
        beginnings.update({start for word in unstemmed for start in starts(word)})
    typed = typed_for(words)
    expansion = Counter(start for word in words for start in starts(word))
    return (
        Stock({typed[one]: count for one, count in stems.items() if one in typed}, size),
        Stock(
            {
                f'"{typed[one]} {typed[next]}"': count
                for (one, next), count in pairs.items()
                if one in typed and next in typed
            },
            size,
        ),
        Stock(
            {
                f"{start}*": count
                for start, count in beginnings.items()
                if expansion[start] in EXPANSION
            },
            size,
        ),
    )


def typed_for(words: Counter[str]) -> dict[str, str]:
    """For each stem the most frequent of its words, where that is one that people type."""
    spelt = {stem(word): word for word, _ in reversed(words.most_common())}
    return {found: word for found, word in spelt.items() if plain(word)}


def plain(word: str) -> bool:
    return len(word) >= SHORTEST and word.isascii() and word.isalpha()


def starts(word: str) -> tuple[str, ...]:
    return (word[:3], word[:4]) if plain(word) else ()

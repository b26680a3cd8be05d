"""How many articles have what: where the queries' words, phrases and beginnings are taken from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log
from zlib import crc32

from benchmarks.analysed import Analysed
from search.language.words import stem

SHORTEST = 4
"""Letters of a word: nobody searches for "the" and "of"."""

EXPANSION = range(5, 500)
"""Words that a chosen beginning may stand for: fewer than any engine stops at."""


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


class Frequencies:
    """In how many articles words, stems, two stems side by side and beginnings of words are."""

    def __init__(self, articles: Iterable[Analysed]) -> None:
        self._articles = 0
        self._words, self._stems = Counter[str](), Counter[str]()
        self._pairs = Counter[tuple[str, str]]()
        self._beginnings = Counter[str]()
        for article in articles:
            self._articles += 1
            words, stems = article.words.split(), article.text.split()
            self._words.update(words)
            self._stems.update(set(stems))
            self._pairs.update(set(pairwise(stems)))
            self._beginnings.update({start for word in words for start in starts(word)})
        spelt = {stem(word): word for word, _ in reversed(self._words.most_common())}
        self._typed = {found: word for found, word in spelt.items() if plain(word)}
        """For each stem the most frequent of its words, where that is one that people type."""

    def words(self) -> Stock:
        typed = self._typed
        counts = {typed[found]: count for found, count in self._stems.items() if found in typed}
        return Stock(counts, self._articles)

    def phrases(self) -> Stock:
        typed = self._typed
        counts = {
            f'"{typed[first]} {typed[second]}"': count
            for (first, second), count in self._pairs.items()
            if first in typed and second in typed
        }
        return Stock(counts, self._articles)

    def beginnings(self) -> Stock:
        expansion = Counter(start for word in self._words for start in starts(word))
        counts = {
            f"{start}*": count
            for start, count in self._beginnings.items()
            if expansion[start] in EXPANSION
        }
        return Stock(counts, self._articles)


def plain(word: str) -> bool:
    return len(word) >= SHORTEST and word.isascii() and word.isalpha()


def starts(word: str) -> tuple[str, ...]:
    return (word[:3], word[:4]) if plain(word) else ()

"""The distance of all words at once is the distance of each."""

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.slips import near
from search.engines.whoosh.sorted_terms import SortedTerms

WORDS = st.text("abcд", min_size=1, max_size=8)


def slips_between(one: str, other: str) -> int:
    """Optimal string alignment as it is defined."""

    @cache
    def to(i: int, j: int) -> int:
        if not (i and j):
            return i + j
        ways = [to(i - 1, j) + 1, to(i, j - 1) + 1, to(i - 1, j - 1) + (one[i - 1] != other[j - 1])]
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            ways.append(to(i - 2, j - 2) + 1)
        return min(ways)

    return to(len(one), len(other))


def terms_of(words: set[str]) -> SortedTerms:
    encoded = sorted(word.encode() for word in words)
    ends = np.cumsum([0, *map(len, encoded)]).astype(np.uint32)
    return SortedTerms(np.frombuffer(b"".join(encoded), np.uint8), ends)


@given(st.sets(WORDS), WORDS, st.integers(1, 2))
def test_near_words_are_those_few_slips_away(words: set[str], word: str, most: int) -> None:
    terms = terms_of(words)
    # Of a plain word, only plain words are looked at.
    looked_at = {
        other for other in words if other[0] == word[0] and (not word.isascii() or other.isascii())
    }
    expected = {
        other: slips for other in looked_at if (slips := slips_between(word, other)) <= most
    }
    numbers, away = near(terms, word, most)
    found = {
        terms[number].decode(): slip
        for number, slip in zip(numbers.tolist(), away.tolist(), strict=True)
    }
    assert {word: slip for word, slip in found.items() if word in looked_at} == expected
    if word.isascii():
        assert all(slips_between(word, other) <= most for other in found if other.isascii())

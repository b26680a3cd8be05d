"""The names of values, looked up in every way that facets ask for. A segment never changes, so its
names are worked out once and serve every commit that it lives through.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.schema import LABEL
from search.language.words import fold

Name = tuple[str, str]
"""Label and slug, which is the order of values that are equally frequent."""

Numbers = npt.NDArray[np.uint32]
"""Numbers of values: u4."""

MISSING = 0xFFFFFFFF
"""The number of no value."""

_WORDS = re.compile(r"(?<!\w)(?:\w+|[^\w\s])")
"""What a name can be looked up by: a word, or a sign that does not follow upon one."""


class Names:
    """The name of each of v values, by its number. Immutable, safe to share between threads."""

    def __init__(self, listed: Sequence[Name]) -> None:
        self.listed = listed
        self._numbers_in: WeakKeyDictionary[Names, Numbers] = WeakKeyDictionary()

    @classmethod
    def of(cls, terms: Iterable[bytes], values: npt.NDArray[np.uint32]) -> "Names":
        """terms: of a facet's field. values: [v], the term of each value."""
        names = list(map(name_of, terms))
        return cls([names[term] for term in values.tolist()])

    def __len__(self) -> int:
        return len(self.listed)

    @cached_property
    def of_slug(self) -> dict[str, int]:
        """One of the values with each slug: a person renamed meanwhile has several."""
        return {slug: number for number, (_, slug) in enumerate(self.listed)}

    @cached_property
    def again(self) -> list[int]:
        """The values whose slug `of_slug` gives to another."""
        if len(self.of_slug) == len(self):
            return []
        named = enumerate(self.listed)
        return [number for number, (_, slug) in named if self.of_slug[slug] != number]

    def number(self, name: Name) -> int:
        """The value with a name, MISSING for none."""
        number = self.of_slug.get(name[1], MISSING)
        if number == MISSING or self.listed[number] == name:
            return number
        return next((other for other in self.again if self.listed[other] == name), MISSING)

    def numbers_in(self, other: "Names") -> Numbers:
        """u4 [v], not to be written to: which of the other's values has the same name, or MISSING.

        Two segments meet in one commit after the other: the answer is kept.
        """
        if other not in self._numbers_in:
            found = range(len(self)) if other is self else map(other.number, self.listed)
            self._numbers_in[other] = np.fromiter(found, np.uint32, len(self))
        return self._numbers_in[other]

    @cached_property
    def order(self) -> Numbers:
        """The values by name."""
        return np.array(sorted(range(len(self)), key=self.listed.__getitem__), np.uint32)

    def beginning(self, start: str) -> Numbers:
        """The values whose label or slug begins so, or does from some word on; some come twice.

        start: folded, not empty, nothing blank at its ends.
        """
        *words, last = _WORDS.findall(start)
        having = [self._having(word.__eq__, word) for word in words]
        having.append(self._having(lambda word: word.startswith(last), last))
        fewest = min(having, key=len)
        if last == start:
            return fewest
        begins = re.compile(rf"(?<!\w){re.escape(start)}").search
        names = self.listed
        alike = (one for one in fewest.tolist() if any(map(begins, texts_of(names[one]))))
        return np.fromiter(alike, np.uint32)

    def _having(self, is_wanted: Callable[[str], bool], first: str) -> Numbers:
        """The values that have one of the words, of which the first is given; some come twice."""
        words, bounds, numbers = self._by_word
        start = bisect_left(words, first)
        end = bisect_left(words, True, start, key=lambda word: not is_wanted(word))
        return numbers[bounds[start] : bounds[end]]

    @cached_property
    def _by_word(self) -> tuple[list[str], list[int], Numbers]:
        """Words, ascending, and numbers: those with word i are numbers[bounds[i]:bounds[i + 1]]."""
        having: dict[str, list[int]] = {}
        for number, name in enumerate(self.listed):
            for text in texts_of(name):
                for word in _WORDS.findall(text):
                    having.setdefault(word, []).append(number)
        words = sorted(having)
        bounds = [0, *accumulate(len(having[word]) for word in words)]
        numbers = np.fromiter((number for word in words for number in having[word]), np.uint32)
        return words, bounds, numbers


def name_of(term: bytes) -> Name:
    slug, _, label = term.decode().partition(LABEL)
    return label, slug


def texts_of(name: Name) -> tuple[str, str]:
    """What is looked through for what somebody types."""
    label, slug = name
    return fold(label), slug

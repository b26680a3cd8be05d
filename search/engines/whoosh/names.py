"""The names of a facet's values in one segment. A segment never changes, so they are worked out
once, when first asked for, and serve every commit that the segment lives through.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.schema import LABEL
from search.language.words import fold

Name = tuple[str, str]
"""Label and slug, which is the order of values that are equally frequent."""

Numbers = npt.NDArray[np.uint32]
"""Numbers of values: u4."""

MISSING = 0xFFFFFFFF
"""The number of no value."""

_WORD_START = re.compile(r"(?<!\w)\S")


class Names:
    """The name of each of v values, by its number. Immutable, safe to share between threads."""

    def __init__(self, terms: Iterable[bytes], values: Array) -> None:
        """terms: of the facet's field. values: integers [v], the term of each value."""
        self._terms = terms
        self._values = values
        self._numbers_in: WeakKeyDictionary[Names, Numbers] = WeakKeyDictionary()

    def __len__(self) -> int:
        return len(self._values)

    @cached_property
    def listed(self) -> list[Name]:
        terms = list(self._terms)
        return [name_of(terms[term]) for term in self._values.tolist()]

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
        """The number that each value has in another segment, or MISSING; not to be written to.

        The same segment is asked about after each commit.
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
        """The values with a word in the name or slug that begins so; some come more than once.

        start: folded, not empty, nothing blank at its ends.
        """
        texts, values = self._from_word_starts
        first = bisect_left(texts, start)
        behind = bisect_right(texts, start, first, key=lambda text: text[: len(start)])
        return values[first:behind]

    @cached_property
    def _from_word_starts(self) -> tuple[list[str], Numbers]:
        """Every name and slug from the beginning of each of its words on, ascending, and whose."""
        found = sorted(
            (text, number)
            for number, (label, slug) in enumerate(self.listed)
            for text in from_word_starts(fold(label)) | from_word_starts(slug)
        )
        texts = [text for text, _ in found]
        return texts, np.fromiter((number for _, number in found), np.uint32, len(found))


def name_of(term: bytes) -> Name:
    slug, _, label = term.decode().partition(LABEL)
    return label, slug


def from_word_starts(text: str) -> set[str]:
    """The text from each place on where a word, or a sign that stands alone, begins."""
    return {text[found.start() :] for found in _WORD_START.finditer(text)}

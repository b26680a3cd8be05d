"""Pages of a list, and which of them are linked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

AROUND = 2
"""Pages that are linked on each side of the current one."""

DIGITS = 7
"""No page has a number of so many."""


@dataclass(frozen=True, slots=True)
class Paging:
    """One page among all, counted from 1."""

    current: int
    last: int
    per_page: int

    @classmethod
    def of(cls, text: str, per_page: int, total: int) -> Self:
        """The page that an address asks for; the last one where there are not that many."""
        last = max(-(-total // per_page), 1)
        return cls(min(number_of(text), last), last, per_page)

    @property
    def offset(self) -> int:
        """How much stands on the pages before."""
        return (self.current - 1) * self.per_page

    @property
    def previous(self) -> int | None:
        return self.current - 1 if self.current > 1 else None

    @property
    def next(self) -> int | None:
        return self.current + 1 if self.current < self.last else None

    @property
    def linked(self) -> Iterator[int | None]:
        """The first, the last and those around this one; None where some are left out."""
        near = range(self.current - AROUND, self.current + AROUND + 1)
        before = 0
        for number in sorted({1, self.last, *near}):
            if 1 <= number <= self.last:
                if number > before + 1:
                    yield None
                yield number
                before = number


def number_of(text: str) -> int:
    """The page that an address asks for, whether there is one or not; the first for nonsense."""
    plain = text.isascii() and text.isdecimal() and len(text) < DIGITS
    return max(int(text), 1) if plain else 1

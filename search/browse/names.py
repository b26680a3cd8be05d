"""An index of names on a page: the letters above it, the names of one page, and their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from search.browse.paging import Paging, number_of
from search.filing import Beginning, NamesFound, NamesRequest, filed_under
from search.request import Facet, FacetCount

NAMES_PER_PAGE = 120
NAMES_WITHOUT_LETTERS = 20
"""So few are seen at a glance."""

LIKE_LONGEST = 200
LETTERS_LONGEST = 8
"""Letters of a name by which an index is narrowed down; who knows more of it searches within."""

Ask = Callable[[NamesRequest], NamesFound]


@dataclass(frozen=True, slots=True)
class NamesPage:
    """What an address asks of an index of names, and what there is.

    begins: the letters chosen. like: what is searched within. by_count: the most mentioned first.
    """

    facet: Facet
    begins: str
    like: str
    by_count: bool
    found: NamesFound
    paging: Paging

    @classmethod
    def read(cls, data: Mapping[str, str], facet: Facet, ask: Ask) -> Self:
        """Nothing in an address is an error; a page beyond the end is the last one."""
        begins = data.get("letter", "").casefold().lstrip()[:LETTERS_LONGEST]
        like = data.get("like", "").strip()[:LIKE_LONGEST]
        by_count = data.get("order") == "count"
        page = data.get("page", "")

        def asked(number: int) -> NamesFound:
            offset = (number - 1) * NAMES_PER_PAGE
            return ask(NamesRequest(facet, begins, like, by_count, offset, NAMES_PER_PAGE))

        found = asked(number_of(page))
        paging = Paging.of(page, NAMES_PER_PAGE, found.total)
        if paging.current != number_of(page):
            found = asked(paging.current)
        return cls(facet, begins, like, by_count, found, paging)

    @property
    def letters(self) -> list[tuple[Beginning, ...]]:
        """The first letters; below them, as long as what is chosen fills more than a page, how the
        names go on. None at all where all names stand on one page.
        """
        first, *longer = self.found.beginnings
        if not self.begins and self.found.total <= NAMES_PER_PAGE:
            return []
        shown = [first]
        for above, row in zip(self.found.beginnings, longer, strict=False):
            crowd = next((one.names for one in above if self.begins.startswith(one.letters)), 0)
            if crowd <= NAMES_PER_PAGE or not row:
                break
            shown.append(row)
        return shown

    @property
    def groups(self) -> list[tuple[str, list[FacetCount]]]:
        """The names of the page under their first letters; in one group under "" where they are few
        or go by count.
        """
        if self.by_count or self.found.total <= NAMES_WITHOUT_LETTERS:
            return [("", list(self.found.values))]
        return [
            (letter, list(names)) for letter, names in groupby(self.found.values, self._letter_of)
        ]

    def _letter_of(self, name: FacetCount) -> str:
        return filed_under(self.facet, name.label)[:1]

    @property
    def path(self) -> list[str]:
        """What is chosen in each row of letters."""
        return [self.begins[:length] for length in range(1, len(self.begins) + 1)]

    def parameters(self) -> dict[str, str]:
        """What makes this page another one than the plain list, but for its number."""
        order = "count" if self.by_count else ""
        told = {"letter": self.begins, "like": self.like, "order": order}
        return {name: value for name, value in told.items() if value}

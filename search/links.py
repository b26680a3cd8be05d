"""The addresses around one search, by the dozen: each differs from it in one choice."""

from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.urls import get_script_prefix, reverse

from search.forms import SearchForm, search_path
from search.request import Facet

quoted = lru_cache(maxsize=10_000)(quote_plus)
"""A slug in a query string. The same few people are linked from everywhere."""

ORDER = (
    *("q", *(facet.value for facet in Facet), "people", "from", "to", "undated", "chart"),
    *("sort", "view", "page"),
)
"""The parameters in the order in which a form writes them."""


class Gap(NamedTuple):
    """An address with room for one more choice, which is written as a query string."""

    before: str
    behind: str

    def filled(self, choice: str) -> str:
        return f"{self.before}{choice}{self.behind}"


class Links:
    """What a form's own `with_value`, `within` and `on_page` lead to, for the price of a string."""

    def __init__(self, form: SearchForm) -> None:
        self.parameters = list(form.but().parameters())
        """The search's own, without the page."""
        self.query = urlencode(self.parameters)
        self._path = search_path()
        self.first_page = f"{self._path}?{self.query}" if self.query else self._path
        self._people = set(form.chosen.get(Facet.PERSON, ()))
        self._person = self._gap("person")
        self._dates = self._gap("undated", without=("from", "to", "undated"))
        self._page = self._gap("page")

    def with_person(self, slug: str) -> str:
        if slug in self._people:
            return self.first_page
        return self._person.filled(f"person={quoted(slug)}")

    def within(self, first: str, last: str) -> str:
        """first, last: days, months or years in ISO's notation."""
        return self._dates.filled(f"from={first}&to={last}")

    def undated(self) -> str:
        return self._dates.filled("undated=1")

    def on_page(self, number: int) -> str:
        return self._page.filled(f"page={number}") if number > 1 else self.first_page

    def article(self, address: str, place: int) -> str:
        """An article's address with the way back: this search, and its place in it from 1.

        `search.trail` reads it.
        """
        return f"{address}?{self.query}&at={place}" if self.query else f"{address}?at={place}"

    def why(self, id: int, place: int) -> str:
        """Where it is told why the search finds an article. place: as of `article`."""
        return self.article(why_path() % id, place)

    def _gap(self, name: str, without: Container[str] = ()) -> Gap:
        """The room behind the parameter `name`, where those `without` are left out."""
        kept = [pair for pair in self.parameters if pair[0] not in without]
        place = ORDER.index(name)
        before = urlencode([pair for pair in kept if ORDER.index(pair[0]) <= place])
        behind = urlencode([pair for pair in kept if ORDER.index(pair[0]) > place])
        return Gap(
            f"{self._path}?{before}&" if before else f"{self._path}?",
            f"&{behind}" if behind else "",
        )


def why_path() -> str:
    """With %d for the number of the article."""
    return _why_path(get_script_prefix())


@lru_cache(maxsize=1)
def _why_path(script_prefix: str) -> str:
    number = 987654321
    return reverse("search:why", args=[number]).replace("%", "%%").replace(str(number), "%d")

"""Who appears with a person: a picture of the neighbourhood, and the same as a list.

Two people are joined where the person's articles mention both. Every line is a search for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin

from django.urls import reverse
from django.utils.http import urlencode

from archive.names import split_name
from search.browse.catalogue import Catalogue
from search.request import Facet, FacetCount, FacetRequest, SearchRequest

SHOWN = 8
"""People around the person. Each costs a search."""

LOOKED_AT = 100
"""People of an article with one of them among whom the others are looked for."""

WIDTH, HEIGHT = 260, 240
"""About as wide as the column that it stands in, so that its letters are as large as others."""

REACH = (90, 90)
"""How far from the middle they stand, across and down: names need room at the sides."""

THICKEST = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the picture."""

    slug: str
    name: str
    x: float
    y: float

    @property
    def family_name(self) -> str:
        """What there is room for; the whole name stands in the list."""
        return split_name(self.name).family

    @property
    def below(self) -> float:
        """Where the name is written."""
        return self.y + (20 if self.y > HEIGHT / 2 - 1 else -12)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two who appear together, in how many of the articles, and the search for these."""

    one: Place
    other: Place
    count: int
    thickness: float
    url: str


@dataclass(frozen=True, slots=True)
class Company:
    """ties: those of the person first, then those among the others, the most frequent first."""

    middle: Place
    others: list[Place]
    ties: list[Tie]
    width: int = WIDTH
    height: int = HEIGHT


def company(
    catalogue: Catalogue, asked: SearchRequest, name: str, beside: Sequence[FacetCount]
) -> Company:
    """asked: the articles of one person, called `name`. beside: who else they mention, and how
    often. Raises IndexUnavailable.
    """
    (slug,) = asked.people
    middle = Place(slug, name, WIDTH / 2, HEIGHT / 2)
    shown = list(beside[:SHOWN])
    others = list(around(shown))
    own = [(middle, place, found.count) for place, found in zip(others, shown, strict=True)]
    among = sorted(among_themselves(catalogue, asked, others), key=lambda tie: -tie[2])
    highest = max((count for _, _, count in own), default=1)
    return Company(
        middle,
        others,
        [
            Tie(one, other, count, thickness(count, highest), url_of(asked, one, other))
            for one, other, count in (*own, *among)
        ],
    )


def around(people: Sequence[FacetCount]) -> Iterator[Place]:
    """In a circle, the most frequent at the top, then clockwise."""
    across, down = REACH
    for at, person in enumerate(people):
        angle = 2 * pi * at / len(people) - pi / 2
        x, y = WIDTH / 2 + across * cos(angle), HEIGHT / 2 + down * sin(angle)
        yield Place(person.value, person.label, round(x, 1), round(y, 1))


def among_themselves(
    catalogue: Catalogue, asked: SearchRequest, others: Sequence[Place]
) -> Iterator[tuple[Place, Place, int]]:
    """Which of the others appear together in the person's articles, and in how many."""
    counted = (FacetRequest(Facet.PERSON, LOOKED_AT),)
    for at, one in enumerate(others[:-1]):
        with_both = replace(asked, people=(*asked.people, one.slug), facets=counted, limit=0)
        found = catalogue.answer(with_both).facets[Facet.PERSON]
        counts = {person.value: person.count for person in found}
        for other in others[at + 1 :]:
            if count := counts.get(other.slug, 0):
                yield one, other, count


def thickness(count: int, highest: int) -> float:
    return round(1 + (THICKEST - 1) * count / highest, 1)


def url_of(asked: SearchRequest, one: Place, other: Place) -> str:
    """The search for the articles of the person that mention both."""
    people = dict.fromkeys((*asked.people, one.slug, other.slug))
    chosen = [*(("person", slug) for slug in people), ("people", "all")]
    if asked.start and asked.end:
        chosen += [("from", str(asked.start)), ("to", str(asked.end))]
    return f"{reverse('search:search')}?{urlencode(chosen)}"

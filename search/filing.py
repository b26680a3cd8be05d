"""An index of names: what is asked of it, what it answers, and where a reader looks for a name."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.names import filing_key, name_key
from search.request import PEOPLE, Facet, FacetCount

REMEMBERED = 100_000
"""Labels: a key takes 13 µs, and all names of an archive are filed anew after each commit."""


@dataclass(frozen=True, slots=True)
class NamesRequest:
    """One page of a facet's values, listed as an index of names is: A to Z, or by falling count.

    begins: with what `filed_under` has to begin, "" for all.
    like: as in `FacetRequest`. offset, limit: of the values under both.
    """

    facet: Facet
    begins: str = ""
    like: str = ""
    by_count: bool = False
    offset: int = 0
    limit: int = 100


class Beginning(NamedTuple):
    """How many values are filed under something that begins with these letters."""

    letters: str
    names: int


@dataclass(frozen=True, slots=True)
class NamesFound:
    """What an engine answers to a `NamesRequest`; only what is counted at all is a value.

    total: how many values there are under `begins`.
    beginnings: first those of one letter; then, for each letter of `begins`, those one letter
    longer. Of each length ascending, without empty ones.
    values: the page; of equal counts, and of equal names, by label.
    """

    total: int
    beginnings: tuple[tuple[Beginning, ...], ...]
    values: tuple[FacetCount, ...]


@lru_cache(maxsize=REMEMBERED)
def filed_under(facet: Facet, label: str) -> str:
    """People under their family name, all else as it is written; case and accents do not matter.

    A label without any letter or digit is its own key.
    """
    return (filing_key(label) if facet in PEOPLE else name_key(label)) or label

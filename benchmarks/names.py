"""Twenty thousand people, and the other values that articles are filed under. All are invented."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from search.document import Entry

PEOPLE = 20_000

_GIVEN = (
    "Ada Albert Alma Amos Anna Arthur Basil Beatrice Ben Bridget Carl Cecilia Clara Conrad Cora "
    "Daniel Della Dora Edgar Edith Elias Ella Emil Enid Ernest Esther Ewan Felix Fergus Flora "
    "Frank Freda George Gilbert Grace Greta Gus Hanna Harold Hazel Helen Henry Hilda Hugo Ida "
    "Inga Iris Ivan Jacob Jane Joan Jonas Judith Julia Karl Kate Lars Laura Leo Lena Lydia Mabel "
    "Marcus Marta Max Mina Mona Morris Nell Nina Noel Nora Olga Oscar Otto Paul Petra Philip Rita "
    "Robert Rosa Ruth Samuel Sara Simon Sonia Stella Susan Tessa Thomas Ursula Vera Victor Viola "
    "Walter Wanda Wilma"
)
_BEGINNINGS = (
    "Ack Ald Arn Ash Bar Beck Birch Black Brad Brock Carl Chat Clay Cold Cran Dal Darn Dray Dun "
    "East Elm Fair Fen Frost Gar Glen Gray Hal Hart Hath Holm Kel Kirk Lang Lin Mar Mel Nor Oak "
    "Pem Rad Ross San Shel Stan Thorn Wal West Win Yar"
)
_ENDINGS = (
    "bourne bridge brook bury by combe cote dale den field ford ham hurst ley low mere more shaw "
    "stead ton"
)
_STEP = 61_927
"""Has no divisor in common with the number of names, so each step leads to another one."""

_TAGS = (
    "Banking Bonds Budget Cocoa Coffee Copper Cotton Courts Crops Currency Debt Dividends "
    "Earnings Elections Energy Exports Fishing Gold Grain Housing Imports Inflation Jobs "
    "Labour Livestock Merger Mining Oil Pensions Pipelines Ports Rates Reserves Rubber "
    "Shipping Silver Steel Sugar Taxes Tin Trade Transport Wheat Wool"
)


def entries(names: Iterable[str]) -> tuple[Entry, ...]:
    return tuple(Entry(name.lower().replace(" ", "-"), name) for name in names)


TAGS = entries(_TAGS.split())
SECTIONS = entries(
    ("Business", "World", "Politics", "Markets", "Companies", "Comment", "Regions", "Science")
)
SOURCES = entries(("Harbour Wire", "Estuary Post", "Coast Agency"))


@lru_cache(maxsize=1)
def people() -> tuple[Entry, ...]:
    """Each with a name of their own, in an order that says nothing about it."""
    parts = product(_GIVEN.split(), _BEGINNINGS.split(), _ENDINGS.split())
    names = [f"{given} {beginning}{ending}" for given, beginning, ending in parts]
    return entries(names[number * _STEP % len(names)] for number in range(PEOPLE))


@lru_cache(maxsize=1)
def number_of_person() -> dict[str, int]:
    """By slug: the number in `people`, the most frequent of them first."""
    return {person.slug: number for number, person in enumerate(people())}


@lru_cache(maxsize=1)
def number_of_section() -> dict[str, int]:
    """By slug: the number in SECTIONS."""
    return {section.slug: number for number, section in enumerate(SECTIONS)}

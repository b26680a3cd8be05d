"""How alike two names are, and how often two people with names so alike were one.

The shares were measured on news. What is right more than nine times in ten (AUTOMATIC) an import
may join by itself; the rest waits for an editor.
"""

from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from archive.data import word_list
from archive.models import Likeness
from archive.names import name_key, split_name
from archive.people import is_slip

Reason = Likeness.Reason

AUTOMATIC = 90
LIKELIHOODS = {
    Reason.MIDDLE: 93,
    Reason.SPELLING: 90,
    Reason.NICKNAME: 82,
    Reason.SLIP: 64,
    Reason.INITIAL: 50,  # not measured
    Reason.ASKED: 100,  # what somebody waits for comes first
}
SHORTEST_GIVEN = 5
"""Letters of a given name in which a letter may be another one: Dmitri, but not Jean and Joan."""


class Parts(NamedTuple):
    """The parts of a name, each as `name_key` folds it."""

    given: str
    middle: str
    family: str
    suffix: str


@lru_cache(maxsize=50_000)
def parts(name: str) -> Parts:
    return Parts(*map(name_key, split_name(name)))


def resemblance(one: str, other: str) -> Likeness.Reason | None:
    """Why two people with these names may be one; None where nothing speaks for it."""
    first, second = parts(one), parts(other)
    if not (first.given and second.given) or first.suffix != second.suffix:
        return None
    if not is_compatible(first.middle, second.middle):
        return None
    if first.family == second.family:
        return of_given_names(first.given, second.given)
    if first.given == second.given and are_slips(first.family, second.family):
        return Reason.SLIP
    return None


def are_slips(one: str, other: str, shortest: int = 6) -> bool:
    """Can each be a slip of the other? A plural is none of its singular."""
    return is_slip(one, other, shortest) and is_slip(other, one, shortest)


def of_given_names(one: str, other: str) -> Likeness.Reason | None:
    if one == other:
        return Reason.MIDDLE
    if are_slips(one, other, SHORTEST_GIVEN):
        return Reason.SPELLING
    if one[0] == other[0] and 1 in (len(one), len(other)):
        return Reason.INITIAL
    if full_forms(one) & full_forms(other):
        return Reason.NICKNAME
    return None


def is_compatible(one: str, other: str) -> bool:
    """Can both be the middle of one person's name? One is missing, or each stands for the other's
    beginning: "Fogh", "F", "F Gustav"."""
    pairs = zip(one.split(), other.split(), strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def full_forms(given: str) -> frozenset[str]:
    """The name itself, and those that it is short for."""
    return _full_forms().get(given, frozenset()) | {given}


def clues(name: str) -> set[str]:
    """What two names have in common, one at least, if there is a resemblance."""
    given, _, family, _ = parts(name)
    if not given:
        return set()
    found = {f"{family} {given[0]}", *(f"{family} {form}" for form in full_forms(given))}
    shortened = (family[:at] + family[at + 1 :] for at in range(1, len(family)))
    return found | {f"{slip}, {given}" for slip in (family, *shortened)}


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for line in word_list("nicknames"):
        full, *short = line.split()
        for name in short:
            forms[name].add(full)
    return {name: frozenset(full) for name, full in forms.items()}

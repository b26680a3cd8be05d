"""People who may be one: every name is compared with those few that share a clue with it.

A slip never is in a first letter, so people are looked at letter by letter of the family name. What
was found for a letter is committed with its people marked as compared: a run that was interrupted
goes on where it was, and the next one looks at the letters of new names alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Substr

from archive.identity.ground import are_apart
from archive.identity.resemblance import LIKELIHOODS, clues, resemblance
from archive.models import Likeness, Person

CROWD = 60
"""People who share one clue and are all compared. In a greater crowd each with the next so many."""

LAST_CHARACTER = "\U0010ffff"


class Candidate(NamedTuple):
    pk: int
    name: str
    compared: bool


def standing_people() -> QuerySet[Person]:
    """Neither merged nor marked as no person."""
    return Person.objects.filter(merged_into=None, not_a_person=False)


def letters_to_look_at() -> list[str]:
    """The first letters of those who were not compared yet, ascending."""
    waiting = standing_people().filter(compared=False).order_by()
    letters = waiting.annotate(letter=Substr("kin", 1, 1)).values_list("letter", flat=True)
    return sorted(letter for letter in letters.distinct() if letter)


def how_many(letter: str) -> int:
    return people_of(letter).count()


@transaction.atomic
def look_at(letter: str) -> int:
    """Compare the people with this first letter. Returns how many likely duplicates are new."""
    people = [
        Candidate(*row)
        for row in people_of(letter).order_by("kin", "pk").values_list("pk", "name", "compared")
    ]
    found = Likeness.objects.bulk_create(likenesses(people), ignore_conflicts=True, batch_size=500)
    people_of(letter).filter(compared=False).update(compared=True)
    return len(found)


def people_of(letter: str) -> QuerySet[Person]:
    return standing_people().filter(kin__gte=letter, kin__lt=letter + LAST_CHARACTER)


def likenesses(people: Sequence[Candidate]) -> Iterator[Likeness]:
    """The likely pairs that were not compared before and that no editor keeps apart."""
    for one, other in sorted(pairs(people)):
        reason = resemblance(one.name, other.name)
        if reason and not are_apart(Person(pk=one.pk), Person(pk=other.pk)):
            yield Likeness(
                one_id=one.pk, other_id=other.pk, reason=reason, likelihood=LIKELIHOODS[reason]
            )


def pairs(people: Sequence[Candidate]) -> set[tuple[Candidate, Candidate]]:
    """Those who share a clue and of whom one is new, by ascending id."""
    sharing: defaultdict[str, list[Candidate]] = defaultdict(list)
    for person in people:
        for clue in clues(person.name):
            sharing[clue].append(person)
    return {
        (min(one, other), max(one, other))
        for group in sharing.values()
        for one, other in near_each_other(group)
        if not (one.compared and other.compared)
    }


def near_each_other(group: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    if len(group) <= CROWD:
        yield from combinations(group, 2)
        return
    for at, one in enumerate(group):
        for other in group[at + 1 : at + 1 + CROWD]:
            yield one, other

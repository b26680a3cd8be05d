"""New names of people whom the archive knows by another: joined where that is right nine times in
ten, and only to the one person whom the name may mean. What is less sure waits for an editor.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.identity.ground import in_parts
from archive.identity.resemblance import AUTOMATIC, LIKELIHOODS, resemblance
from archive.inserting import insert
from archive.models import Origin, Person, PersonAlias
from archive.names import kin_key, name_key
from archive.slugs import new_slugs


@dataclass(slots=True)
class Somebody:
    """A person, in the archive or about to be, with the names of the same kin."""

    person: Person
    names: list[str] = field(default_factory=list)

    def answers_to(self, name: str) -> bool:
        """The name is surely another form of the person's own, and speaks against no other of
        theirs: who is "George W. Bush" too is not "George H. W. Bush"."""
        reason, *others = (resemblance(name, known) for known in self.names)
        return reason is not None and LIKELIHOODS[reason] >= AUTOMATIC and all(others)


def make_people(missing: Mapping[str, Origin]) -> tuple[dict[str, int], dict[int, str]]:
    """The id of a person for each name that nobody has yet: somebody who answers to it, or new.
    And the names of those who are new, by id.

    missing: who says so, by name; no two of one `name_key`.
    """
    kin = _kin({kin_key(name) for name in missing})
    joined: dict[str, Somebody] = {}
    new: list[Somebody] = []
    for name in missing:
        alike = [one for one in kin[kin_key(name)] if one.answers_to(name)]
        if len(alike) == 1:
            joined[name] = alike[0]
        else:
            new.append(Somebody(Person(name=name)))
            kin[kin_key(name)].append(new[-1])
            alike = new[-1:]
        alike[0].names.append(name)
    _create([one.person for one in new])
    PersonAlias.objects.bulk_create(
        PersonAlias(person=one.person, name=name, key=name_key(name), origin=missing[name])
        for name, one in joined.items()
    )
    people = {one.person.name: one.person for one in new}
    people |= {name: one.person for name, one in joined.items()}
    ids = {name: person.pk for name, person in people.items()}
    return ids, {one.person.pk: one.person.name for one in new}


def _create(people: Sequence[Person]) -> None:
    names = [person.name for person in people]
    for person, slug in zip(people, new_slugs(Person, names), strict=True):
        person.slug, person.key, person.kin = slug, name_key(person.name), kin_key(person.name)
    insert(people, keyed=True)


def _kin(keys: Iterable[str]) -> defaultdict[str, list[Somebody]]:
    """Those whom the archive has, by `kin_key`."""
    found: defaultdict[str, list[Somebody]] = defaultdict(list)
    for some in in_parts(sorted(keys)):
        people = Person.objects.filter(kin__in=some, merged_into=None, not_a_person=False)
        for person in people.order_by("pk").prefetch_related("aliases"):
            aliases = (alias.name for alias in person.aliases.all())
            names = [person.name, *(name for name in aliases if kin_key(name) == person.kin)]
            found[person.kin].append(Somebody(person, names))
    return found

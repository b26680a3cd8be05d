"""Names to people, in bulk, and what a source says about a person."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.importers.journal.counts import Counts
from archive.importers.writing.filing import new_slugs
from archive.importers.writing.merge import marks, merge_set, merge_values
from archive.importers.writing.prepared import PreparedPerson
from archive.models import Origin, Person, PersonAlias
from archive.names import name_key


def person_ids(names: Iterable[str]) -> dict[str, int]:
    """Whom each of `names` means: a person of that name, else one with that alias, else a new one.

    Where two people share a name it is the one that the archive has known longer.
    """
    keys = {name: name_key(name) for name in dict.fromkeys(names)}
    known = _known(set(keys.values()))
    missing = list({key: name for name, key in keys.items() if key not in known}.values())
    people = Person.objects.bulk_create(
        Person(name=name, slug=slug, key=keys[name])
        for name, slug in zip(missing, new_slugs(Person, missing), strict=True)
    )
    known.update((person.key, person.pk) for person in people)
    return {name: known[key] for name, key in keys.items()}


def store_people(prepared: Sequence[PreparedPerson]) -> Counts:
    """Create or complete the people described. An editor's note and removed aliases stay so."""
    known = _known({name_key(one.record.name) for one in prepared})
    ids = person_ids(one.record.name for one in prepared)
    rows = Person.objects.prefetch_related("aliases").in_bulk(set(ids.values()))
    outcomes = [_complete(rows[ids[one.record.name]], one) for one in prepared]
    PersonAlias.objects.filter(pk__in=[pk for one in outcomes for pk in one.dropped]).delete()
    PersonAlias.objects.bulk_create(alias for one in outcomes for alias in one.added)
    Person.objects.bulk_update(rows.values(), ["note", "content_hash", "imported_fields"])
    created = [name_key(one.record.name) not in known for one in prepared]
    updated = [one.changed for one, is_new in zip(outcomes, created, strict=True) if not is_new]
    return Counts(sum(created), sum(updated), len(updated) - sum(updated))


class _Outcome(NamedTuple):
    changed: bool = False
    added: Sequence[PersonAlias] = ()
    dropped: Sequence[int] = ()


def _complete(person: Person, given: PreparedPerson) -> _Outcome:
    if person.content_hash == given.digest:
        return _Outcome()
    held = {alias.name: alias.pk for alias in person.aliases.all()}
    wanted = [name for name in (given.record.name, *given.record.aliases) if name != person.name]
    change = merge_set(person, "aliases", held, wanted)
    added = [
        PersonAlias(person=person, name=name, key=name_key(name), origin=Origin.SOURCE)
        for name in wanted
        if name in change.add
    ]
    dropped = [pk for name, pk in held.items() if name in change.drop]
    is_other_note = merge_values(person, {"note": given.record.note})
    person.content_hash = given.digest
    person.imported_fields = marks({"note": given.record.note, "aliases": wanted})
    return _Outcome(bool(is_other_note or added or dropped), added, dropped)


def _known(keys: set[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for some in in_parts(sorted(keys)):
        people = Person.objects.filter(key__in=some).order_by("-pk").values_list("key", "pk")
        aliases = PersonAlias.objects.filter(key__in=some).order_by("-person_id")
        known.update(aliases.values_list("key", "person"))
        known.update(people)
    return known


def in_parts(values: Sequence[str], size: int = 5_000) -> Iterator[Sequence[str]]:
    """`values` in parts that fit the parameters of one query in any database."""
    return (values[at : at + size] for at in range(0, len(values), size))

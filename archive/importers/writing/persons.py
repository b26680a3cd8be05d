"""Names to people, in bulk, and what a source says about a person."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from archive.importers.journal.counts import Counts
from archive.importers.writing.filing import new_slugs
from archive.importers.writing.merge import marks, merge_set, merge_values
from archive.importers.writing.prepared import PreparedPerson
from archive.models import Origin, Person, PersonAlias
from archive.names import kin_key, name_key

Value = TypeVar("Value", str, int)


def person_ids(names: Iterable[str]) -> dict[str, int]:
    """Whom each of `names` means: a person of that name, else one with that alias, else a new one.

    Where two people share a name it is the one that the archive has known longer. Whoever was
    merged into another is the other. Nobody: a name that an editor marked as no person's.
    """
    keys = {name: name_key(name) for name in dict.fromkeys(names)}
    known = _known(set(keys.values()))
    missing = list({key: name for name, key in keys.items() if key not in known}.values())
    people = Person.objects.bulk_create(
        Person(name=name, slug=slug, key=keys[name], kin=kin_key(name))
        for name, slug in zip(missing, new_slugs(Person, missing), strict=True)
    )
    known.update((person.key, person.pk) for person in people)
    return {name: pk for name, key in keys.items() if (pk := known[key]) is not None}


def current_ids(ids: Iterable[int]) -> dict[int, int]:
    """Who those of `ids` are now that were merged into others."""
    merged: dict[int, int] = {}
    for some in in_parts(sorted(set(ids))):
        rows = Person.objects.filter(pk__in=some).values_list("pk", "merged_into")
        merged.update((pk, kept) for pk, kept in rows if kept is not None)
    return merged


def store_people(prepared: Sequence[PreparedPerson]) -> Counts:
    """Create or complete the people described. An editor's note and removed aliases stay so.

    Nothing becomes of what is said about a name that an editor marked as no person's.
    """
    known = _known({name_key(one.record.name) for one in prepared})
    ids = person_ids(one.record.name for one in prepared)
    told = [one for one in prepared if one.record.name in ids]
    rows = Person.objects.prefetch_related("aliases").in_bulk(set(ids.values()))
    merged = _merged_by_key({name_key(one.record.name) for one in told})
    outcomes = []
    for one in told:
        person = rows[ids[one.record.name]]
        outcomes.append(_complete(person, one, merged.get(name_key(one.record.name), person)))
    PersonAlias.objects.filter(pk__in=[pk for one in outcomes for pk in one.dropped]).delete()
    PersonAlias.objects.bulk_create(alias for one in outcomes for alias in one.added)
    columns = ["note", "content_hash", "imported_fields"]
    Person.objects.bulk_update([*rows.values(), *merged.values()], columns)
    created = [name_key(one.record.name) not in known for one in told]
    updated = [one.changed for one, is_new in zip(outcomes, created, strict=True) if not is_new]
    passed_over = len(prepared) - len(told)
    return Counts(sum(created), sum(updated), len(updated) - sum(updated) + passed_over)


class _Outcome(NamedTuple):
    changed: bool = False
    added: Sequence[PersonAlias] = ()
    dropped: Sequence[int] = ()


def _complete(person: Person, given: PreparedPerson, holder: Person) -> _Outcome:
    """What is said of `person` by its source.

    holder: who remembers what was said last. Somebody else for a person that was merged into
    `person`: two sources then say two things of one human, and neither undoes the other.
    """
    if holder.content_hash == given.digest:
        return _Outcome()
    held = {alias.name: alias.pk for alias in person.aliases.all()}
    wanted = [name for name in (given.record.name, *given.record.aliases) if name != person.name]
    change = merge_set(holder, "aliases", held, wanted)
    added = [
        PersonAlias(person=person, name=name, key=name_key(name), origin=Origin.SOURCE)
        for name in dict.fromkeys(wanted)
        if name in change.add
    ]
    dropped = [pk for name, pk in held.items() if name in change.drop]
    is_other_note = merge_values(holder, {"note": given.record.note})
    holder.content_hash = given.digest
    holder.imported_fields = marks({"note": given.record.note, "aliases": wanted})
    return _Outcome(bool(is_other_note or added or dropped), added, dropped)


def _known(keys: set[str]) -> dict[str, int | None]:
    """Whom the archive knows by these keys; None for what is no person's name."""
    known: dict[str, int] = {}
    nobodies: set[str] = set()
    for some in in_parts(sorted(keys)):
        aliases = PersonAlias.objects.filter(key__in=some, person__merged_into=None)
        named = aliases.order_by("-person_id").values_list("key", "person", "person__not_a_person")
        people = Person.objects.filter(key__in=some, merged_into=None).order_by("-pk")
        for key, pk, is_nobody in (*named, *people.values_list("key", "pk", "not_a_person")):
            if is_nobody:
                nobodies.add(key)
            else:
                known[key] = pk
    return dict.fromkeys(nobodies) | known


def _merged_by_key(keys: set[str]) -> dict[str, Person]:
    """Those of other names that were merged into somebody; of two namesakes the older one."""
    merged: dict[str, Person] = {}
    for some in in_parts(sorted(keys)):
        rows = Person.objects.filter(key__in=some, merged_into__isnull=False).order_by("-pk")
        standing = Person.objects.filter(key__in=some, merged_into=None).values_list("key")
        merged.update((person.key, person) for person in rows.exclude(key__in=standing))
    return merged


def in_parts(values: Sequence[Value], size: int = 5_000) -> Iterator[Sequence[Value]]:
    """`values` in parts that fit the parameters of one query in any database."""
    return (values[at : at + size] for at in range(0, len(values), size))

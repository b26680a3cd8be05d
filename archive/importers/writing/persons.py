"""What a source says about people."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from archive.identity.ground import in_parts
from archive.identity.lookup import known_by, person_ids
from archive.importers.journal.counts import Counts
from archive.importers.writing.merge import marks, merge_set, merge_values
from archive.importers.writing.prepared import PreparedPerson
from archive.models import Origin, Person, PersonAlias
from archive.names import name_key


def store_people(prepared: Sequence[PreparedPerson]) -> Counts:
    """Create or complete the people described. An editor's note and removed aliases stay so.

    Nothing becomes of what is said about a name that an editor marked as no person's.
    """
    known = known_by({name_key(one.record.name) for one in prepared})
    ids = person_ids({one.record.name: Origin.SOURCE for one in prepared})
    told = [one for one in prepared if one.record.name in ids]
    rows = Person.objects.prefetch_related("aliases").in_bulk(set(ids.values()))
    merged = _merged_by_key({name_key(one.record.name) for one in told})
    outcomes = []
    for one in told:
        person = rows[ids[one.record.name]]
        outcomes.append(_complete(person, one, merged.get(name_key(one.record.name), person)))
    PersonAlias.objects.filter(pk__in=[pk for one in outcomes for pk in one.dropped]).delete()
    PersonAlias.objects.bulk_create(alias for one in outcomes for alias in one.added)
    columns = ["note", "wikidata", "content_hash", "imported_fields"]
    Person.objects.bulk_update([*rows.values(), *merged.values()], columns)
    created = [_is_new(one, rows[ids[one.record.name]], known) for one in told]
    updated = [one.changed for one, is_new in zip(outcomes, created, strict=True) if not is_new]
    passed_over = len(prepared) - len(told)
    return Counts(sum(created), sum(updated), len(updated) - sum(updated) + passed_over)


def _is_new(given: PreparedPerson, person: Person, known: Container[str]) -> bool:
    """Was the person made for this record? Else it was there, or joined to one who was."""
    return person.name == given.record.name and name_key(given.record.name) not in known


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
    values = {"note": given.record.note, "wikidata": given.record.wikidata}
    says_otherwise = merge_values(holder, values)
    holder.content_hash = given.digest
    holder.imported_fields = marks({**values, "aliases": wanted})
    return _Outcome(bool(says_otherwise or added or dropped), added, dropped)


def _merged_by_key(keys: set[str]) -> dict[str, Person]:
    """Those of other names that were merged into somebody; of two namesakes the older one."""
    merged: dict[str, Person] = {}
    for some in in_parts(sorted(keys)):
        rows = Person.objects.filter(key__in=some, merged_into__isnull=False).order_by("-pk")
        standing = Person.objects.filter(key__in=some, merged_into=None).values_list("key")
        merged.update((person.key, person) for person in rows.exclude(key__in=standing))
    return merged

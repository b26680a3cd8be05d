"""Whom a name means: by name, by alias, by being surely somebody's; else somebody new."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archive.identity.ground import in_parts
from archive.identity.joining import make_people
from archive.models import Origin, Person, PersonAlias
from archive.names import name_key


class Meant(NamedTuple):
    """ids: of the people, by name; new: the names of those who were not in the archive, by id."""

    ids: dict[str, int]
    new: dict[int, str]


def people_meant(named: Mapping[str, Origin]) -> Meant:
    """Whom each name means: a person of that name, else one with that alias, else one who surely
    goes by it (`joining`), else a new one.

    Where two people share a name it is the one that the archive has known longer. Whoever was
    merged into another is the other. Nobody: a name that an editor marked as no person's.
    named: who says so, by name.
    """
    keys = {name: name_key(name) for name in named}
    known = known_by(set(keys.values()))
    missing = {key: name for name, key in reversed(keys.items()) if key not in known}
    made, new = make_people({name: named[name] for name in reversed(missing.values())})
    known.update((keys[name], pk) for name, pk in made.items())
    return Meant({name: pk for name, key in keys.items() if (pk := known[key]) is not None}, new)


def person_ids(named: Mapping[str, Origin]) -> dict[str, int]:
    """`people_meant`, for whoever need not know who is new."""
    return people_meant(named).ids


def known_by(keys: set[str]) -> dict[str, int | None]:
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


def current_ids(ids: Iterable[int]) -> dict[int, int]:
    """Who those of `ids` are now that were merged into others."""
    merged: dict[int, int] = {}
    for some in in_parts(sorted(set(ids))):
        rows = Person.objects.filter(pk__in=some).values_list("pk", "merged_into")
        merged.update((pk, kept) for pk, kept in rows if kept is not None)
    return merged

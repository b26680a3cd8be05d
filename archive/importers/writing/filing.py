"""Names to rows, in bulk: sources, sections, tags. What is not there yet is made."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from archive.models import Person, Section, Source, Tag
from archive.slugs import slug_of, unique_slug

Named = TypeVar("Named", Source, Section, Tag)


def ids_by_name(
    model: type[Named], names: Iterable[str], make: Callable[[str, str], Named]
) -> dict[str, int]:
    """The id of each of `names`, whatever its case. `make(name, slug)` makes what is missing."""
    wanted = list(dict.fromkeys(name for name in names if name))
    if not wanted:
        return {}
    slugs = {slug_of(name) for name in wanted}
    rows = model._default_manager.filter(slug__in=slugs) | model._default_manager.filter(
        name__in=wanted
    )
    known = {row.name.casefold(): row.pk for row in rows}
    missing = list(
        {name.casefold(): name for name in wanted if name.casefold() not in known}.values()
    )
    made = [make(name, slug) for name, slug in zip(missing, new_slugs(model, missing), strict=True)]
    for row in model._default_manager.bulk_create(made):
        known[row.name.casefold()] = row.pk
    return {name: known[name.casefold()] for name in wanted}


def new_slugs(model: type[Person | Section | Source | Tag], names: Collection[str]) -> list[str]:
    """A slug for each of `names` that no row of `model` has, and no other of them."""
    plain = Counter(map(slug_of, names))
    held = model._default_manager.values_list("slug", flat=True)
    taken = set(held.filter(slug__in=plain))
    for slug in {*taken, *(slug for slug, times in plain.items() if times > 1)}:
        taken.update(held.filter(slug__startswith=f"{slug[:180]}-"))
    slugs = []
    for name in names:
        slugs.append(unique_slug(name, taken))
        taken.add(slugs[-1])
    return slugs

"""Names to rows, in bulk: sources, sections, tags. What is not there yet is made."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from archive.models import Section, Source, Tag
from archive.slugs import new_slugs, slug_of

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

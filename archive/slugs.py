"""Slugs: what stands for a name in an address."""

from collections import Counter
from collections.abc import Collection, Container
from itertools import count

from django.utils.text import slugify

from archive.models import Person, Section, Source, Tag

LONGEST = 200  # as the columns are wide
NAMELESS = "unnamed"


def unique_slug(name: str, taken: Container[str]) -> str:
    """A slug for `name` that is not in `taken`, of at most 200 characters, in any script.

    The first comer gets the plain slug, the next ones "-2", "-3" and so on.

    >>> unique_slug("Tomás Almeida", {"tomás-almeida"})
    'tomás-almeida-2'
    """
    plain = slug_of(name)
    if plain not in taken:
        return plain
    numbered = (_with_ending(plain, f"-{number}") for number in count(2))
    return next(slug for slug in numbered if slug not in taken)


def slug_of(name: str) -> str:
    """The plain slug of `name`, whoever else has it; "unnamed" where no letter or digit is left."""
    return slugify(name, allow_unicode=True)[:LONGEST].rstrip("-_") or NAMELESS


def free_slug(model: type[Person | Section | Source | Tag], name: str) -> str:
    """A slug for `name` that no row of `model` has yet. One query."""
    # Also those that a shortened slug with a number could meet.
    stem = slug_of(name)[: LONGEST - 10].rstrip("-_")
    held = model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    return unique_slug(name, set(held))


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


def _with_ending(slug: str, ending: str) -> str:
    return slug[: LONGEST - len(ending)].rstrip("-_") + ending

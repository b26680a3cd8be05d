"""From a name that somebody typed to the people whom public articles mention by it."""

from django.db.models import Q

from archive.names import name_key
from archive.selectors import public_people


def people_named(name: str) -> tuple[str, ...]:
    """The slugs of the people called `name`, or known by that slug or alias.

    Nobody is: those whose name has all of its words. Nobody has: the name itself, a slug that
    matches no article, so that a filter by an unknown person finds nothing instead of everything.
    """
    key = name_key(name)
    if not key:
        return (name,)
    known = public_people()
    exactly = known.filter(Q(slug=name) | Q(key=key) | Q(aliases__key=key))
    nearly = known.filter(*(Q(key__contains=word) for word in key.split()))
    for people in (exactly, nearly):
        if slugs := people.order_by("slug").distinct().values_list("slug", flat=True)[:20]:
            return tuple(slugs)
    return (name,)

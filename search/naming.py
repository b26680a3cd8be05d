"""From a name that somebody typed to the people whom public articles mention by it."""

from django.db.models import Q

from archive.models import Person
from archive.names import name_key
from archive.selectors import public_people

MOST = 20
"""People whom one name may stand for, the first by slug."""


def people_named(name: str) -> tuple[str, ...]:
    """The slugs of the people called `name`, or known by that slug or alias.

    Nobody is: those whose name has all of its words. Nobody has: the name itself, a slug that
    matches no article, so that a filter by an unknown person finds nothing instead of everything.
    """
    key = name_key(name)
    if not key:
        return (name,)
    exactly = Person.objects.filter(Q(slug=name) | Q(key=key) | Q(aliases__key=key))
    nearly = Person.objects.filter(*(Q(key__contains=word) for word in key.split()))
    for people in (exactly, nearly):
        # Found by name first: a database that is asked both at once asks it of everybody.
        named = list(people.order_by().values_list("pk", flat=True).distinct())
        public = public_people().filter(pk__in=named).order_by("slug")
        if slugs := public.values_list("slug", flat=True)[:MOST]:
            return tuple(slugs)
    return (name,)

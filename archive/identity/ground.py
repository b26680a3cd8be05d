"""What every decision about people stands on: who may make it, and about whom."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.models import Person, PersonDecision

AT_A_TIME = 5_000  # SQLite binds 32,766 values in a query

Value = TypeVar("Value", int, str)
Somebody = User | AnonymousUser


class IdentityError(ValidationError):
    """This cannot be decided about these people; nothing was changed."""


def allow(by: Somebody) -> User:
    """Who it is. Raises PermissionDenied for whoever may not change people."""
    if not (isinstance(by, User) and by.has_perm("archive.change_person")):
        raise PermissionDenied
    return by


def locked(*people: Person) -> list[Person]:
    """The people as they are now, to be changed by nobody else until the transaction ends.

    Raises IdentityError if one of them stands twice, is gone or was set aside meanwhile.
    """
    rows = Person.objects.select_for_update().order_by("pk").in_bulk([one.pk for one in people])
    if len(rows) < len(people):
        raise IdentityError(_("Two different people are needed, and both in the archive."))
    now = [rows[one.pk] for one in people]
    for person in now:
        require_standing(person)
    return now


def require_standing(person: Person) -> None:
    if person.merged_into:
        raise IdentityError(
            _("“%(name)s” was merged into “%(other)s”. Undo that first.")
            % {"name": person, "other": person.merged_into}
        )
    if person.not_a_person:
        raise IdentityError(
            _("“%(name)s” was marked as no person. Undo that first.") % {"name": person}
        )


def are_apart(one: Person, other: Person) -> bool:
    """Did an editor keep the two apart, or anybody who was merged into them, or divide them?"""
    ones, others = _with_merged(one), _with_merged(other)
    between = Q(person__in=ones, other__in=others) | Q(person__in=others, other__in=ones)
    kinds = (PersonDecision.Kind.APART, PersonDecision.Kind.SPLIT)
    standing = PersonDecision.objects.filter(kind__in=kinds, undone_at=None)
    return standing.filter(between).exists()


def in_parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """`values` in parts that fit the parameters of one query in any database."""
    return (values[at : at + AT_A_TIME] for at in range(0, len(values), AT_A_TIME))


def _with_merged(person: Person) -> list[int]:
    return [person.pk, *person.merged.values_list("pk", flat=True)]

"""Lists that editors gave a name: kept, found again, shared."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.models import Right
from archive.rights import NotAllowed, Somebody, has_right, require
from search.models import SavedView

PASSING = ("p", "e", "all", "_popup", "_to_field")
"""What is in the address of a list and of no list's nature: the page, Django's own marks."""


def views_for(user: User | AnonymousUser) -> QuerySet[SavedView]:
    """Their own, and those that others share."""
    return SavedView.objects.filter(Q(owner=user.pk) | Q(shared=True))


def view_keep(*, name: str, query: str, shared: bool, by: Somebody) -> SavedView:
    """Keep a list under a name; one of their own that has it already leads there from now on.

    query: as in an address. Raises NotAllowed.
    """
    if not by.has_perm("archive.view_article"):
        raise NotAllowed(_("This account may not read the desk’s list."))
    if shared:
        require(by, Right.EDIT_ANY)
    kept = {"query": lasting(query), "shared": shared}
    view, _made = SavedView.objects.update_or_create(owner_id=by.pk, name=name, defaults=kept)
    return view


def may_change(view: SavedView, by: Somebody) -> bool:
    """Their own; and who may change many articles may clear away what others share."""
    return view.owner_id == by.pk or (view.shared and has_right(by, Right.CHANGE_MANY))


def lasting(query: str) -> str:
    """The part of a list's address that makes it this list."""
    asked = QueryDict(query, mutable=True)
    for name in PASSING:
        asked.pop(name, None)
    return asked.urlencode()

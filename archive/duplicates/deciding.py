"""What an editor says of two articles with nearly the same text."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from archive.models import Duplicate, Right
from archive.rights import Somebody, require
from archive.selectors import articles_for


@transaction.atomic
def duplicate_decide(*, duplicate: Duplicate, state: Duplicate.State, by: Somebody) -> None:
    """They are the same story, or are kept apart, or wait again. Neither article is touched.

    Raises NotAllowed for whoever may not edit what others wrote.
    """
    editor = require(by, Right.EDIT_ANY)
    is_decided = state is not Duplicate.State.LIKELY
    duplicate.state = state
    duplicate.by, duplicate.at = (editor, timezone.now()) if is_decided else (None, None)
    duplicate.save(update_fields=["state", "by", "at"])


def duplicates_for(user: Somebody) -> QuerySet[Duplicate]:
    """The pairs of which `user` may read both."""
    readable = articles_for(user).order_by()
    return Duplicate.objects.filter(
        Exists(readable.filter(pk=OuterRef("one"))), Exists(readable.filter(pk=OuterRef("other")))
    )

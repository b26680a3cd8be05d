"""What every change of many articles is, and how it is made and undone."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Case, Count, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.models import Article, Right
from archive.rights import Somebody, require

Kept = Any
"""What undoing a change of one article needs, as JSON can keep it."""


class Verdict(models.TextChoices):
    """What becomes of one article."""

    CHANGED = "changed", _("changed")
    SAME = "same", _("is so already")
    STATUS = "status", _("cannot become that from the status it has")
    TAKEN = "taken", _("the source has another article with its id")
    GONE = "gone", _("was deleted meanwhile")


class Made(NamedTuple):
    """What a change did to one article; `was` is None where it did nothing."""

    verdict: Verdict
    was: Kept = None


class Change(Protocol):
    """One change, complete: what it does to an article depends on the article alone."""

    rights: Sequence[Right]
    """What an account needs besides the right to change many articles."""

    def verdict(self) -> Case:
        """In a query of articles: the Verdict on each."""

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        """Change those of these articles, which are locked, that can be. Tells of those it did not
        change only what the verdict could not know."""

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        """Put the articles back, and leave alone what was changed in the same respect since.

        Returns the ids of those that were put back.
        """

    def finish(self) -> None:
        """After the last article."""


def verdicts(change: Change, articles: QuerySet[Article]) -> Counter[Verdict]:
    """What the change would do, counted. Nothing is changed."""
    judged = articles.order_by().values_list(change.verdict()).annotate(Count("pk"))
    return Counter({Verdict(verdict): count for verdict, count in judged})


@transaction.atomic
def change_make(
    *, change: Change, ids: Collection[int], editor: Somebody, now: datetime
) -> dict[int, Made]:
    """Make the change to these articles, a few hundred at most. Raises NotAllowed.

    Returns what became of each of them.
    """
    by = allowed(change, editor)
    locked = Article.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    there = list(locked.values_list("pk", flat=True))
    judged = Article.objects.filter(pk__in=there).order_by().values_list("pk", change.verdict())
    made = {pk: Made(Verdict(verdict)) for pk, verdict in judged}
    changing = [pk for pk, one in made.items() if one.verdict is Verdict.CHANGED]
    made |= change.make(changing, by, now) if changing else {}
    return dict.fromkeys(ids, Made(Verdict.GONE)) | made


@transaction.atomic
def change_undo(
    *, change: Change, was: Mapping[int, Kept], editor: Somebody, now: datetime
) -> Collection[int]:
    """Undo it in these articles, a few hundred at most. Raises NotAllowed.

    Returns the ids of those put back; the others were deleted, or changed again since.
    """
    by = allowed(change, editor)
    locked = Article.objects.select_for_update().filter(pk__in=was).order_by("pk")
    there = list(locked.values_list("pk", flat=True))
    return change.undo({pk: was[pk] for pk in there}, by, now) if there else ()


def allowed(change: Change, editor: Somebody) -> User:
    """Who it is. Raises NotAllowed."""
    for right in change.rights:
        require(editor, right)
    return require(editor, Right.CHANGE_MANY)

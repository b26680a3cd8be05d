"""Undoing an import: what it made is taken out again, but for what was touched since, which is kept
and named.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.audit import entry_write
from archive.importers.journal.lock import import_lock, lock_file
from archive.importers.untouched import untouched
from archive.models import Article, AuditEntry, ImportBatch, Right, Status
from archive.rights import NotAllowed, Somebody, require
from archive.services import articles_withdraw

PART = 500
"""Articles in one transaction: an undoing that is stopped has taken out whole parts."""


class Way(StrEnum):
    """How articles are taken out. Withdrawn ones can be published again, deleted ones are gone."""

    WITHDRAW = "withdraw"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of some articles of a batch, or would.

    taken: how many were taken out. kept: those that were changed since, by id. last: the greatest
    id that was looked at; 0 where no article was left.
    """

    taken: int = 0
    kept: tuple[int, ...] = ()
    last: int = 0

    def __add__(self, other: "Undone") -> "Undone":
        return Undone(self.taken + other.taken, self.kept + other.kept, max(self.last, other.last))


def articles_of(batch: ImportBatch, way: Way, after: int = 0) -> QuerySet[Article]:
    """What undoing has to do with, by ascending id: for withdrawing what the public may see or
    will, for deleting all that the batch made."""
    made = Article.objects.filter(batch=batch, pk__gt=after).order_by("pk")
    if way is Way.WITHDRAW:
        return made.filter(status__in=(Status.PUBLISHED, Status.SCHEDULED))
    return made


def batch_undo(
    *,
    batch: ImportBatch,
    editor: Somebody,
    way: Way,
    now: datetime,
    after: int = 0,
    limit: int = PART,
    dry_run: bool = False,
) -> Undone:
    """Take out the first `limit` articles of the batch whose id is greater than `after`.

    By parts of PART articles, each in a transaction with its place in the record. A dry run only
    tells what it would come to. Raises NotAllowed, and BusyError while an import runs.
    """
    require_undoing(editor, way)
    undoing, undone = _Undoing(batch, editor, way, now, dry_run), Undone()
    with nullcontext() if dry_run else import_lock(lock_file()):
        while limit > 0 and (part := undoing.part(max(after, undone.last), min(limit, PART))):
            undone += undoing.undo(part)
            limit -= PART
    return undone


def require_undoing(editor: Somebody, way: Way) -> None:
    """Raises NotAllowed for whoever may not take out many articles in this way."""
    require(editor, Right.CHANGE_MANY)
    if way is Way.WITHDRAW:
        require(editor, Right.WITHDRAW)
    elif not editor.has_perm("archive.delete_article"):
        raise NotAllowed(_("This account may not delete articles."))


@dataclass(frozen=True, slots=True)
class _Undoing:
    batch: ImportBatch
    editor: Somebody
    way: Way
    now: datetime
    is_dry: bool

    def part(self, after: int, size: int) -> list[int]:
        return list(articles_of(self.batch, self.way, after).values_list("pk", flat=True)[:size])

    @transaction.atomic
    def undo(self, part: Sequence[int]) -> Undone:
        taken = set(untouched(part, reasons_of(self.batch)))
        if taken and not self.is_dry:
            self._take_out(Article.objects.filter(pk__in=taken))
            ImportBatch.objects.filter(pk=self.batch.pk).update(
                undone=F("undone") + len(taken), undone_at=self.now, undone_by=self.editor.pk
            )
            entry_write(
                kind=AuditEntry.Kind.UNDONE, by=self.editor, subject=self.batch, count=len(taken)
            )
        return Undone(len(taken), tuple(pk for pk in part if pk not in taken), part[-1])

    def _take_out(self, articles: QuerySet[Article]) -> None:
        if self.way is Way.DELETE:
            articles.delete()
            return
        reason = reason_of(self.batch)
        articles_withdraw(articles=articles, editor=self.editor, now=self.now, reason=reason)


def reason_of(batch: ImportBatch) -> str:
    return _("The import they came with was undone: %(batch)s.") % {"batch": batch}


def reasons_of(batch: ImportBatch) -> list[str]:
    """The same in every language in which it may have been written down."""
    reasons = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            reasons.append(reason_of(batch))
    return reasons

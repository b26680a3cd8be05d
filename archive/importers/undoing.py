"""Undoing an import: what it made is taken out again, but for what was changed since.

What anybody touched is kept and named: an article of which another version is kept, that somebody
moved, or whose people, quotations, corrections, media or pointers are not those it came with.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.importers.journal.lock import import_lock, lock_file
from archive.importers.writing import rows
from archive.importers.writing.merge import is_edited, mark
from archive.models import (
    Article,
    ArticleVersion,
    Correction,
    ImportBatch,
    Media,
    Mention,
    Origin,
    Quotation,
    RelatedArticle,
    Right,
    Status,
    Transition,
)
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
    undone = Undone()
    with nullcontext() if dry_run else import_lock(lock_file()):
        while limit > 0 and (part := _part(batch, way, max(after, undone.last), min(limit, PART))):
            undone += _undo(part, batch, editor, way, now, dry_run=dry_run)
            limit -= PART
    return undone


def require_undoing(editor: Somebody, way: Way) -> None:
    """Raises NotAllowed for whoever may not take out many articles in this way."""
    require(editor, Right.CHANGE_MANY)
    if way is Way.WITHDRAW:
        require(editor, Right.WITHDRAW)
    elif not editor.has_perm("archive.delete_article"):
        raise NotAllowed(_("This account may not delete articles."))


def _part(batch: ImportBatch, way: Way, after: int, size: int) -> list[int]:
    return list(articles_of(batch, way, after).values_list("pk", flat=True)[:size])


@transaction.atomic
def _undo(
    part: Sequence[int],
    batch: ImportBatch,
    editor: Somebody,
    way: Way,
    now: datetime,
    *,
    dry_run: bool,
) -> Undone:
    untouched = set(_untouched(part, batch))
    undone = Undone(len(untouched), tuple(pk for pk in part if pk not in untouched), part[-1])
    if untouched and not dry_run:
        _take_out(Article.objects.filter(pk__in=untouched), batch, editor, way, now)
        ImportBatch.objects.filter(pk=batch.pk).update(
            undone=F("undone") + len(untouched), undone_at=now, undone_by=editor.pk
        )
    return undone


def _take_out(
    articles: QuerySet[Article], batch: ImportBatch, editor: Somebody, way: Way, now: datetime
) -> None:
    if way is Way.DELETE:
        articles.delete()
        return
    articles_withdraw(articles=articles, editor=editor, now=now, reason=reason_of(batch))


def reason_of(batch: ImportBatch) -> str:
    return _("The import they came with was undone: %(batch)s.") % {"batch": batch}


def reasons_of(batch: ImportBatch) -> Iterator[str]:
    """The same in whatever language it was written down."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield reason_of(batch)


def _untouched(part: Sequence[int], batch: ImportBatch) -> Iterator[int]:
    """Those of these articles (ids) that are as their import made them; they are locked."""
    articles = (
        Article.objects.filter(~_touched(batch), pk__in=part).select_for_update().order_by("pk")
    )
    media, pointers, corrections = (
        _by_article(children, part) for children in (Media, RelatedArticle, Correction)
    )
    for article in articles.select_for_update().defer("headline", "standfirst", "body"):
        told = {mark(one.text) for one in corrections[article.pk]}
        items = tuple(map(rows.media_row, media[article.pk]))
        related = tuple(map(rows.pointer_row, pointers[article.pk]))
        is_touched = (
            told != set(article.imported_fields.get("corrections", ()))
            or is_edited(article, "media", items)
            or is_edited(article, "related", related)
        )
        if not is_touched:
            yield article.pk


def _by_article(children: type[Any], part: Sequence[int]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for child in children.objects.filter(article__in=part):
        found[child.article_id].append(child)
    return found


def _touched(batch: ImportBatch) -> Q:
    own = {"article": OuterRef("pk")}
    moved = Transition.objects.filter(**own, by__isnull=False)
    moved = moved.exclude(target=Status.WITHDRAWN, reason__in=list(reasons_of(batch)))
    quoted = Quotation.objects.filter(Q(origin=Origin.EDITOR) | Q(dismissed=True), **own)
    return (
        Q(Exists(ArticleVersion.objects.filter(id=OuterRef("pk"))))
        | Q(Exists(moved))
        | Q(Exists(Mention.objects.filter(**own, origin=Origin.EDITOR)))
        | Q(Exists(quoted))
    )

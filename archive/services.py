"""Writes: how an article moves through the newsroom.

Every move is one conditional UPDATE of rows that are locked, so it is right whoever else moves the
article meanwhile, and the same for one article as for ten thousand. Its `Transition` is written in
the same transaction. Outside this module nothing writes `Article.status`, except what makes an
article: the admin's new draft and the importers. Who may move what is asked in `archive.rights`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from archive.audit import entry_write
from archive.models import Article, AuditEntry, DatePrecision, Right, Status, Transition
from archive.rights import Somebody, has_right, may_edit, require, require_editing

# To a status, from which others. What the public once saw is withdrawn, never quietly unpublished;
# what is withdrawn can be mended as a draft or published again.
MOVES: Mapping[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN),
    Status.IN_REVIEW: (Status.DRAFT,),
    Status.SCHEDULED: (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED),
    Status.PUBLISHED: (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN),
    Status.WITHDRAWN: (Status.PUBLISHED, Status.SCHEDULED),
}
RIGHTS: Mapping[Status, Right] = {
    Status.DRAFT: Right.PUBLISH,
    Status.IN_REVIEW: Right.SUBMIT,
    Status.SCHEDULED: Right.PUBLISH,
    Status.PUBLISHED: Right.PUBLISH,
    Status.WITHDRAWN: Right.WITHDRAW,
}
AUDITED: Mapping[Status, AuditEntry.Kind] = {
    Status.PUBLISHED: AuditEntry.Kind.PUBLISHED,
    Status.SCHEDULED: AuditEntry.Kind.SCHEDULED,
    Status.WITHDRAWN: AuditEntry.Kind.WITHDRAWN,
}
AT_A_TIME = 5_000  # SQLite binds 32,766 values in a query


class MoveError(ValidationError):
    """The article cannot become this from what it is; nothing was changed."""


@dataclass(frozen=True, slots=True)
class _Move:
    """To which status, when, who and why. `at`: scheduled for then. is_due: its hour moves it."""

    target: Status
    now: datetime
    by: User | None = None
    reason: str = ""
    at: datetime | None = None
    is_due: bool = False


def moves_from(status: Status) -> list[Status]:
    """What an article of this status can become."""
    return [target for target, origins in MOVES.items() if status in origins]


def moves_for(editor: Somebody, article: Article) -> list[Status]:
    """What this account may make of the article."""
    targets = [to for to in moves_from(Status(article.status)) if has_right(editor, RIGHTS[to])]
    return [to for to in targets if to is not Status.IN_REVIEW or may_edit(editor, article)]


def needs_reason(origin: Status, target: Status) -> bool:
    """Is this a move that somebody else has to understand: back to its author, or withdrawn?"""
    sent_back = origin is Status.IN_REVIEW and target is Status.DRAFT
    return sent_back or target is Status.WITHDRAWN


def article_send_to_review(
    *, article: Article, editor: Somebody, now: datetime, reason: str = ""
) -> None:
    """Ask somebody else to read the draft. Raises MoveError, NotAllowed."""
    _move_one(article, editor, Status.IN_REVIEW, now, reason)


def article_back_to_draft(
    *, article: Article, editor: Somebody, now: datetime, reason: str = ""
) -> None:
    """Have it worked on again: what was in review is sent back, and its author reads why.

    Raises NotAllowed, and MoveError, also for what is public already.
    """
    _move_one(article, editor, Status.DRAFT, now, reason)


def article_schedule(
    *, article: Article, editor: Somebody, at: datetime, now: datetime, reason: str = ""
) -> None:
    """Let it become public by itself `at` a time to come, or at another than before.

    The time becomes its time of first publication. Raises MoveError, NotAllowed.
    """
    if at <= now:
        when = localize(timezone.localtime(at))
        raise MoveError(
            _("“%(title)s” cannot be scheduled for %(when)s, which has passed. Publish it instead.")
            % {"title": article.title, "when": when}
        )
    _move_one(article, editor, Status.SCHEDULED, now, reason, at=at)


def article_publish(*, article: Article, editor: Somebody, now: datetime, reason: str = "") -> None:
    """Publish it, as `articles_publish` does. Raises MoveError, NotAllowed."""
    _move_one(article, editor, Status.PUBLISHED, now, reason)


def article_withdraw(*, article: Article, editor: Somebody, now: datetime, reason: str) -> None:
    """Take it away from the public; the record keeps it. Raises MoveError, NotAllowed."""
    _move_one(article, editor, Status.WITHDRAWN, now, reason)


def articles_send_to_review(
    *, articles: QuerySet[Article], editor: Somebody, now: datetime, reason: str = ""
) -> int:
    """Send to review those that can be sent. Returns how many. Raises NotAllowed."""
    return _move_many(articles, editor, Status.IN_REVIEW, now, reason)


def articles_publish(
    *, articles: QuerySet[Article], editor: Somebody, now: datetime, reason: str = ""
) -> int:
    """Publish those that can be published; an embargo still holds. Returns how many.

    An article written by hand that has no date gets `now` as its first publication. An imported one
    stays undated: it was published before, only nobody knows when. A first publication still to
    come was a plan, which this replaces. Raises NotAllowed.
    """
    return _move_many(articles, editor, Status.PUBLISHED, now, reason)


def articles_withdraw(
    *, articles: QuerySet[Article], editor: Somebody, now: datetime, reason: str
) -> int:
    """Withdraw those that are published or scheduled. Returns how many.

    Raises NotAllowed, and MoveError where no reason is given.
    """
    return _move_many(articles, editor, Status.WITHDRAWN, now, reason)


def articles_take_back(*, articles: QuerySet[Article], now: datetime, reason: str) -> int:
    """Withdraw those that are published or scheduled, because their source says so. Returns how
    many. For imports, by nobody."""
    move = _Move(Status.WITHDRAWN, now, reason=reason)
    return _move(articles, _movable(Status.WITHDRAWN, now), move)


def moves_note(
    *, origins: Mapping[int, str], targets: Mapping[int, str], now: datetime, reason: str
) -> None:
    """Write down the moves that an import made itself, from and to statuses by article."""
    move = {"when": now, "reason": reason}
    Transition.objects.bulk_create(
        Transition(article_id=pk, origin=origin, target=targets[pk], **move)
        for pk, origin in origins.items()
        if origin != targets[pk]
    )


@transaction.atomic
def articles_put_back(
    *,
    was: Mapping[int, tuple[Status, datetime | None]],
    target: Status,
    editor: Somebody,
    now: datetime,
    reason: str,
) -> set[int]:
    """Undo a move of many: those that still are `target` are again what they were before it.

    was: status and first publication by id. Returns the ids of those put back; they may become what
    no move leads to, a draft that readers saw, and the moves written down tell of both. Raises
    NotAllowed.
    """
    require(editor, Right.CHANGE_MANY)
    by = require(editor, RIGHTS[target])
    articles = list(
        Article.objects.filter(pk__in=was, status=target)
        .select_for_update()
        .order_by("pk")
        .only("status", "first_published", "updated_at")
    )
    transitions = []
    for article in articles:
        article.status, article.first_published = was[article.pk]
        article.updated_at = now
        back = _Move(Status(article.status), now, by, reason)
        transitions.append(_transition(article.pk, target, None, back))
    Article.objects.bulk_update(articles, ("status", "first_published", "updated_at"), 500)
    Transition.objects.bulk_create(transitions)
    if transitions:
        entry_write(kind=AuditEntry.Kind.PUT_BACK, by=by, count=len(transitions))
    return {article.pk for article in articles}


def articles_publish_due(*, now: datetime) -> int:
    """Make published what was scheduled and is due. Returns how many. For the worker, by nobody.

    The public sees these already (`public_articles`); this makes the status say so. The move is
    written down with the hour that it was scheduled for, however late the worker comes.
    """
    due = Article.objects.filter(status=Status.SCHEDULED, first_published__lte=now)
    return _move(due, due, _Move(Status.PUBLISHED, now, is_due=True))


@transaction.atomic
def _move_one(
    article: Article,
    editor: Somebody,
    target: Status,
    now: datetime,
    reason: str,
    at: datetime | None = None,
) -> None:
    by = require(editor, RIGHTS[target])
    chosen = Article.objects.filter(pk=article.pk)
    if target is Status.IN_REVIEW:
        require_editing(editor, chosen.select_for_update().get())
    if not _move(chosen, _movable(target, now), _Move(target, now, by, reason.strip(), at)):
        article.refresh_from_db(fields=["status"])
        raise MoveError(
            _("“%(title)s” is %(status)s; from there it cannot become “%(target)s”.")
            % {
                "title": article.title,
                "status": article.get_status_display(),
                "target": target.label,
            }
        )
    article.refresh_from_db(fields=["status", "first_published", "date_precision", "updated_at"])


def _move_many(
    articles: QuerySet[Article], editor: Somebody, target: Status, now: datetime, reason: str
) -> int:
    require(editor, Right.CHANGE_MANY)
    by = require(editor, RIGHTS[target])
    return _move(articles, _movable(target, now), _Move(target, now, by, reason.strip()))


def _movable(target: Status, now: datetime) -> QuerySet[Article]:
    movable = Article.objects.filter(status__in=MOVES[target])
    if target is Status.DRAFT:
        return movable.exclude(status=Status.SCHEDULED, first_published__lte=now)
    return movable


@transaction.atomic
def _move(articles: QuerySet[Article], movable: QuerySet[Article], move: _Move) -> int:
    # By id: the caller's query may be joined, ordered or annotated, which an UPDATE cannot be.
    ids = list(articles.order_by().values_list("pk", flat=True).distinct())
    moved = sum(
        _move_some(movable.filter(pk__in=ids[start : start + AT_A_TIME]), move)
        for start in range(0, len(ids), AT_A_TIME)
    )
    if moved and move.target in AUDITED:
        one = Article.objects.filter(pk__in=ids).first() if len(ids) == 1 else None
        entry_write(kind=AUDITED[move.target], by=move.by, subject=one, count=moved)
    return moved


def _move_some(movable: QuerySet[Article], move: _Move) -> int:
    """Lock those that can be moved, move them, and write that down."""
    locked = movable.select_for_update().order_by("pk")
    transitions = [
        _transition(*row, move) for row in locked.values_list("pk", "status", "first_published")
    ]
    _require_reason(transitions, move)
    movable.filter(pk__in=[made.article_id for made in transitions]).update(
        status=move.target,
        first_published=_date_after(move),
        date_precision=_precision_after(move),
        updated_at=move.now,
    )
    Transition.objects.bulk_create(transitions)
    return len(transitions)


def _transition(pk: int, origin: str, hour: datetime | None, move: _Move) -> Transition:
    return Transition(
        article_id=pk,
        origin=origin,
        target=move.target,
        when=hour if hour and move.is_due else move.now,
        by=move.by,
        reason=move.reason,
        scheduled_for=move.at,
    )


def _require_reason(transitions: Sequence[Transition], move: _Move) -> None:
    asked = any(needs_reason(Status(made.origin), move.target) for made in transitions)
    if asked and not move.reason:
        raise MoveError(_("Say why: whoever wrote or reads the article will want to know."))


def _date_after(move: _Move) -> Combinable | datetime:
    """The first publication of an article that is moved so."""
    if move.at is not None:
        return move.at
    if move.target is not Status.PUBLISHED:
        return F("first_published")
    written_by_hand = Q(content_hash="")
    return Case(
        When(first_published__gt=move.now, then=move.now),
        When(written_by_hand, first_published__isnull=True, then=move.now),
        default=F("first_published"),
    )


def _precision_after(move: _Move) -> Combinable | str:
    """How exactly that is known: to the moment where it is that of the move."""
    if move.at is not None:
        return DatePrecision.DAY
    if move.target is not Status.PUBLISHED:
        return F("date_precision")
    return Case(
        When(first_published__gt=move.now, then=Value(DatePrecision.DAY)),
        default=F("date_precision"),
    )

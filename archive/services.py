"""Writes: how an article moves through the newsroom.

Every move is one conditional UPDATE, so it is right whoever else moves the article meanwhile, and
the same for one article as for ten thousand. Outside this module nothing writes `Article.status`,
except what makes an article: the admin's new draft and the importers.
"""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from archive.models import Article, Status

# To a status, from which others. What the public once saw is withdrawn, never quietly unpublished;
# what is withdrawn can be mended as a draft or published again.
MOVES: Mapping[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN),
    Status.IN_REVIEW: (Status.DRAFT,),
    Status.SCHEDULED: (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED),
    Status.PUBLISHED: (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN),
    Status.WITHDRAWN: (Status.PUBLISHED, Status.SCHEDULED),
}


class MoveError(ValidationError):
    """The article cannot become this from what it is; nothing was changed."""


def moves_from(status: Status) -> list[Status]:
    """What an article of this status can become."""
    return [target for target, origins in MOVES.items() if status in origins]


def article_send_to_review(*, article: Article, now: datetime) -> None:
    """Ask somebody else to read the draft. Raises MoveError."""
    _move_one(article, Status.IN_REVIEW, now)


def article_back_to_draft(*, article: Article, now: datetime) -> None:
    """Take it back to be worked on. Raises MoveError, also for what is public already."""
    _move_one(article, Status.DRAFT, now)


def article_schedule(*, article: Article, at: datetime, now: datetime) -> None:
    """Let it become public by itself `at` a time to come, or at another than before.

    The time becomes its time of first publication. Raises MoveError.
    """
    if at <= now:
        when = localize(timezone.localtime(at))
        raise MoveError(
            _("“%(title)s” cannot be scheduled for %(when)s, which has passed. Publish it instead.")
            % {"title": article.title, "when": when}
        )
    _move_one(article, Status.SCHEDULED, now, at=at)


def article_publish(*, article: Article, now: datetime) -> None:
    """Publish it, as `articles_publish` does. Raises MoveError."""
    _move_one(article, Status.PUBLISHED, now)


def article_withdraw(*, article: Article, now: datetime) -> None:
    """Take it away from the public; the record keeps it. Raises MoveError."""
    _move_one(article, Status.WITHDRAWN, now)


def articles_send_to_review(*, articles: QuerySet[Article], now: datetime) -> int:
    """Send to review those that can be sent. Returns how many."""
    return _move(articles, Status.IN_REVIEW, now)


def articles_publish(*, articles: QuerySet[Article], now: datetime) -> int:
    """Publish those that can be published; an embargo still holds. Returns how many.

    An article written by hand that has no date gets `now` as its first publication. An imported one
    stays undated: it was published before, only nobody knows when. A first publication still to
    come was a plan, which this replaces.
    """
    return _move(articles, Status.PUBLISHED, now)


def articles_publish_due(*, now: datetime) -> int:
    """Make published what was scheduled and is due. Returns how many.

    The public sees these already (`public_articles`); this makes the status say so.
    """
    due = Article.objects.filter(status=Status.SCHEDULED, first_published__lte=now)
    return due.update(status=Status.PUBLISHED, updated_at=now)


def articles_withdraw(*, articles: QuerySet[Article], now: datetime) -> int:
    """Withdraw those that are published or scheduled. Returns how many."""
    return _move(articles, Status.WITHDRAWN, now)


@transaction.atomic
def _move_one(
    article: Article, target: Status, now: datetime, *, at: datetime | None = None
) -> None:
    if not _move(Article.objects.filter(pk=article.pk), target, now, at=at):
        article.refresh_from_db(fields=["status"])
        raise MoveError(
            _("“%(title)s” is %(status)s; from there it cannot become “%(target)s”.")
            % {
                "title": article.title,
                "status": article.get_status_display(),
                "target": target.label,
            }
        )
    article.refresh_from_db(fields=["status", "first_published", "updated_at"])


@transaction.atomic
def _move(
    articles: QuerySet[Article], target: Status, now: datetime, *, at: datetime | None = None
) -> int:
    # By id: the caller's query may be joined, ordered or annotated, which an UPDATE cannot be.
    chosen = Article.objects.filter(pk__in=articles.order_by().values("pk"))
    movable = chosen.filter(status__in=MOVES[target])
    if target is Status.DRAFT:
        movable = movable.exclude(status=Status.SCHEDULED, first_published__lte=now)
    return movable.update(
        status=target, first_published=_date_after(target, now, at), updated_at=now
    )


def _date_after(target: Status, now: datetime, at: datetime | None) -> Combinable | datetime:
    """The first publication of an article that becomes `target`."""
    if at is not None:
        return at
    if target is not Status.PUBLISHED:
        return F("first_published")
    written_by_hand = Q(content_hash="")
    return Case(
        When(first_published__gt=now, then=now),
        When(written_by_hand, first_published__isnull=True, then=now),
        default=F("first_published"),
    )

"""Publishing and withdrawing many articles, by the services that move one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import User
from django.db.models import Case, QuerySet, Value, When
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from archive import services
from archive.bulk.base import Kept, Made, Verdict
from archive.models import Article, Right, Status


class Move:
    """A move to `target`. What it keeps of an article: its status and its first publication."""

    target: ClassVar[Status]
    rights: ClassVar[Sequence[Right]]

    def verdict(self) -> Case:
        return Case(
            When(status__in=services.MOVES[self.target], then=Value(Verdict.CHANGED)),
            When(status=self.target, then=Value(Verdict.SAME)),
            default=Value(Verdict.STATUS),
        )

    def make(self, ids: Collection[int], by: User, now: datetime) -> Mapping[int, Made]:
        articles = Article.objects.filter(pk__in=ids)
        rows = articles.order_by().values_list("pk", "status", "first_published")
        was = {pk: [status, date and date.isoformat()] for pk, status, date in rows}
        self.move(articles, by, now)
        return {pk: Made(Verdict.CHANGED, kept) for pk, kept in was.items()}

    def move(self, articles: QuerySet[Article], by: User, now: datetime) -> None:
        raise NotImplementedError

    def undo(self, was: Mapping[int, Kept], by: User, now: datetime) -> Collection[int]:
        before = {
            pk: (Status(status), parse_datetime(date) if date else None)
            for pk, (status, date) in was.items()
        }
        reason = _("A change of many articles was undone.")
        return services.articles_put_back(
            was=before, target=self.target, editor=by, now=now, reason=reason
        )

    def finish(self) -> None:
        pass


@dataclass(frozen=True)
class Publish(Move):
    target = Status.PUBLISHED
    rights = (Right.PUBLISH,)

    def move(self, articles: QuerySet[Article], by: User, now: datetime) -> None:
        services.articles_publish(articles=articles, editor=by, now=now)


@dataclass(frozen=True)
class Withdraw(Move):
    reason: str
    target = Status.WITHDRAWN
    rights = (Right.WITHDRAW,)

    def move(self, articles: QuerySet[Article], by: User, now: datetime) -> None:
        services.articles_withdraw(articles=articles, editor=by, now=now, reason=self.reason)

"""The first page of the editors' desk: what waits, what comes, what failed, how things are.

Each part is there for whoever may see what it tells of. Nothing is counted without an end: what the
engine does not know is looked for along an index, as far as AT_MOST.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from archive.models import Article, ImportBatch, ImportReject, Right, Status
from archive.rights import has_right
from archive.selectors import articles_for
from search import outbox
from search.desk.counting import AT_MOST, counted
from search.desk.coverage import Year, gaps, years_of
from search.desk.health import Health, health
from search.desk.shelves import added
from search.engines import get_engine
from search.engines.base import IndexUnavailable, Shelf
from search.language.periods import Period
from search.request import SearchRequest

SHOWN = 5
"""Rows of each list."""

AT_THE_DESK = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN)
"""Where articles stand that the public cannot read."""

FAILED = Q(state=ImportBatch.State.FAILED)


class Coming(NamedTuple):
    """An article that becomes public by itself. is_embargo: because its embargo ends."""

    article: Article
    at: datetime | None
    is_embargo: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles the index holds, and in which months.

    public: of these, what readers find. undated: of all.
    """

    articles: int
    public: int
    undated: int
    years: list[Year]

    @property
    def gaps(self) -> list[Period]:
        """Months between the first and the last article without any, the longest first."""
        return sorted(gaps(self.years), key=lambda gap: gap.start - gap.end)


class Dashboard:
    """What one editor is shown. Each part is looked up when the page comes to it."""

    def __init__(self, editor: User) -> None:
        self._editor = editor
        self._now = timezone.now()
        self._articles = articles_for(editor)

    @cached_property
    def reads(self) -> bool:
        """May the editor read what is not public?"""
        return self._editor.has_perm("archive.view_article")

    @cached_property
    def to_review(self) -> list[Article]:
        """The first in review, who waits longest first; each with `since`, when it was sent."""
        waiting = self._articles.filter(status=Status.IN_REVIEW).order_by("first_published")
        some = Article.objects.filter(pk__in=waiting.values("pk")[:AT_MOST])
        sent = Max("transitions__when", filter=Q(transitions__target=Status.IN_REVIEW))
        return list(some.annotate(since=sent).order_by("since", "pk")[:SHOWN])

    @cached_property
    def coming(self) -> list[Coming]:
        """What becomes public next, and when."""
        approved = self._articles.filter(status__in=(Status.SCHEDULED, Status.PUBLISHED))
        by_date = approved.filter(
            Q(embargo_until=None) | Q(embargo_until__lte=F("first_published")),
            first_published__gt=self._now,
        )
        # Asked for the approved ones outright, SQLite walks through all that is published.
        is_approved = Exists(approved.filter(pk=OuterRef("pk")))
        by_embargo = Article.objects.filter(
            is_approved,
            Q(first_published=None) | Q(first_published__lt=F("embargo_until")),
            embargo_until__gt=self._now,
        )
        found = [
            *(Coming(one, one.first_published, False) for one in first(by_date, "first_published")),
            *(Coming(one, one.embargo_until, True) for one in first(by_embargo, "embargo_until")),
        ]
        return sorted(found, key=lambda one: (one.at, one.article.pk))[:SHOWN]

    @cached_property
    def counts(self) -> dict[str, int]:
        """What waits and what failed, each up to AT_MOST + 1; only what the editor may see."""
        asked: dict[str, QuerySet[Any]] = {}
        if self.reads:
            asked |= {status.value: self._articles.filter(status=status) for status in AT_THE_DESK}
        if self._editor.has_perm("archive.view_importbatch"):
            asked["imports"] = ImportBatch.objects.filter(FAILED)
        if self._editor.has_perm("archive.view_importreject"):
            asked["rejects"] = ImportReject.objects.filter(mended_at=None)
        if self.sees_index:
            asked["set_aside"] = outbox.set_aside()
        return counted(asked)

    @cached_property
    def sees_index(self) -> bool:
        return self._editor.has_perm("search.view_indexchange")

    @cached_property
    def index(self) -> Health:
        return health()

    @cached_property
    def coverage(self) -> Coverage | None:
        """What the index holds of the articles that the editor may read; None while none can be
        trusted."""
        shelves = tuple(Shelf) if has_right(self._editor, Right.EDIT_ANY) else (Shelf.PUBLIC,)
        asked = SearchRequest(facets=(), limit=0)
        try:
            answers = [get_engine().search(asked, shelf=shelf) for shelf in shelves]
        except IndexUnavailable:
            return None
        return Coverage(
            articles=sum(answer.total for answer in answers),
            public=answers[0].total,
            undated=sum(answer.undated for answer in answers),
            years=years_of(added([answer.spread for answer in answers])),
        )


def first(articles: QuerySet[Article], by: str) -> QuerySet[Article]:
    return articles.order_by(by, "pk")[:SHOWN]

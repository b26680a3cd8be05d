"""What the list of articles is made of: a window that can be paged through, and how much there is.

Nobody pages through a million articles. The first WINDOW are listed, counted and sorted; so no
query looks at a whole table, and what lies behind them is found by asking for less.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from archive.models import Article
from search.language.limits import MAX_WINDOW

WINDOW = MAX_WINDOW


class Rows:
    """Articles as the database has them. Django's Paginator asks for `count` and for slices.

    articles: in the order of the list. by_date: is that the order in which they are kept?
    """

    def __init__(self, articles: QuerySet[Article], *, by_date: bool = True) -> None:
        self.articles = articles
        self.by_date = by_date

    @cached_property
    def total(self) -> int:
        """How many there are, exact as far as WINDOW; one more than that for any larger number."""
        return self.articles.order_by().values("pk")[: WINDOW + 1].count()

    @property
    def complete(self) -> bool:
        """Does the window hold all?"""
        return self.total <= WINDOW

    def first(self, count: int = 0) -> QuerySet[Article, Any]:
        """The ids of the window, or of its first `count`, for other queries to stand on."""
        return newest(self.articles, count)

    def count(self) -> int:
        return min(self.total, WINDOW)

    def __getitem__(self, page: slice) -> list[Article]:
        if self.by_date or self.complete:
            return list(self.articles[page])
        return list(self.articles.filter(pk__in=self.first())[page])


class Found:
    """Articles that the engine found by words.

    articles: all under the filters, in the order of the list. ids: the window, best first or first
    by date. total: how many the engine found. ranked: do they keep the order of `ids`?
    """

    def __init__(
        self, articles: QuerySet[Article], ids: Sequence[int], total: int, *, ranked: bool
    ) -> None:
        self.all = articles
        self.ids = ids
        self.total = total
        self.ranked = ranked
        self.complete = total <= WINDOW

    def narrowed(self) -> "Found":
        """Of the window, what is also under those filters that the engine does not know."""
        kept = set(self.articles.order_by().values_list("pk", flat=True))
        ids = [id for id in self.ids if id in kept]
        listing = Found(self.all, ids, len(ids), ranked=self.ranked)
        listing.complete = self.complete
        return listing

    @property
    def articles(self) -> QuerySet[Article]:
        return self.all.filter(pk__in=self.ids)

    def first(self, count: int = 0) -> QuerySet[Article, Any]:
        ids = self.ids[: count or WINDOW]
        return Article.objects.filter(pk__in=ids).order_by().values("pk")

    def count(self) -> int:
        return min(self.total, WINDOW)

    def __getitem__(self, page: slice) -> list[Article]:
        if not self.ranked:
            return list(self.articles[page])
        ids = self.ids[page]
        found = {article.pk: article for article in self.all.filter(pk__in=ids)}
        return [found[id] for id in ids if id in found]


Listing = Rows | Found


def newest(articles: QuerySet[Article], count: int = 0) -> QuerySet[Article, Any]:
    """The ids of the first WINDOW of `articles`, or of `count`, in the order that is kept."""
    return articles.order_by(*Article._meta.ordering or ()).values("pk")[: count or WINDOW]

"""Looking through articles one after the other, for as long as a reader waits."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import F, QuerySet

from archive.models import Article
from search.plain.conditions import condition, reach
from search.request import SearchRequest

PATIENCE = 0.5
"""Seconds after which no further articles are looked at."""

AT_FIRST, AT_MOST = 250, 8_000
"""Articles that one query looks at. The next looks at twice as many, while that takes no longer
than SHORT."""

SHORT = 0.05

FARTHEST = 200_000
"""Articles that are looked at in all, however fast that goes."""


@dataclass(frozen=True, slots=True)
class Looked:
    """found: ids, in order. looked_at: how many articles were looked at. last: the last of them, if
    there are more that were not; then more may be found there.
    """

    found: tuple[int, ...]
    looked_at: int
    last: int | None

    @property
    def is_whole(self) -> bool:
        return self.last is None


def look(
    articles: QuerySet[Article], request: SearchRequest, enough: int, *, oldest_first: bool = False
) -> Looked:
    """Which of `articles` answer to a request, the newest first, until `enough` are found.

    articles: those that may be shown. Takes hardly longer than PATIENCE, however many there are.
    """
    wanted, until = condition(request), time.monotonic() + PATIENCE
    found: list[int] = []
    looked_at, last = 0, None
    rows = in_order(articles.filter(reach(request)), oldest_first=oldest_first)
    for ids in growing(rows):
        looked_at, last = looked_at + len(ids), ids[-1]
        passing = Article.objects.filter(wanted, pk__in=ids).order_by()
        answering = set(passing.values_list("pk", flat=True))
        found += [id for id in ids if id in answering]
        if len(found) >= enough or time.monotonic() > until:
            break
    is_whole = next(rows, None) is None and looked_at < FARTHEST
    return Looked(tuple(found), looked_at, None if is_whole else last)


def in_order(articles: QuerySet[Article], *, oldest_first: bool) -> Iterator[int]:
    """Their ids, as they are kept in the order of time; read as they are asked for."""
    moment = (
        F("first_published").asc() if oldest_first else F("first_published").desc(nulls_last=True)
    )
    ordered = articles.order_by(moment, "pk" if oldest_first else "-pk")
    return ordered.values_list("pk", flat=True)[:FARTHEST].iterator(AT_MOST)


def growing(ids: Iterable[int]) -> Iterator[list[int]]:
    """In parts of AT_FIRST to AT_MOST, larger as long as whoever takes them is quick."""
    ids, size = iter(ids), AT_FIRST
    while part := list(islice(ids, size)):
        began = time.monotonic()
        yield part
        if time.monotonic() - began < SHORT:
            size = min(2 * size, AT_MOST)

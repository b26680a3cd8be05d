""" "Read also": pointers are tied to their articles once these are in the archive."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction

from archive.models import Article, RelatedArticle

PART = 5_000


class _Waiting(NamedTuple):
    pk: int
    article_id: int
    source_id: int
    external_id: str
    url: str
    title: str


def tie_related() -> int:
    """Give every pointer that has none its target: the article of the same source with that id,
    else the one at that address, else the one of the same source under exactly that headline (the
    oldest in the archive). Returns how many found theirs."""
    return sum(map(_tie, _parts()))


def _parts() -> Iterator[list[_Waiting]]:
    waiting = RelatedArticle.objects.filter(target=None).order_by("pk")
    columns = ("pk", "article_id", "article__source_id", "external_id", "url", "title")
    last = 0
    while part := [
        _Waiting(*row) for row in waiting.filter(pk__gt=last).values_list(*columns)[:PART]
    ]:
        last = part[-1].pk
        yield part


def _tie(part: list[_Waiting]) -> int:
    find = _Targets(part)
    with transaction.atomic():
        tied = [
            RelatedArticle(pk=one.pk, target_id=target) for one in part if (target := find.of(one))
        ]
        RelatedArticle.objects.bulk_update(tied, ["target"])
    return len(tied)


class _Targets:
    """The articles that some pointers mean."""

    def __init__(self, waiting: list[_Waiting]) -> None:
        ids = {one.external_id for one in waiting if one.external_id}
        urls = {one.url for one in waiting if one.url}
        titles = {one.title for one in waiting if one.title}
        articles = Article.objects.order_by("-pk")
        self._by_id = {
            (source, external_id): pk
            for source, external_id, pk in articles.filter(external_id__in=ids).values_list(
                "source", "external_id", "pk"
            )
        }
        self._by_url = dict(articles.filter(url__in=urls).values_list("url", "pk"))
        self._by_title = {
            (source, headline): pk
            for source, headline, pk in articles.filter(headline__in=titles).values_list(
                "source", "headline", "pk"
            )
        }

    def of(self, one: _Waiting) -> int | None:
        found = (
            self._by_id.get((one.source_id, one.external_id))
            or self._by_url.get(one.url)
            or self._by_title.get((one.source_id, one.title))
        )
        return found if found != one.article_id else None

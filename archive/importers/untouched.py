"""Which articles of an import are still what it made of them.

What anybody touched is not: an article of which another version is kept, that somebody moved, or
whose people, quotations, corrections, media or pointers are not those it came with.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from archive.importers.writing import rows
from archive.importers.writing.merge import is_edited, mark
from archive.models import (
    Article,
    ArticleVersion,
    Correction,
    Media,
    Mention,
    Origin,
    Quotation,
    RelatedArticle,
    Status,
    Transition,
)


def untouched(part: Sequence[int], withdrawn_for: Collection[str]) -> Iterator[int]:
    """Those of these articles (ids) that are; they are locked, so it takes a transaction.

    withdrawn_for: reasons for which an article was withdrawn and is untouched all the same.
    """
    is_touched = touched_in_rows(withdrawn_for)
    articles = Article.objects.filter(~is_touched, pk__in=part).order_by("pk")
    media, pointers, corrections = (
        by_article(children, part) for children in (Media, RelatedArticle, Correction)
    )
    for article in articles.select_for_update().defer("headline", "standfirst", "body"):
        told = {mark(one.text) for one in corrections[article.pk]}
        items = tuple(map(rows.media_row, media[article.pk]))
        related = tuple(map(rows.pointer_row, pointers[article.pk]))
        if not (
            told != set(article.imported_fields.get("corrections", ()))
            or is_edited(article, "media", items)
            or is_edited(article, "related", related)
        ):
            yield article.pk


def touched_in_rows(withdrawn_for: Collection[str]) -> Q:
    """Whether a row of another table tells of it."""
    own = {"article": OuterRef("pk")}
    moved = Transition.objects.filter(**own, by__isnull=False)
    moved = moved.exclude(target=Status.WITHDRAWN, reason__in=withdrawn_for)
    quoted = Quotation.objects.filter(Q(origin=Origin.EDITOR) | Q(dismissed=True), **own)
    return (
        Q(Exists(ArticleVersion.objects.filter(id=OuterRef("pk"))))
        | Q(Exists(moved))
        | Q(Exists(Mention.objects.filter(**own, origin=Origin.EDITOR)))
        | Q(Exists(quoted))
    )


def by_article(children: type[Any], part: Sequence[int]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for child in children.objects.filter(article__in=part):
        found[child.article_id].append(child)
    return found

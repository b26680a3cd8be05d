"""Articles as the records that an import would have made of them."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Prefetch, QuerySet

from archive.importers.base import CorrectionNote, MediaItem, Pointer, Record, TagName
from archive.models import Article, Correction, Media, Mention, Origin, RelatedArticle, Tag

PART = 500  # articles in memory
_TAG_KINDS = [*Tag.Kind]


def records_of(articles: QuerySet[Article], ids: Iterable[int], *, whole: bool) -> Iterator[Record]:
    """Those of `articles` that have the `ids`, in that order; memory for PART of them.

    whole: also what readers are not shown: corrections for editors only, and where an article
    points that is not one of `articles`.
    """
    ids = iter(ids)
    while part := list(islice(ids, PART)):
        found = _loaded(articles, whole=whole).in_bulk(part)
        yield from (_record(found[pk], whole=whole) for pk in part if pk in found)


def _loaded(articles: QuerySet[Article], *, whole: bool) -> QuerySet[Article]:
    targets = Article.objects.all() if whole else articles.order_by()
    corrections = Correction.objects.all() if whole else Correction.objects.filter(public=True)
    return (
        articles.order_by()
        .select_related("source", "section")
        .prefetch_related(
            "tags",
            "media",
            Prefetch("mentions", Mention.objects.select_related("person")),
            Prefetch("corrections", corrections),
            "related",
            Prefetch("related__target", targets.only("external_id", "url", "headline", "body")),
        )
    )


def _record(article: Article, *, whole: bool) -> Record:
    return Record(
        source=article.source.name,
        external_id=article.external_id,
        url=article.url,
        language=article.language,
        section=article.section.name if article.section else "",
        headline=article.headline,
        standfirst=article.standfirst,
        paragraphs=tuple(article.paragraphs),
        byline=article.byline,
        place=article.place,
        published=article.first_published,
        precision=article.date_precision,
        modified=article.last_modified,
        status=article.status,
        embargo_until=article.embargo_until,
        expires=article.expires_at,
        rights=article.rights,
        people=_people(article.mentions.all()),
        tags=_tags(article),
        related=tuple(filter(any, map(_pointer, article.related.all()))),
        media=tuple(map(_media, article.media.all())),
        corrections=tuple(
            CorrectionNote(one.text, one.when, one.public) for one in article.corrections.all()
        ),
    )


def _people(mentions: Iterable[Mention]) -> tuple[str, ...] | None:
    """None where all of them were found in the text: an import finds them again."""
    mentions = list(mentions)
    if mentions and all(mention.origin == Origin.EXTRACTED for mention in mentions):
        return None
    return tuple(mention.person.name for mention in mentions)


def _tags(article: Article) -> tuple[TagName, ...]:
    """By kind, and then by name."""
    tags = sorted(article.tags.all(), key=lambda tag: (_TAG_KINDS.index(tag.kind), tag.name))
    return tuple(TagName(tag.name, tag.kind) for tag in tags)


def _pointer(pointer: RelatedArticle) -> Pointer:
    """In its own words; one that an editor only chose, in those of the article chosen."""
    words = Pointer(pointer.title, pointer.external_id, pointer.url)
    target = pointer.target
    if any(words) or target is None:
        return words
    return Pointer(target.title, target.external_id, target.url)


def _media(item: Media) -> MediaItem:
    return MediaItem(
        item.kind, item.title, item.caption, item.credit, item.alt, item.file.name or "", item.url,
        item.duration,
    )  # fmt: skip

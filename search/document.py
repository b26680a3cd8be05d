"""Article -> IndexDocument, one function for every engine."""

import hashlib
import json
from dataclasses import astuple, dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from archive.models import Article, Mention


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet: its slug, the name it is shown under, and other names it answers to."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """Everything that a search may find an article by.

    published: aware, or None for undated. day: its day in the newsroom's TIME_ZONE.
    """

    id: int
    headline: str
    standfirst: str
    body: str
    byline: str
    published: datetime | None
    day: date | None
    people: tuple[Entry, ...]
    tags: tuple[Entry, ...]
    section: Entry | None
    source: Entry

    def hash(self) -> str:
        """SHA-256, hexadecimal, of all of the above: equal hashes, equal index entries."""
        content = json.dumps(astuple(self), default=str, ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def document_of(article: Article) -> IndexDocument:
    """The article as it is in memory. Fetch it `with_entries`, or this asks for each of them."""
    published = article.first_published
    return IndexDocument(
        id=article.pk,
        headline=article.headline,
        standfirst=article.standfirst,
        body=article.body,
        byline=article.byline,
        published=published,
        day=timezone.localtime(published).date() if published else None,
        people=tuple(person_entry(mention) for mention in article.mentions.all()),
        tags=tuple(Entry(tag.slug, tag.name) for tag in article.tags.all()),
        section=Entry(article.section.slug, article.section.name) if article.section else None,
        source=Entry(article.source.slug, article.source.name),
    )


def person_entry(mention: Mention) -> Entry:
    person = mention.person
    return Entry(person.slug, person.name, tuple(alias.name for alias in person.aliases.all()))


def with_entries(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The same articles with all that a document needs, in a fixed number of queries."""
    mentions = Mention.objects.select_related("person").prefetch_related("person__aliases")
    return articles.select_related("section", "source").prefetch_related(
        "tags", Prefetch("mentions", queryset=mentions)
    )

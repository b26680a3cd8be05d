"""Articles -> IndexDocuments, one function for every engine.

A rebuild of a million articles waits for it, so it reads tuples, in a fixed number of queries for
however many articles, and makes no object but the documents.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archive.dating import beginning
from archive.models import Article, DatePrecision, Mention, Person, PersonAlias, Quotation, Tag
from archive.selectors import public_articles
from search.document import Entry, IndexDocument, Quote
from search.language.periods import Unit

BATCH = 10_000  # SQLite binds 32,766 values in a query, PostgreSQL's driver 65,535
UNITS: dict[str, Unit] = {
    DatePrecision.DAY: Unit.DAY,
    DatePrecision.MONTH: Unit.MONTH,
    DatePrecision.YEAR: Unit.YEAR,
}
REMEMBERED = 50_000  # people, and as many tags: about 20 MB


class Remembered:
    """Entries by id, read when first asked for; when they are more than REMEMBERED, from the start.

    Nobody tells it of changes.
    """

    def __init__(self, read: Callable[[Collection[int]], Iterable[tuple[int, Entry]]]) -> None:
        self._read = read
        self._entries: dict[int, Entry] = {}

    def entries(self, ids: set[int]) -> Mapping[int, Entry]:
        """At least those of `ids` that exist."""
        if len(self._entries) > REMEMBERED:
            self._entries = {}
        missing = sorted(ids - self._entries.keys())
        for start in range(0, len(missing), BATCH):
            self._entries.update(self._read(missing[start : start + BATCH]))
        return self._entries


class Names:
    """The names of people and tags, each read once. Keep it for one run over many articles.

    A name that changes during the run leaves a row in the outbox for each article that bears it.
    """

    def __init__(self) -> None:
        self.people = Remembered(people)
        self.tags = Remembered(tags)


def documents(ids: Collection[int], names: Names) -> Iterator[tuple[IndexDocument, bool]]:
    """The documents of those articles that exist, in any order, each with: is it public?

    One query tells both, so a text never comes with the visibility of another version of it. What
    else changes while this reads leaves a row in the outbox.
    """
    rows = list(texts(ids))
    people = by_article(mentions(ids), names.people)
    tags = by_article(taggings(ids), names.tags)
    said = quotes(quotations(ids), names.people)
    wanted, zone = set(ids), timezone.get_current_timezone()
    for id, *text, moment, precision, section, section_name, source, source_name, is_public in rows:
        if id not in wanted:
            continue
        headline, standfirst, body, byline = text
        published = moment and beginning(moment, precision)
        document = IndexDocument(
            id=id,
            headline=headline,
            standfirst=standfirst,
            body=body,
            byline=byline,
            published=published,
            day=published.astimezone(zone).date() if published else None,
            people=tuple(people.get(id, ())),
            tags=tuple(tags.get(id, ())),
            section=Entry(section, section_name) if section else None,
            source=Entry(source, source_name),
            quotes=tuple(said.get(id, ())),
            unit=UNITS[precision] if published else Unit.DAY,
        )
        yield document, is_public


def texts(ids: Collection[int]) -> Iterable[tuple[Any, ...]]:
    return (
        Article.objects.filter(among("pk", ids))
        .order_by()
        .values_list(
            "pk",
            "headline",
            "standfirst",
            "body",
            "byline",
            "first_published",
            "date_precision",
            "section__slug",
            "section__name",
            "source__slug",
            "source__name",
            Exists(public_articles().filter(pk=OuterRef("pk"))),
        )
    )


def mentions(ids: Collection[int]) -> Iterable[tuple[int, int]]:
    """(article, person), the people of an article in their order there."""
    found = Mention.objects.filter(among("article__pk", ids))
    return found.order_by("position", "pk").values_list("article_id", "person_id")


def taggings(ids: Collection[int]) -> Iterable[tuple[int, int]]:
    """(article, tag), the tags of an article as they were made."""
    found = Article.tags.through.objects.filter(among("article__pk", ids))
    return found.order_by("article_id", "tag_id").values_list("article_id", "tag_id")


def quotations(ids: Collection[int]) -> Iterable[tuple[int, str, int | None]]:
    """(article, words, speaker) of what is a quotation and still in the text, in its order there,
    part by part."""
    found = Quotation.objects.filter(
        among("article__pk", ids), dismissed=False, start__isnull=False
    )
    return found.order_by("part", "start").values_list("article_id", "text", "speaker_id")


def among(path: str, ids: Collection[int]) -> Q:
    """Rows whose `path` is one of `ids`; where most ids are asked for, others in between too.

    Two bounds are read at twice the speed of as many single ids.
    """
    first, last = min(ids, default=0), max(ids, default=0)
    if last - first < 2 * len(ids):
        return Q((f"{path}__range", (first, last)))
    return Q((f"{path}__in", ids))


def by_article(
    pairs: Iterable[tuple[int, int]], remembered: Remembered
) -> Mapping[int, list[Entry]]:
    """The entries of each article that has any. pairs: (article, entry) by id, in order."""
    pairs = list(pairs)
    entries = remembered.entries({id for _, id in pairs})
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for article, id in pairs:
        if id in entries:  # or it was deleted this moment, which the outbox knows
            found[article].append(entries[id])
    return found


def quotes(
    rows: Iterable[tuple[int, str, int | None]], remembered: Remembered
) -> Mapping[int, list[Quote]]:
    """The quotes of each article that has any. rows: as of `quotations`."""
    rows = list(rows)
    speakers = remembered.entries({id for _, _, id in rows if id is not None})
    found: defaultdict[int, list[Quote]] = defaultdict(list)
    for article, words, id in rows:
        found[article].append(Quote(words, speakers.get(id) if id is not None else None))
    return found


def people(ids: Collection[int]) -> Iterator[tuple[int, Entry]]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    known_as = PersonAlias.objects.filter(person__in=ids).order_by("name")
    for person, alias in known_as.values_list("person_id", "name"):
        aliases[person].append(alias)
    named = Person.objects.filter(pk__in=ids).order_by()
    for id, slug, name in named.values_list("pk", "slug", "name"):
        yield id, Entry(slug, name, tuple(aliases.get(id, ())))


def tags(ids: Collection[int]) -> Iterator[tuple[int, Entry]]:
    named = Tag.objects.filter(pk__in=ids).order_by()
    for id, slug, name in named.values_list("pk", "slug", "name"):
        yield id, Entry(slug, name)

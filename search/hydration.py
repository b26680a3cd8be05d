"""What a page shows of the articles found, as the database has them now.

An engine answers with ids. Each is looked up once more through `public_articles`, so that an index
that lags behind cannot show what was withdrawn.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.db.models import BigAutoField, DateTimeField, Exists, OuterRef, QuerySet
from django.db.models.functions import Left
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from archive.models import Article, Mention
from archive.selectors import public_articles
from archive.typography import curled
from search.document import Quote
from search.highlight import SNIPPET_SOURCE, Highlighter
from search.language.tree import Node
from search.prepared import Given, Prepared
from search.quoted import answering, asked_of_quotations
from search.reading import UNITS, Names, quotations, quotes
from search.request import Hit, Match, PersonName

AT_ONCE = 20
"""Articles that are looked up together: those of a page, in two queries."""

IDS: Any = [Given(f"id{number}", BigAutoField()) for number in range(AT_ONCE)]


class Row(NamedTuple):
    """An article as far as a result shows it; of a very long body only the beginning."""

    pk: int
    external_id: str
    language: str
    headline: str
    standfirst: str
    body: str
    published: datetime | None
    precision: str
    source: str
    section: str | None


class Text(Row):
    """A row with the record's own rules, which ask for nothing but what it has."""

    title: Any = Article.title
    slug: Any = Article.slug

    def url(self, address: str) -> str:
        """The same as `get_absolute_url`. address: what `article_address` gives."""
        return address % (self.pk, quote(self.slug))


def article_address() -> str:
    """The address of every article, with %d and %s for its number and its slug."""
    return _article_address(get_script_prefix())


@lru_cache(maxsize=1)
def _article_address(script_prefix: str) -> str:
    number, slug = 987654321, "slug-of-an-article"
    address = reverse("archive:article", args=[number, slug]).replace("%", "%%")
    return address.replace(str(number), "%d").replace(slug, "%s")


def hydrate(tree: Node, matches: Sequence[Match]) -> tuple[Hit, ...]:
    """The matches as they stand in the database now, in the same order, the tree's words marked.

    What ceased to be public since the engine looked is left out.
    """
    highlighter, address = Highlighter(tree), article_address()
    said = quotations_found(tree, [match.id for match in matches])
    return tuple(
        hit_of(text, people, match, said.get(match.id), highlighter, address)
        for start in range(0, len(matches), AT_ONCE)
        for match, text, people in looked_up(matches[start : start + AT_ONCE])
    )


def quotations_found(tree: Node, ids: Sequence[int]) -> dict[int, Quote]:
    """Of each article the first quotation that it was found by, where quotations were asked for."""
    if not ids or not any(asked_of_quotations(tree)):
        return {}
    quoted = quotes(quotations(ids), Names().people)
    found = ((id, next(answering(tree, own), None)) for id, own in quoted.items())
    return {id: quote for id, quote in found if quote}


def looked_up(matches: Sequence[Match]) -> list[tuple[Match, Text, tuple[PersonName, ...]]]:
    """Those of at most AT_ONCE matches that are public, each with its article and its people."""
    ids = [match.id for match in matches]
    given = {f"id{number}": ids[min(number, len(ids) - 1)] for number in range(AT_ONCE)}
    texts = {row[0]: Text(*row) for row in TEXTS.rows(now=timezone.now(), **given)}
    people = defaultdict[int, list[PersonName]](list)
    for article, name, slug in MENTIONS.rows(**given):
        people[article].append(PersonName(name, slug))
    return [
        (match, texts[match.id], tuple(people[match.id])) for match in matches if match.id in texts
    ]


def public_texts() -> QuerySet[Article, tuple[Any, ...]]:
    # Asked for public articles outright, SQLite walks through all of them to find those with the
    # ids; so it finds the ids and looks whether each is public.
    is_public = public_articles(Given("now", DateTimeField())).filter(pk=OuterRef("pk"))
    articles = Article.objects.filter(Exists(is_public), pk__in=IDS).order_by()
    return articles.values_list(
        "pk",
        "external_id",
        "language",
        "headline",
        "standfirst",
        Left("body", SNIPPET_SOURCE),
        "first_published",
        "date_precision",
        "source__name",
        "section__name",
    )


def mentions() -> QuerySet[Mention, tuple[int, str, str]]:
    mentioned = Mention.objects.filter(article__pk__in=IDS)
    return mentioned.values_list("article_id", "person__name", "person__slug")


TEXTS = Prepared(public_texts)
MENTIONS = Prepared(mentions)


def snippet_of(text: Text, said: Quote | None, highlighter: Highlighter) -> SafeString:
    if said is None:
        return highlighter.snippet(text.standfirst, text.body, text.language)
    speaker = said.speaker.name if said.speaker else ""
    return highlighter.quotation(said.words, speaker, text.language)


def hit_of(
    text: Text,
    people: tuple[PersonName, ...],
    match: Match,
    said: Quote | None,
    highlighter: Highlighter,
    address: str,
) -> Hit:
    return Hit(
        id=text.pk,
        external_id=text.external_id,
        url=text.url(address),
        headline=highlighter.headline(curled(text.title, text.language)),
        snippet=snippet_of(text, said, highlighter),
        published=text.published,
        source=text.source,
        section=text.section or "",
        people=people,
        score=match.score,
        unit=UNITS[text.precision],
    )

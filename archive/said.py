"""Who said what, as readers are shown it: on the page of an article, and on a person's own."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Q, QuerySet

from archive.models import Article, Person, Quotation
from archive.quotations.grammar import PRONOUNS
from archive.selectors import public_articles
from archive.typography import curled

Part = Quotation.Part
PARTS = list(Part)


@dataclass(frozen=True, slots=True)
class Said:
    """Some quotations of one article in a row, by one speaker.

    speaker: the person, where it is sure who is meant; name: of that person, else as the text has
    it; quotations: of one article, in its order.
    """

    speaker: Person | None
    name: str
    quotations: tuple["Shown", ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation to be read. anchor: the id, on the article's page, of where it stands."""

    text: str
    anchor: str


def who_said_what(article: Article) -> list[Said]:
    """The article's quotations whose speaker is told, by speaker. One query.

    "He said" alone tells nothing to somebody who reads a list, and is left out.
    """
    told = _shown().filter(article=article).select_related("speaker")
    in_order = sorted(told, key=lambda one: (PARTS.index(Part(one.part)), one.start))
    named = [one for one in in_order if _name_of(one)]
    shown = zip(named, to_read(article, named), strict=True)
    by_speaker = groupby(shown, lambda pair: (pair[0].speaker, _name_of(pair[0])))
    return [
        Said(speaker, name, tuple(quotation for _, quotation in pairs))
        for (speaker, name), pairs in by_speaker
    ]


def quotations_by(person: Person) -> QuerySet[Quotation]:
    """What a person says in public articles, the newest first, with the articles."""
    said = _shown().filter(speaker=person, article__in=public_articles().order_by())
    newest = F("article__first_published").desc(nulls_last=True)
    return said.select_related("article__source").order_by(newest, "-article_id", "start")


def to_read(article: Article, quotations: Iterable[Quotation]) -> Iterator[Shown]:
    """Quotations of one article as its language writes them, without the comma before "he said"."""
    ends = list(_paragraph_ends(article))
    for one in quotations:
        place = f"p{bisect_left(ends, one.end or 0) + 1}" if one.part == Part.BODY else one.part
        yield Shown(curled(one.text, article.language).rstrip(","), place)


def _paragraph_ends(article: Article) -> Iterator[int]:
    """Where each of `Article.paragraphs` ends in the body."""
    at = 0
    for part in article.body.split("\n\n"):
        if part.strip():
            yield at + len(part)
        at += len(part) + 2


def _shown() -> QuerySet[Quotation]:
    """What is a quotation, and still in the text."""
    return Quotation.objects.filter(
        ~Q(speaker=None) | ~Q(surface=""), dismissed=False, start__isnull=False
    )


def _name_of(quotation: Quotation) -> str:
    if quotation.speaker:
        return quotation.speaker.name
    return "" if quotation.surface.lower() in PRONOUNS else quotation.surface

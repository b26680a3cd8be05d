"""What is known of a person, for an editor who has to decide whether two are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from archive.models import Article, Mention, Person
from archive.rights import Somebody
from archive.selectors import articles_for

ARTICLES_SHOWN = 6
COMPANIONS_SHOWN = 12
LOOKED_THROUGH = 300
"""Articles, the latest ones, whose other people are counted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """companions: who else the person's articles mention, and in how many of them."""

    person: Person
    aliases: list[str]
    surfaces: list[str]
    count: int
    first: datetime | None
    last: datetime | None
    articles: list[Article]
    companions: list[tuple[str, int]]


def evidence(person: Person, reader: Somebody) -> Evidence:
    """In the articles that `reader` may read. A few queries, none of which looks at more than the
    person's own articles."""
    articles = articles_for(reader).filter(mentions__person=person)
    known = articles.order_by().aggregate(
        count=Count("pk"), first=Min("first_published"), last=Max("first_published")
    )
    latest = articles.order_by("-first_published", "-pk")
    ids = list(latest.values_list("pk", flat=True)[:LOOKED_THROUGH])
    return Evidence(
        person=person,
        aliases=[alias.name for alias in person.aliases.all()],
        surfaces=surfaces(Mention.objects.filter(person=person, article__in=ids)),
        articles=list(latest[:ARTICLES_SHOWN]),
        companions=companions(person, ids),
        **known,
    )


def companions(person: Person, articles: Iterable[int]) -> list[tuple[str, int]]:
    beside = Mention.objects.filter(article__in=articles).exclude(person=person).order_by()
    counted = beside.values_list("person__name").annotate(count=Count("pk"))
    return list(counted.order_by("-count", "person__name")[:COMPANIONS_SHOWN])


def surfaces(mentions: Iterable[Mention]) -> list[str]:
    """What the articles call the person, each once."""
    return sorted({surface for mention in mentions for surface in mention.surfaces})


def in_common(one: Evidence, other: Evidence) -> set[str]:
    """Who is mentioned beside both."""
    return {name for name, _ in one.companions} & {name for name, _ in other.companions}

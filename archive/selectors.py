"""Reads. `public_articles` is the only visibility rule in the whole house."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from archive.models import Article, Correction, FormerSlug, Media, Person, Right, Status
from archive.rights import has_right

Moment = datetime | Combinable
"""A moment (aware), or what stands for one in a query."""


def public_articles(now: Moment | None = None) -> QuerySet[Article]:
    """The articles that the public may see at `now` (aware; the current time unless given).

    Published, or scheduled and due: nobody has to flip a status on the minute. Not before the time
    of first publication, not under an embargo. What has no date is public as soon as it is
    published. Withdrawn articles, drafts and articles in review never are.
    """
    now = now or timezone.now()
    return Article.objects.filter(
        Q(first_published__isnull=True) | Q(first_published__lte=now),
        Q(embargo_until__isnull=True) | Q(embargo_until__lte=now),
        status__in=(Status.PUBLISHED, Status.SCHEDULED),
    )


def newest_articles() -> QuerySet[Article]:
    """The public articles in their order, for those who want the first few of all.

    One by one along the index of that order. Asked for the public ones outright, SQLite gathers
    them by another index and sorts them all.
    """
    is_public = public_articles().filter(pk=OuterRef("pk"))
    return Article.objects.filter(Exists(is_public))


def articles_by_id(ids: Sequence[int]) -> list[Article]:
    """Those of `ids` that are public, in that order, with all that a list shows of them."""
    found = newest_articles().order_by().select_related("section", "source").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def came_due(since: datetime, until: datetime) -> list[int]:
    """The ids of the articles whose hour came after `since` and not after `until` (both aware).

    All that time alone made public in between are among them: nothing was written then that could
    have told the index. Among them may be articles that something else still keeps back.
    """
    # Two short looks into an index each. In one condition, or with the rest of the rule, SQLite
    # walks through all that is published.
    dated, freed = (found.order_by().values_list("pk") for found in due_between(since, until))
    return [pk for (pk,) in dated.union(freed)]


def due_between(since: Moment, until: Moment) -> tuple[QuerySet[Article], QuerySet[Article]]:
    """As `came_due`, not asked yet: those due by their date, and those by the end of an embargo."""
    dated = Article.objects.filter(
        status__in=(Status.PUBLISHED, Status.SCHEDULED),
        first_published__gt=since,
        first_published__lte=until,
    )
    return dated, Article.objects.filter(embargo_until__gt=since, embargo_until__lte=until)


def articles_for(user: User | AnonymousUser, now: datetime | None = None) -> QuerySet[Article]:
    """What `user` may read at `now` (aware; the current time unless given).

    The public articles; for staff who may view articles all of them, but those that others wrote
    and that are under an embargo only with the right to edit them.
    """
    if not (user.is_staff and user.has_perm("archive.view_article")):
        return public_articles(now)
    if has_right(user, Right.EDIT_ANY):
        return Article.objects.all()
    is_free = Q(embargo_until__isnull=True) | Q(embargo_until__lte=now or timezone.now())
    return Article.objects.filter(is_free | Q(created_by=user.pk))


def kept_from(user: User | AnonymousUser) -> frozenset[int]:
    """The ids of the few articles that staff may not read although they may read the others: those
    that `articles_for` leaves out. For searches, which find what is not public as well."""
    if has_right(user, Right.EDIT_ANY):
        return frozenset()
    embargoed = Article.objects.filter(embargo_until__gt=timezone.now()).order_by()
    others = embargoed.exclude(pk__in=articles_for(user).order_by())
    return frozenset(others.values_list("pk", flat=True))


def media_for(user: User | AnonymousUser) -> QuerySet[Media]:
    """The media of the articles that `user` may read."""
    return Media.objects.filter(article__in=articles_for(user).order_by())


def is_public(article: Article) -> bool:
    return public_articles().filter(pk=article.pk).exists()


def public_people() -> QuerySet[Person]:
    """The people whom public articles mention."""
    articles = public_articles().filter(mentions__person=OuterRef("pk")).order_by()
    return Person.objects.filter(Exists(articles))


def current_slugs(slugs: Collection[str]) -> dict[str, str]:
    """The slugs of today of those that are former ones: of people renamed, or merged into others.

    Only of people whom public articles mention.
    """
    # PostgreSQL refuses to look for what no text of its own can hold.
    asked = [slug for slug in slugs if "\0" not in slug]
    merged = Person.objects.filter(slug__in=asked, merged_into__isnull=False)
    former = FormerSlug.objects.filter(slug__in=asked)
    who = dict(former.values_list("slug", Coalesce("person__merged_into", "person")))
    who |= dict(merged.values_list("slug", "merged_into"))
    public = dict(public_people().filter(pk__in=who.values()).values_list("pk", "slug"))
    return {slug: public[pk] for slug, pk in who.items() if pk in public}


def public_corrections(article: Article) -> QuerySet[Correction]:
    """What readers of `article` are told was put right in it, in the order of time."""
    return article.corrections.filter(public=True)


class ReadAlso(NamedTuple):
    """Where an article points. `url` is "" where the public has nothing to read."""

    title: str
    url: str


def read_also(article: Article) -> Iterator[ReadAlso]:
    """Where `article` points, as the public may know it, in the editors' order.

    A target that is not public lends neither its address nor its headline: only the pointer's own
    words remain, and without such words the pointer is left out.
    """
    is_open = Exists(public_articles().filter(pk=OuterRef("target")))
    for pointer in article.related.select_related("target").annotate(is_open=is_open):
        if pointer.is_open and pointer.target:
            yield ReadAlso(pointer.target.title, pointer.target.get_absolute_url())
        elif pointer.title:
            yield ReadAlso(pointer.title, "")

"""Editors who have the same article open, told of each other. Nobody is kept out by it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from archive.models import Article, Presence

GONE_AFTER = timedelta(seconds=90)
"""Three times what browsers let pass between two signs of life (desk-presence.js)."""


@transaction.atomic
def presence_note(*, article: Article, user: User, now: datetime) -> None:
    """`user` has the article open at `now`: still, or since now."""
    Presence.objects.filter(article=article, seen__lt=now - GONE_AFTER).delete()
    Presence.objects.update_or_create(
        article=article, user=user, defaults={"seen": now}, create_defaults=_since(now)
    )


def presence_end(*, article: Article, user: User) -> None:
    """`user` has closed the article."""
    Presence.objects.filter(article=article, user=user).delete()


def present(article: Article, now: datetime, *, but: User) -> QuerySet[Presence]:
    """Who has the article open at `now`, except one, those first who have had it longest."""
    there = Presence.objects.filter(article=article, seen__gte=now - GONE_AFTER)
    return there.exclude(user=but).select_related("user")


def _since(now: datetime) -> dict[str, datetime]:
    return {"since": now, "seen": now}

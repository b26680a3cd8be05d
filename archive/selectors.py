"""Reads. `public_articles` is the only visibility rule in the whole house."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from archive.models import Article, Status


def public_articles(now: datetime | None = None) -> QuerySet[Article]:
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


def became_public(since: datetime, until: datetime) -> QuerySet[Article]:
    """The public articles whose hour came after `since` and not after `until` (both aware).

    Time alone made them public, so nothing was written that could have told the index.
    """
    return public_articles(until).filter(
        Q(first_published__gt=since, first_published__lte=until)
        | Q(embargo_until__gt=since, embargo_until__lte=until)
    )

"""The life of the secrets, asked about at each turn. Made once; the tests look at what came of it.

The public's archive is asked everything before there is a secret. Then the secrets come, never
public; are published, so that every surface shows that it would tell; and are taken back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from unittest import mock

import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from archive import services
from archive.models import Article, Status
from archive.rights import Role
from archive.versions import versions_kept
from search import outbox
from tests.factories import ArticleFactory, member
from tests.leaks.canaries import canary
from tests.leaks.matrix import Leak, answers, leaks
from tests.leaks.secrets import STATES, secret
from tests.leaks.surfaces import BRIDGE, Answers, Ask, others, pages, surfaces, words_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LISTS = ("/", "/search/?q=harbour", "/search/suggest/?q=qzx", "/search/facet/tag/", "/people/")
"""What those who are signed in are asked as well: who they are must not matter there."""
OPEN_TO_STAFF = ("/article/", "/media/")


class Story:
    """What was answered when. before: with no secret; published: with all of them public."""

    def __init__(self) -> None:
        self.before: Answers = {}
        self.published: Answers = {}
        self.leaked: list[Leak] = []
        self.stages = self.compared = 0

    def compare(self, stage: str, now: Answers) -> None:
        self.leaked += leaks(stage, self.before, now)
        self.stages += 1
        self.compared += len(now)


@contextmanager
def archive(folder: Path) -> Iterator[Article]:
    """An archive of a few public articles at a time that stands still; it is undone at the end."""
    own = {"SEARCH_INDEX_DIR": folder / "index", "MEDIA_ROOT": folder / "media"}
    own["SEARCH_SYNC"] = "inline"
    with (
        time_machine.travel(NOW, tick=False),
        override_settings(**own),
        mock.patch("search.upkeep.background.start"),  # no process begins unasked
        transaction.atomic(),
    ):
        yield public_articles()
        transaction.set_rollback(True)


def public_articles() -> Article:
    """The one that the secrets will be tied to; some more are there."""
    bridge = ArticleFactory(
        pk=BRIDGE,
        headline="Harbour bridge",
        published="1997-06-21",
        people=["Ann Vale"],
        tags=["bridge"],
        section="News",
    )
    ArticleFactory(headline="Harbour flooded", people=["Ben Roy"], tags=["bridge"])
    ArticleFactory(headline="Mayor resigns", body="The harbour waits.", published=None)
    outbox.drain_all()
    return bridge


def asked(*, whole: bool = False) -> dict[str, Ask]:
    """All surfaces for nobody in particular, and the lists for those who are signed in."""
    found = surfaces(Client()) | others(Client())
    if whole:
        found |= surfaces(Client(), chain.from_iterable(map(words_of, STATES)))
    lists = [page for page in pages() if not page.startswith(OPEN_TO_STAFF)] if whole else LISTS
    for name, client in signed_in().items():
        asked = surfaces(client, iter(lists))
        found |= {f"{page} as {name}": ask for page, ask in asked.items()}
    return found


def signed_in() -> Mapping[str, Client]:
    """Accounts that may read less than everything."""
    users = {
        "a reader": User.objects.create_user("reader"),
        "a contributor": member(Role.CONTRIBUTOR),
    }
    clients = {name: Client() for name in users}
    for name, client in clients.items():
        client.force_login(users[name])
    return clients


def story(folder: Path, *, whole: bool = False) -> Story:
    """whole: each word by itself, and everything as each account; else the same in groups."""
    told = Story()
    with archive(folder) as bridge:
        surfaces = asked(whole=whole)
        told.before = answers(surfaces)
        with transaction.atomic():
            for state in STATES:
                secret(state, bridge)
            write_notes(bridge)
            told.compare("never public", answers(surfaces))
            transaction.set_rollback(True)
        outbox.note_all()
        for state in STATES:
            secret(state.published(), bridge)
        write_notes(bridge)
        outbox.drain_all()
        told.published = answers(surfaces)
        with override_settings(SEARCH_SYNC="worker"), transaction.atomic():
            take_back()
            told.compare("taken back, no worker runs", answers(surfaces))
            outbox.drain_all()
            told.compare("taken back, the worker was there", answers(surfaces))
            transaction.set_rollback(True)
        outbox.note_all()
        outbox.drain_all()
        take_back()
        told.compare("taken back, by one process", answers(surfaces))
    return told


def take_back() -> None:
    """Each secret becomes what its state says, by the service for that where there is one."""
    chief = User.objects.create_superuser("chief")
    for state in STATES:
        article = Article.objects.get(pk=state.number)
        if state.deleted:
            article.delete()
        elif state.status is Status.WITHDRAWN:
            reason, now = canary("transition.reason", "w"), timezone.now()
            services.article_withdraw(article=article, editor=chief, now=now, reason=reason)
        else:
            Article.objects.filter(pk=state.number).update(**state.fields(timezone.now()))


def write_notes(article: Article) -> None:
    """What the desk alone knows of a public article: the words it had for a while, why they went,
    how it was moved, and a correction that is not shown."""
    as_it_was = {name: getattr(article, name) for name in ("headline", "body")}
    once = {name: f"Harbour {canary(f'article.{name}', 'o')}" for name in as_it_was}
    for words in (once, as_it_was):
        reason = canary("articleversion.history_change_reason", "o")
        with versions_kept(articles=[article.pk], by=None, reason=reason):
            Article.objects.filter(pk=article.pk).update(**words)
        outbox.drain_all()
    moved = {"origin": Status.DRAFT, "target": Status.PUBLISHED}
    article.transitions.create(**moved, reason=canary("transition.reason", "b"))
    note = {"text": canary("correction.text", "b"), "public": False, "shows_changes": True}
    article.corrections.create(**note, version=article.versions.latest())

"""What a contributor is shown at the desk while others have articles under an embargo.

Everything else there they may read; these are to them as if they did not exist.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, reverse

from archive.models import Likeness, Person
from archive.rights import Role
from search import outbox
from tests.factories import member
from tests.leaks.canaries import BEGINNING, canary
from tests.leaks.matrix import Leak, answers, leaks
from tests.leaks.scenario import archive
from tests.leaks.secrets import MOLE, STATES, Rows, secret_of
from tests.leaks.surfaces import BRIDGE, Answer, Ask, fetched

EMBARGOED = tuple(state for state in STATES if state.embargoed)
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|data-token=)"\w+"')
SEARCHES = ("harbour", f"{BEGINNING}*", BEGINNING, "bridge", "nothing there", "pier")
CHOICES = (
    "status__exact=published",
    "lack=twice",
    "lack=no-people",
    "person=ann-vale",
    "year=2001",
)
ASKED_OTHERWISE = {"app_list", "autocomplete", "view_on_site", "login", "logout", "jsi18n"}
TERMS = ("harbour", BEGINNING, "")


def leaked_at_the_desk(folder: Path) -> list[Leak]:
    """What differs for a contributor where two articles of others are under an embargo."""
    with archive(folder) as bridge:
        one, other = Person.objects.order_by("pk")[:2]
        Likeness.objects.create(one=one, other=other, reason="slip", likelihood=64)
        User.objects.create(username=MOLE)
        client = Client()
        client.force_login(member(Role.CONTRIBUTOR))
        with transaction.atomic():
            made = [secret_of(state, bridge) for state in EMBARGOED]
            surfaces = asked(client, made)
            outbox.drain_all()
            with_secrets = answers(surfaces)
            transaction.set_rollback(True)
        with override_settings(SEARCH_INDEX_DIR=folder / "without"):
            outbox.note_all()
            outbox.drain_all()
            return list(leaks("under embargo", answers(surfaces), with_secrets))


def asked(client: Client, made: list[Rows]) -> dict[str, Ask]:
    """Every page of the desk that is asked for by GET, by its address."""
    return {page: partial(calm, client, page) for page in pages(made)}


def calm(client: Client, page: str) -> Answer:
    """The answer without what is random; what it tells the session, it tells no other page."""
    answer = fetched(client, page)
    client.cookies.pop("messages", None)
    headers = tuple(pair for pair in answer.headers if pair[0] != "Expires")
    return Answer(TOKEN.sub(b"", answer.body), answer.status, headers)


def pages(made: list[Rows]) -> Iterator[str]:
    article = f"/admin/archive/article/{BRIDGE}"
    yield from ("/admin/", "/admin/archive/", "/admin/search/")
    yield from (f"{article}/change/", f"{article}/history/")
    listed = reverse("admin:archive_article_changelist")
    yield from (f"{listed}?q={words}" for words in SEARCHES)
    yield from (f"{listed}?{choice}" for choice in CHOICES)
    yield from (f"{listed}?q=harbour&{choice}" for choice in CHOICES)
    for name in ("relatedarticle.target", "media.article", "mention.person", "article.tags"):
        model, field = name.split(".")
        choosing = f"app_label=archive&model_name={model}&field_name={field}"
        yield from (f"{reverse('admin:autocomplete')}?{choosing}&term={term}" for term in TERMS)
    for rows in made:
        yield from pages_of(rows)


def pages_of(rows: Rows) -> Iterator[str]:
    """The pages of one secret and all that hangs on it, as somebody guesses their numbers."""
    numbers = {model._meta.label_lower: thing.pk for model, thing in rows.made.items()}
    for pattern in patterns(admin.site.urls[0]):
        label = ".".join((pattern.name or "").split("_")[:2])
        yield from addresses(pattern, numbers.get(label) or first_number(label))
    for model, thing in rows.made.items():
        yield f"/admin/r/{ContentType.objects.get_for_model(model).pk}/{thing.pk}/"
    yield f"/article/{rows.article.pk}/x/"
    yield f"/article/{rows.article.pk}/citation.ris"
    yield f"/media/{rows.state.number}/"
    yield f"/admin/archive/article/?q={canary('article.headline', rows.state.letter)}"


def first_number(label: str) -> int:
    """Of what is there whatever others write."""
    try:
        first = apps.get_model(label)._default_manager.order_by("pk").first()
    except (LookupError, ValueError):
        return 1
    return first.pk if first else 1


def addresses(pattern: URLPattern, number: int) -> Iterator[str]:
    """Of a page of the desk, with the number of what is its own wherever it wants one."""
    names = list(pattern.pattern.converters)
    if pattern.name not in ASKED_OTHERWISE:
        yield reverse(f"admin:{pattern.name}", kwargs=dict.fromkeys(names, number))


def patterns(resolvers: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in resolvers:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        elif each.name:
            yield each

"""Every address of the desk, tried by every role.

The tables say who may look at a page and who may send something to it: `C` contributors, `E`
editors, `H` chiefs, `S` superusers, each with those after it; `-` nobody, `?` is not tried. A page
that no table names fails a test, so whoever adds one says who may open it.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from archive.bulk import Kind
from archive.models import (
    Article,
    AuditEntry,
    Duplicate,
    ImportBatch,
    ImportReject,
    Likeness,
    Media,
    Person,
    PersonDecision,
    Preview,
    Section,
    Source,
    Tag,
    Upload,
)
from archive.rights import Role
from archive.versions import versions_kept
from search.models import BulkChange, IndexChange, SavedView
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, member

pytestmark = pytest.mark.django_db

ROLES = "CEHS"
SENT = {"decision": "apart", "name": "A list", "text": "{}"}  # what some of the pages ask for
LOOKED_AT = ("changelist", "history", "change", "add", "delete")
SENT_TO = ("change", "add", "delete")
# Of each model: who may look at each of LOOKED_AT, and who may send something to each of SENT_TO.
# What is no draft of their own contributors look at, and send nothing to its page.
MODELS: dict[type[Model], tuple[str, str]] = {
    Article: ("CCCCH", "ECH"),
    Media: ("CCCEE", "EEE"),
    Person: ("CCCCH", "ECH"),
    Section: ("CCCEH", "EEH"),
    Source: ("CCCEH", "EEH"),
    Tag: ("CCCEH", "EEH"),
    Likeness: ("CCC--", "C--"),  # what is sent to its page is only shown again
    Duplicate: ("CCC--", "C--"),
    PersonDecision: ("CCC--", "---"),
    AuditEntry: ("HHH--", "---"),
    ImportBatch: ("CCC--", "---"),
    ImportReject: ("CCC--", "---"),
    Upload: ("HHHH-", "HH-"),  # as with likely duplicates
    IndexChange: ("SSS--", "---"),
    BulkChange: ("HHH--", "H--"),  # as with likely duplicates
    SavedView: ("CCC-?", "?-?"),  # whose it is decides
    User: ("SSSSS", "SSS"),
    Group: ("SSSSS", "SSS"),
}
# The other pages, by name: who may look, and who may send; "" where there is nothing to look at, or
# nothing to send.
OTHERS: dict[str, tuple[str, str]] = {
    "archive_article_people": ("E", "E"),
    "archive_article_presence": ("", "E"),
    "archive_article_version": ("C", ""),
    "archive_article_restore": ("", "E"),
    "archive_article_keep": ("", "C"),
    "archive_article_bulk": ("H", "H"),
    "search_bulkchange_step": ("", "H"),
    "search_bulkchange_do": ("", "H"),
    "archive_upload_step": ("", "H"),
    "archive_upload_do": ("", "H"),
    "archive_article_preview": ("", "E"),
    "archive_article_preview_revoke": ("", "E"),
    "archive_importbatch_undo": ("H", "H"),
    "archive_importreject_mend": ("", "E"),
    "archive_likeness_decide": ("", "E"),
    "archive_duplicate_decide": ("", "E"),
    "archive_person_divide": ("E", "E"),
    "auth_user_password_change": ("S", "S"),
}
# Each shows what one may see, or asks who one is.
EVERYBODYS = {"index", "app_list", "autocomplete", "view_on_site", "jsi18n", "login", "logout"}
EVERYBODYS |= {"password_change", "password_change_done"}


@pytest.fixture
def things() -> dict[type[Model], Model]:
    """One of everything; the article is published, and was changed once."""
    section = SectionFactory()
    article = ArticleFactory(people=["Ann Vale"], tags=["sea"], section=section)
    with versions_kept(articles=[article.pk], by=None):
        Article.objects.update(headline="Another")
    later = timezone.now() + timedelta(days=1)
    Preview.objects.create(article=article, token_hash="0", expires_at=later)
    one, other, batch = PersonFactory(), PersonFactory(), ImportBatch.objects.create()
    pair = {"one": one, "other": other, "reason": Likeness.Reason.values[0]}
    found = [
        article,
        section,
        article.source,
        article.tags.get(),
        PersonFactory(),
        batch,
        Media.objects.create(article=article),
        Likeness.objects.create(**pair, likelihood=50),
        Duplicate.objects.create(one=article, other=ArticleFactory(), resemblance=90),
        PersonDecision.objects.create(
            kind=PersonDecision.Kind.APART, person=one, other=other, by=member(Role.EDITOR)
        ),
        ImportReject.objects.create(batch=batch, file="a", line=1, reason="No date", record="{}"),
        IndexChange.objects.create(article_id=article.pk, error="A slip"),
        SavedView.objects.create(owner=member(Role.CONTRIBUTOR), name="Mine", shared=True),
        BulkChange.objects.create(kind=Kind.PUBLISH, described="Publish", query=""),
        Upload.objects.create(name="wire.zip", size=1, state=Upload.State.DONE, batch=batch),
        AuditEntry.objects.create(kind=AuditEntry.Kind.EXPORTED, whence="manage.py"),
        User.objects.create_user("somebody"),
        Group.objects.get(name=Role.EDITOR),
    ]
    return {type(thing): thing for thing in found}


@pytest.fixture
def clients() -> dict[str, Client]:
    """A browser of each role and of those who have no business at the desk. The least come first:
    a thing may be gone once somebody was let in."""
    users = {
        "reader": User.objects.create_user("reader"),
        "staff without rights": User.objects.create_user("bare", is_staff=True),
        **{letter: member(role) for letter, role in zip(ROLES, Role, strict=False)},
        "S": User.objects.create_superuser("root"),
    }
    found = {"nobody": Client()}
    for name, user in users.items():
        found[name] = Client()
        found[name].force_login(user)
    return found


def refused(clients: dict[str, Client], address: str, method: str) -> set[str]:
    """Who is not let in."""
    return {
        name
        for name, client in clients.items()
        if (answer := getattr(client, method)(address, SENT)).status_code == 403
        or (answer.status_code == 302 and "/login/" in answer.url)
    }


def but(clients: dict[str, Client], least: str) -> set[str]:
    """Everybody but those roles that are `least` or more."""
    return set(clients) - set(ROLES[ROLES.index(least) :] if least != "-" else "")


@pytest.mark.parametrize("model", MODELS)
def test_the_pages_of_a_model_are_open_to_whom_the_table_says(model, things, clients):
    look, send = MODELS[model]
    tried = [("get", page, least) for page, least in zip(LOOKED_AT, look, strict=True)]
    tried += [("post", page, least) for page, least in zip(SENT_TO, send, strict=True)]
    for method, page, least in tried:
        if least != "?":
            address = address_of(things[model], page)
            assert refused(clients, address, method) == but(clients, least), (method, page)


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_pages_are_open_to_whom_the_table_says(name, things, clients):
    address = reverse(f"admin:{name}", args=numbers_in(name, things))
    for method, least in zip(("get", "post"), OTHERS[name], strict=True):
        if least:
            assert refused(clients, address, method) == but(clients, least), method
        else:
            assert getattr(clients["S"], method)(address).status_code == 405


def numbers_in(name: str, things: dict[type[Model], Model]) -> list[int]:
    """What the address of this page names."""
    article = things[Article]
    own = {
        "archive_article_keep": [],
        "archive_article_bulk": [],
        "archive_article_version": [article.pk, article.versions.first().history_id],
        "archive_article_restore": [article.pk, article.versions.first().history_id],
        "archive_article_preview_revoke": [article.pk, article.previews.get().pk],
    }
    model = "_".join(name.split("_")[:2])
    thing = next(one for one in things.values() if named(type(one)) == model)
    return own.get(name, [thing.pk])


def named(model: type[Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def test_the_tables_name_every_page_of_the_desk():
    pages = {f"{named(model)}_{page}" for model in MODELS for page in LOOKED_AT}
    found = {pattern.name for pattern in patterns(admin.site.urls[0])}
    assert found - pages - OTHERS.keys() == EVERYBODYS


def patterns(resolvers: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Those that have a name."""
    for each in resolvers:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        elif each.name:
            yield each


def address_of(thing: Model, page: str) -> str:
    return reverse(
        f"admin:{named(type(thing))}_{page}",
        args=[] if page in ("changelist", "add") else [thing.pk],
    )

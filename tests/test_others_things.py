"""Whose a thing is: the numbers of what others have, tried in every address and form."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.models import Article, Media, Preview, Quotation, RelatedArticle, Status
from archive.rights import Role
from archive.versions import versions_kept
from search.models import SavedView
from tests.desk import address_of, form_of, signed_in
from tests.factories import ArticleFactory, PersonFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> User:
    return member(Role.CONTRIBUTOR, "me")


@pytest.fixture
def desk(mine) -> Client:
    return signed_in(mine)


@pytest.fixture
def draft(mine) -> Article:
    """My own, as I wrote it."""
    return ArticleFactory(headline="Mine", status=Status.DRAFT, created_by=mine)


@pytest.fixture
def theirs() -> Article:
    """A draft of somebody else, with a row of everything and a version."""
    writer = member(Role.CONTRIBUTOR, "they")
    body = "“Nothing there,” they said."
    article = ArticleFactory(headline="Theirs", body=body, status=Status.DRAFT, created_by=writer)
    article.mentions.create(person=PersonFactory(name="Ann Vale"))
    article.media.create(title="Their photo")
    article.related.create(title="Their pointer")
    article.quotations.create(text="Nothing there,", start=1, end=15)
    article.corrections.create(text="Their note")
    with versions_kept(articles=[article.pk], by=writer):
        Article.objects.filter(pk=article.pk).update(headline="Theirs, again")
    return article


def rows_of(article: Article) -> list[tuple]:
    """All that is theirs, as it stands in the database."""
    parts = ("mentions", "media", "related", "quotations", "corrections", "previews", "versions")
    own = Article.objects.filter(pk=article.pk).values_list()
    return [*own, *(row for part in parts for row in getattr(article, part).values_list())]


@pytest.mark.parametrize(
    "end",
    ["change/", "delete/", "presence/", "people/", "preview/", "versions/{version}/restore/"],
)
def test_what_is_sent_to_the_pages_of_anothers_draft_changes_nothing(desk, theirs, end):
    before = rows_of(theirs)
    version = theirs.versions.latest().history_id
    address = f"/admin/archive/article/{theirs.pk}/{end.format(version=version)}"
    seen = {"seen": timezone.now().isoformat()}
    sent = {"headline": "Taken", "status": "published", "days": 7, "post": "yes", **seen}
    assert desk.post(address, sent).status_code in (403, 404)
    assert rows_of(theirs) == before


def test_rows_of_anothers_article_cannot_be_taken_into_the_form_of_ones_own(desk, draft, theirs):
    """As if the number of one's own row had been that of theirs."""
    draft.mentions.create(person=PersonFactory(name="Ben Roy"))
    draft.media.create(title="My photo")
    draft.related.create(title="My pointer")
    draft.quotations.create(text="The ferry", start=0, end=9)
    before = rows_of(theirs)
    sent = form_of(desk, address_of(draft))
    parts = ("mentions", "media", "related", "quotations")
    stolen = {f"{part}-0-id": getattr(theirs, part).get().pk for part in parts}
    words = {"media-0-title": "Taken", "related-0-title": "Taken", "quotations-0-text": "The ferry"}
    for gone in ({}, {f"{part}-0-DELETE": "on" for part in parts}):
        desk.post(address_of(draft), sent | stolen | words | gone)
        assert rows_of(theirs) == before


def test_a_version_of_another_article_is_not_brought_back_into_ones_own(desk, draft, theirs):
    number = theirs.versions.latest().history_id
    page = f"/admin/archive/article/{draft.pk}/versions/{number}/"
    assert desk.get(page).status_code == 404
    sent = {"seen": draft.updated_at.isoformat()}
    assert desk.post(f"{page}restore/", sent).status_code == 404
    assert Article.objects.get(pk=draft.pk).headline == "Mine"


def test_a_link_to_another_article_is_not_taken_back_by_way_of_ones_own(desk, draft, theirs):
    later = timezone.now() + timedelta(days=1)
    link = Preview.objects.create(article=theirs, token_hash="0", expires_at=later)
    page = f"/admin/archive/article/{draft.pk}/preview/{link.pk}/revoke/"
    assert desk.post(page).status_code == 404
    assert Preview.objects.filter(pk=link.pk).exists()


def test_a_photo_of_another_article_is_not_had_by_a_link_to_ones_own(desk, draft, theirs):
    desk.post(f"/admin/archive/article/{draft.pk}/preview/", {"days": 1})
    told = desk.get(address_of(draft)).content.decode()
    link = told.split('href="http://testserver/preview/')[1].split('"')[0]
    photo = theirs.media.get().pk
    assert Client().get(f"/preview/{link}").status_code == 200
    assert Client().get(f"/preview/{link}media/{photo}/").status_code == 404


def test_a_list_that_another_keeps_to_themselves_is_neither_seen_nor_changed(desk):
    view = SavedView.objects.create(owner=member(Role.CHIEF), name="Their list", query="q=secret")
    for page in ("change", "delete", "history"):
        for method in (desk.get, desk.post):
            answer = method(address_of(view, page), {"name": "Taken", "post": "yes"}, follow=True)
            assert b"Their list" not in answer.content
            assert b"q=secret" not in answer.content
    assert SavedView.objects.get().name == "Their list"
    assert b"Their list" not in desk.get("/admin/archive/article/").content


def test_nobody_takes_what_others_have_by_naming_it_in_a_form(desk, draft, theirs):
    """A pointer of one's own may lead to another's draft, which one may read; not to what one may
    not."""
    Article.objects.filter(pk=theirs.pk).update(embargo_until=timezone.now() + timedelta(days=1))
    sent = form_of(desk, address_of(draft))
    sent |= {"related-TOTAL_FORMS": 1, "related-0-target": theirs.pk, "related-0-position": 0}
    answer = desk.post(address_of(draft), sent)
    assert b"Theirs" not in answer.content
    assert not RelatedArticle.objects.filter(target=theirs).exists()
    assert not Media.objects.filter(article=draft).exists()
    assert not Quotation.objects.filter(article=draft).exists()

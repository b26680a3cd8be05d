"""The way from the desk to the site."""

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from archive.models import Article, Status
from archive.rights import Role
from tests.desk import signed_in
from tests.factories import ArticleFactory, member

pytestmark = pytest.mark.django_db


def way_to(article: Article) -> str:
    return f"/admin/r/{ContentType.objects.get_for_model(Article).pk}/{article.pk}/"


def test_it_leads_an_editor_to_the_page_of_an_article():
    article = ArticleFactory(headline="The bridge")
    answer = signed_in(member(Role.EDITOR)).get(way_to(article))
    assert answer.status_code == 302
    assert answer.url.endswith(article.get_absolute_url())


def test_it_does_not_tell_the_headline_of_a_draft_to_staff_without_rights():
    bare = User.objects.create_user("bare", is_staff=True)
    article = ArticleFactory(headline="The secret bridge", status=Status.DRAFT)
    assert signed_in(bare).get(way_to(article)).status_code == 404


def test_what_has_no_page_at_the_desk_is_not_led_to():
    article = ArticleFactory()
    kind = ContentType.objects.get_for_model(article.versions.model).pk
    for unknown in (kind, 999_999):
        answer = signed_in(member(Role.CHIEF)).get(f"/admin/r/{unknown}/{article.pk}/")
        assert answer.status_code == 404

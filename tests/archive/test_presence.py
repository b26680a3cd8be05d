"""Editors of one article hear of each other, and of nobody who has gone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from archive.models import Article, Presence
from archive.presence import GONE_AFTER, presence_end, presence_note, present
from tests.desk import address_of, signed_in
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def article() -> Article:
    return ArticleFactory()


@pytest.fixture
def ann() -> User:
    return User.objects.create_superuser("ann", first_name="Ann", last_name="Vale")


@pytest.fixture
def ben() -> User:
    return User.objects.create_superuser("ben")


def test_who_has_an_article_open_is_told_to_the_others_and_of_that_article_alone(article, ann, ben):
    presence_note(article=article, user=ann, now=NOW)
    assert [one.user for one in present(article, NOW, but=ben)] == [ann]
    assert not present(article, NOW, but=ann)
    assert not present(ArticleFactory(), NOW, but=ben)


def test_since_when_stays_while_signs_of_life_come(article, ann, ben):
    for seconds in (0, 60, 120):
        presence_note(article=article, user=ann, now=NOW + timedelta(seconds=seconds))
    later = NOW + timedelta(seconds=125)
    assert present(article, later, but=ben).get().since == NOW


def test_who_is_not_heard_of_any_more_is_gone_and_begins_anew(article, ann, ben):
    presence_note(article=article, user=ann, now=NOW)
    later = NOW + GONE_AFTER + timedelta(seconds=1)
    assert not present(article, later, but=ben)
    presence_note(article=article, user=ann, now=later)
    assert present(article, later, but=ben).get().since == later


def test_what_nobody_has_open_any_more_is_cleared_away(article, ann, ben):
    presence_note(article=article, user=ann, now=NOW)
    presence_note(article=article, user=ben, now=NOW + timedelta(hours=1))
    assert Presence.objects.get().user == ben


def test_who_closes_it_is_gone_at_once(article, ann, ben):
    presence_note(article=article, user=ann, now=NOW)
    presence_end(article=article, user=ann)
    assert not present(article, NOW, but=ben)


class TestTheDesk:
    def test_the_form_and_each_sign_of_life_say_who_else_is_there(self, article, ann, ben):
        desk, address = signed_in(ben), reverse("admin:archive_article_presence", args=[article.pk])
        signed_in(ann).post(address)
        said = "Ann Vale has been editing this since"
        assert said in desk.get(address_of(article)).content.decode()
        assert said in desk.post(address).content.decode()
        signed_in(ann).post(address, {"left": "1"})
        assert said not in desk.post(address).content.decode()

    def test_names_are_text(self, article, ann, ben):
        User.objects.filter(pk=ann.pk).update(first_name="<b>Ann</b>")
        presence_note(article=article, user=ann, now=timezone.now())
        page = signed_in(ben).get(address_of(article)).content.decode()
        assert "&lt;b&gt;Ann&lt;/b&gt;" in page

    def test_opening_a_form_alone_is_no_sign_of_life(self, article, ann):
        signed_in(ann).get(address_of(article))
        assert not Presence.objects.exists()

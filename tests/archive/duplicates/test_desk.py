"""The queue of articles there twice, as editors meet it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.duplicates import duplicates_find
from archive.models import Article, Duplicate
from archive.rights import Role
from tests.desk import address_of, form_of, save, signed_in
from tests.factories import ArticleFactory, member

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:archive_duplicate_changelist")


@pytest.fixture
def desk() -> Client:
    return signed_in(member(Role.EDITOR))


@pytest.fixture
def pair(stories) -> Duplicate:
    one = ArticleFactory(headline="Ferry left", body=stories[0])
    other = ArticleFactory(headline="Captain missed ferry", body=f"Harbour news. {stories[0]}")
    return Duplicate.objects.create(one=one, other=other, resemblance=96)


def decide(client: Client, pair: Duplicate, decision: str):
    address = reverse("admin:archive_duplicate_decide", args=[pair.pk])
    return client.post(address, {"decision": decision})


def test_the_queue_leads_to_both_texts_and_what_differs(desk, pair):
    assert "Ferry left – Captain missed ferry" in desk.get(QUEUE).content.decode()
    page = desk.get(address_of(pair)).content.decode()
    assert "<ins>Harbour news. </ins>" in page
    assert reverse("admin:archive_article_change", args=[pair.one_id]) in page


@pytest.mark.parametrize("decision", ["same", "apart"])
def test_one_click_decides_and_another_puts_it_back(desk, pair, decision):
    assert decide(desk, pair, decision)["Location"] == QUEUE
    pair.refresh_from_db()
    assert (pair.state, pair.by) == (decision, member(Role.EDITOR))
    desk.get(QUEUE)  # where it is told what was decided
    assert "Ferry left" not in desk.get(QUEUE).content.decode()
    assert "Ferry left" in desk.get(QUEUE, {"state": decision}).content.decode()
    decide(desk, pair, "likely")
    pair.refresh_from_db()
    assert (pair.state, pair.by, pair.at) == ("likely", None, None)


def test_the_next_pair_comes_by_itself(desk, pair):
    after = Duplicate.objects.create(one=pair.one, other=ArticleFactory(), resemblance=85)
    assert decide(desk, pair, "same")["Location"] == address_of(after)


def test_nothing_is_decided_by_looking_or_by_nonsense(desk, pair):
    assert desk.get(reverse("admin:archive_duplicate_decide", args=[pair.pk])).status_code == 405
    assert decide(desk, pair, "burn both")["Location"] == address_of(pair)
    pair.refresh_from_db()
    assert pair.state == "likely"


def test_the_form_of_an_article_names_the_other_one_until_they_are_kept_apart(desk, pair):
    form = reverse("admin:archive_article_change", args=[pair.one_id])
    assert "Captain missed ferry" in desk.get(form).content.decode()
    decide(desk, pair, "apart")
    desk.get(QUEUE)  # where it is told
    assert "Captain missed ferry" not in desk.get(form).content.decode()


def test_what_is_written_at_the_desk_is_compared_when_it_is_saved(desk, stories):
    article = ArticleFactory(body=stories[0])
    other = ArticleFactory(body=stories[1])
    duplicates_find(articles=[article.pk, other.pk])
    address = reverse("admin:archive_article_change", args=[other.pk])
    save(desk, address, form_of(desk, address) | {"body": stories[0]})
    (pair,) = Duplicate.objects.all()
    assert (pair.one, pair.other, pair.resemblance) == (article, other, 100)


def test_a_pair_of_which_one_may_not_be_read_is_not_shown(pair):
    tomorrow = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=pair.other_id).update(embargo_until=tomorrow)
    contributor = signed_in(member(Role.CONTRIBUTOR))
    assert "Captain" not in contributor.get(QUEUE).content.decode()
    assert contributor.get(address_of(pair))["Location"] == QUEUE


def test_the_list_of_articles_finds_both(desk, pair):
    articles = reverse("admin:archive_article_changelist")
    page = desk.get(articles, {"lack": "twice"}).content.decode()
    assert "Ferry left" in page
    assert "Captain missed ferry" in page


def test_a_chief_deletes_an_article_that_is_in_a_pair(pair):
    chief = signed_in(member(Role.CHIEF))
    chief.post(address_of(pair.one, "delete"), {"post": "yes"})
    assert not Duplicate.objects.exists()
    assert Article.objects.count() == 1

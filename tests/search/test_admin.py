"""The desk is searched as readers search, and shows what could not be indexed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.models import Article, Status
from search import SearchRequest, search
from search.language.parser import parse
from search.models import IndexChange
from tests.desk import address_of, form_of, save, signed_in
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)  # the index follows commits

ARTICLES = reverse("admin:archive_article_changelist")


@pytest.fixture
def desk() -> Client:
    return signed_in(User.objects.create_superuser("chief"))


def headlines(response) -> list[str]:
    assert response.status_code == 200
    return [article.headline for article in response.context["cl"].result_list]


def found_by_readers(text: str) -> list[int]:
    return [hit.id for hit in search(SearchRequest(parse(text))).hits]


def test_a_column_that_was_chosen_to_sort_by_wins_over_relevance(desk):
    ArticleFactory(headline="Zebras in the harbour", body="Harbour, harbour, harbour.")
    ArticleFactory(headline="Apples", body="One of them fell into the harbour.")
    assert headlines(desk.get(ARTICLES, {"q": "harbour", "o": "1"})) == [
        "Apples",
        "Zebras in the harbour",
    ]


def test_what_could_not_be_honoured_is_said_once(desk):
    ArticleFactory(headline="The harbour bridge")
    page = desk.get(ARTICLES, {"q": '"harbour bridge'})
    assert headlines(page) == ["The harbour bridge"]
    assert page.content.decode().count("The quotation mark was never closed") == 1


def test_an_edit_is_found_at_once(desk):
    article = ArticleFactory(headline="The flood", status=Status.DRAFT)
    sent = form_of(desk, address_of(article))
    save(
        desk,
        address_of(article),
        sent | {"headline": "The great drought", "status": Status.PUBLISHED},
    )
    assert headlines(desk.get(ARTICLES, {"q": "drought"})) == ["The great drought"]
    assert headlines(desk.get(ARTICLES, {"q": "flood"})) == []
    assert found_by_readers("drought") == [article.pk]


def test_an_action_is_followed_by_the_index(desk):
    article = ArticleFactory(headline="The harbour")
    assert found_by_readers("harbour") == [article.pk]
    chosen = {"action": "withdraw", "_selected_action": [article.pk], "reason": "Not ours."}
    desk.post(ARTICLES, chosen)
    assert found_by_readers("harbour") == []
    assert headlines(desk.get(ARTICLES, {"q": "harbour"})) == ["The harbour"]


def test_an_action_reaches_everything_that_was_found(desk):
    for number in range(3):
        ArticleFactory(headline=f"Harbour {number}", status=Status.DRAFT)
    other = ArticleFactory(headline="The flood", status=Status.DRAFT)
    first = Article.objects.first()
    desk.post(
        f"{ARTICLES}?q=harbour",
        {"action": "send_to_review", "select_across": "1", "_selected_action": [first.pk]},
    )
    assert Article.objects.filter(status=Status.IN_REVIEW).count() == 3
    other.refresh_from_db()
    assert other.status == Status.DRAFT


def test_fields_that_complete_find_by_the_engine_too(desk):
    ArticleFactory(headline="The harbours", status=Status.DRAFT)
    answer = desk.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "archive",
            "model_name": "relatedarticle",
            "field_name": "target",
            "term": "harbour",
        },
    )
    assert [found["text"] for found in answer.json()["results"]] == ["The harbours"]


def test_what_was_set_aside_is_shown_and_can_be_tried_again(desk):
    article = ArticleFactory()
    IndexChange.objects.all().delete()
    row = IndexChange.objects.create(article_id=article.pk, error="ValueError: too long")
    IndexChange.objects.create(article_id=article.pk + 1)
    listed = reverse("admin:search_indexchange_changelist")
    page = desk.get(listed)
    assert [shown.pk for shown in page.context["cl"].result_list] == [row.pk]
    assert "ValueError: too long" in page.content.decode()
    page = desk.post(listed, {"action": "try_again", "_selected_action": [row.pk]}, follow=True)
    assert "1 article is tried again." in page.content.decode()
    desk.get(ARTICLES, {"q": "anything"})
    assert not IndexChange.objects.exists()

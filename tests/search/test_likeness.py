"""What is about the same, and never what readers may not see."""

import pytest

from archive.models import Article, Status
from search import similar
from search.likeness import telling_words
from search.outbox import drain_all
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Article:
    """An article about a bridge, one more about it, and others that share a single word."""
    ArticleFactory(headline="Bridge opens", body="The harbour bridge has three steel arches.")
    for number in range(5):
        ArticleFactory(headline=f"Rovers win {number}", body="It rained over the harbour.")
    return ArticleFactory(headline="Bridge planned", body="A bridge of steel over the harbour.")


def titles(article: Article) -> list[str]:
    drain_all()
    return [other.title for other in similar(article)]


def test_what_says_the_same_is_similar_and_nothing_else_nor_itself(harbour):
    assert titles(harbour) == ["Bridge opens"]


def test_the_same_people_and_tags_make_articles_more_alike():
    said = {"headline": "The ferry", "body": "It left at seven."}
    ArticleFactory(**said, external_id="other")
    alike = ArticleFactory(**said, people=["Ann Vale"], tags=["harbour"])
    article = ArticleFactory(**said, people=["Ann Vale"], tags=["harbour"])
    drain_all()
    assert similar(article)[0] == alike


def test_what_was_withdrawn_is_similar_no_more(harbour, settings):
    drain_all()
    settings.SEARCH_SYNC = "worker"
    Article.objects.filter(headline="Bridge opens").update(status=Status.WITHDRAWN)
    assert similar(harbour) == ()


def test_an_article_that_says_nothing_is_like_no_other():
    ArticleFactory(headline="The other")
    assert titles(ArticleFactory(headline="It", body="")) == []


def test_words_of_grammar_and_numbers_tell_nothing():
    article = Article(headline="It is the 1997 flood", body="It was the flood of the floods.")
    assert telling_words(article) == ["flood"]


def test_similar_articles_cost_one_look_into_the_database(harbour, django_assert_num_queries):
    drain_all()
    article = Article.objects.prefetch_related("mentions__person", "tags").get(pk=harbour.pk)
    with django_assert_num_queries(3):  # two of them ask the outbox
        similar(article)

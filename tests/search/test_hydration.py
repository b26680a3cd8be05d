"""What is shown of the articles found."""

from collections.abc import Iterable

import pytest
from django.urls import get_script_prefix, set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from archive.attribution import quotations_extract
from archive.models import Article, PersonAlias, Status
from search.highlight import SNIPPET_SOURCE
from search.hydration import AT_ONCE, Text, article_address, hydrate
from search.language.parser import parse
from search.language.tree import Everything
from search.request import Hit, Match
from tests.factories import ArticleFactory, PersonFactory


def hydrated(ids: Iterable[int]) -> tuple[Hit, ...]:
    matches = tuple(Match(id, 1.0) for id in ids)
    return hydrate(Everything(), matches)


@pytest.mark.django_db
def test_a_page_takes_two_queries(django_assert_num_queries):
    articles = ArticleFactory.create_batch(AT_ONCE, people=["Ann Vale", "Ben Roy"], section="News")
    with django_assert_num_queries(2):
        hits = hydrated(article.pk for article in articles)
    assert [hit.id for hit in hits] == [article.pk for article in articles]
    assert {(hit.section, *(person.slug for person in hit.people)) for hit in hits} == {
        ("News", "ann-vale", "ben-roy")
    }


@pytest.mark.django_db
def test_nothing_found_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert hydrated([]) == ()


@pytest.mark.django_db
def test_more_than_a_page_keeps_its_order_and_leaves_out_what_is_not_public():
    articles = ArticleFactory.create_batch(2 * AT_ONCE + 3)
    ids = [article.pk for article in reversed(articles)]
    Article.objects.filter(pk=ids[25]).update(status=Status.WITHDRAWN)
    assert [hit.id for hit in hydrated(ids)] == ids[:25] + ids[26:]


@pytest.mark.django_db
def test_people_come_in_the_order_in_which_the_article_names_them():
    article = ArticleFactory(people=["Zoe Zander", "Ann Vale", "Ben Roy"])
    (hit,) = hydrated([article.pk])
    assert [person.name for person in hit.people] == ["Zoe Zander", "Ann Vale", "Ben Roy"]


@pytest.mark.django_db
def test_of_a_book_only_the_beginning_is_read():
    article = ArticleFactory(headline="", body="word " * SNIPPET_SOURCE)
    (hit,) = hydrated([article.pk])
    assert hit.url == article.get_absolute_url()
    assert hit.headline == article.title


@pytest.mark.django_db
def test_straight_quotation_marks_are_shown_as_those_of_the_articles_language():
    said = {"headline": "'Shut,' he said", "body": '"Not one more winter," she said.'}
    hits = hydrated(ArticleFactory(language=code, **said).pk for code in ("en", "de-AT", "fr"))
    assert [(hit.headline, hit.snippet) for hit in hits] == [
        ("‘Shut,’ he said", "“Not one more winter,” she said."),
        ("‚Shut,‘ he said", "„Not one more winter,“ she said."),
        ("&#x27;Shut,&#x27; he said", "&quot;Not one more winter,&quot; she said."),
    ]


@pytest.mark.django_db
class TestQuotations:
    @pytest.fixture
    def article(self) -> Article:
        article = ArticleFactory(
            headline="Night",
            body='"A flood," she said. "The flood & the tide," Ann Vale said. "Go," said Ben Roy.',
            people=["Ann Vale", "Ben Roy"],
        )
        PersonAlias.objects.create(person=PersonFactory(name="Ann Vale"), name="Annie")
        quotations_extract(articles=[article.pk])
        return article

    @pytest.mark.parametrize(
        ("query", "snippet"),
        [
            ("said:tide by:annie", "“The flood &amp; the <mark>tide</mark>” — Ann Vale"),
            ("by:roy night", "“Go” — Ben Roy"),
            ("by:roy OR said:flood", "“A <mark>flood</mark>”"),
        ],
    )
    def test_what_was_found_by_a_quotation_shows_it(self, article, query, snippet):
        (hit,) = hydrate(parse(query).tree, [Match(article.pk, 1.0)])
        assert hit.snippet == snippet

    def test_a_quotation_that_was_changed_since_is_not_shown(self, article):
        article.quotations.update(dismissed=True)
        (hit,) = hydrate(parse("by:roy").tree, [Match(article.pk, 1.0)])
        assert hit.snippet.startswith("“A flood,” she said.")

    def test_a_page_takes_three_queries_more(self, article, django_assert_num_queries):
        ArticleFactory.create_batch(3)
        matches = [Match(one.pk, 1.0) for one in Article.objects.all()]
        with django_assert_num_queries(2 + 3):
            hydrate(parse("by:roy").tree, matches)


@pytest.fixture
def prefix():
    """Sets where the site is mounted, for one test."""
    before = get_script_prefix()
    yield set_script_prefix
    set_script_prefix(before)


def text(article: Article) -> Text:
    return Text(article.pk, "", "en", article.headline, "", article.body, None, "", "", None)


@pytest.mark.parametrize("mounted", ["/", "/the archive%/"])
@pytest.mark.parametrize("headline", ["Harbour bridge", "Überfall in Łódź", "洪水", "!", "", "%s"])
def test_an_address_is_the_articles_own(prefix, mounted, headline):
    prefix(mounted)
    article = Article(pk=17, headline=headline, body="The ferry left at seven. " * 9)
    assert (text(article).url(article_address()), text(article).title) == (
        article.get_absolute_url(),
        article.title,
    )


@given(st.text(max_size=100), st.text(min_size=1, max_size=100))
def test_any_headline_has_its_articles_address(headline, body):
    article = Article(pk=17, headline=headline, body=body)
    assert text(article).url(article_address()) == article.get_absolute_url()

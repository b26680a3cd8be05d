"""The pages of finding while no index can be trusted: true, plain, and honest about it."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.utils.html import strip_tags

from archive.models import Article
from search import engines, outbox
from search.plain import looking
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

QUERIES = 9
HTMX = {"HX-Request": "true"}


@pytest.fixture
def archive(settings):
    """Twenty-five articles on the harbour, by Ann Vale in the News, and an index of no use."""
    for number in range(25):
        ArticleFactory(
            headline=f"Harbour {number}",
            published=f"2001-03-{number + 1:02}",
            people=["Ann Vale"],
            section="News",
            tags=["bridge"],
        )
    outbox.drain_all()
    Path(settings.SEARCH_INDEX_DIR, "CURRENT").write_text("nonsense")
    engines._engine_at.cache_clear()


def page(client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def headlines(html: str) -> list[str]:
    return [strip_tags(found) for found in re.findall(r"<a data-result[^>]*>(.*?)</a>", html)]


def words(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["whole", "fragment"])
def test_a_search_is_answered_plainly_and_says_so(client, archive, headers):
    html = page(client, "/search/?q=harbour", **headers)
    assert headlines(html) == [f"Harbour {number}" for number in range(24, 4, -1)]
    assert "this is a plain search of the archive itself" in words(html)
    assert "All articles that come into question were looked at." in words(html)
    assert "25 articles" in words(html)
    assert "so far" not in words(html)
    assert "histogram" not in html.split('id="found"')[1]
    assert 'class="facet" id="facet-person"' not in html


def test_the_next_page_has_the_others(client, archive):
    assert "page=2" in page(client, "/search/?q=harbour")
    html = page(client, "/search/?q=harbour&page=2")
    assert headlines(html) == [f"Harbour {number}" for number in range(4, -1, -1)]
    assert headlines(page(client, "/search/?q=harbour&page=9")) == headlines(html)


def test_how_far_it_looked_is_said_and_leads_further(client, archive, monkeypatch):
    monkeypatch.setattr(looking, "PATIENCE", 0.0)
    monkeypatch.setattr(looking, "AT_FIRST", 5)
    html = page(client, "/search/?q=harbour")
    assert "The newest 5 articles that come into question were looked at" in words(html)
    assert "5 articles so far" in words(html)
    [further] = re.findall(r'<a href="([^"]*)">Look at those before them', html)
    html = page(client, unescape(further))
    assert headlines(html)[0] == "Harbour 20"  # of the day that was reached


def test_what_was_chosen_stays_chosen_by_name(client, archive):
    html = page(client, "/search/?q=harbour&person=ann-vale&people=all&sort=oldest&tag=nothing")
    assert "person Ann Vale" in words(html)
    assert "tag nothing" in words(html)
    for name, value in (("person", "ann-vale"), ("people", "all"), ("sort", "oldest")):
        assert f'<input type="hidden" name="{name}" value="{value}" form="search">' in html


def test_nothing_found_is_not_said_of_the_whole_archive(client, archive, monkeypatch):
    assert "No articles" not in words(page(client, "/search/?q=harbour"))
    html = page(client, "/search/?q=nowhere")
    assert "None of the articles that were looked at has all of this." in words(html)


def test_a_timeline_is_shown_as_a_list(client, archive):
    assert len(headlines(page(client, "/search/?q=harbour&view=timeline"))) == 20


def test_nothing_is_suggested_and_that_is_no_error(client, archive):
    assert 'role="option"' not in page(client, "/search/suggest/?q=har")


@pytest.mark.parametrize(
    "address",
    [
        *("/person/ann-vale/", "/section/news/?year=2001", "/tag/bridge/"),
        *("/calendar/2001/03/", "/calendar/2001/03/07/"),
    ],
)
def test_lists_of_articles_are_shown_without_counts(client, archive, address):
    html = page(client, address)
    assert "Harbour 6" in html
    assert "shows its articles and counts nothing" in words(html)


@pytest.mark.parametrize(
    "address",
    ["/person/nobody/", "/tag/bridge/?year=1999", "/calendar/1999/03/", "/calendar/1999/03/07/"],
)
def test_what_has_no_articles_is_no_page(client, archive, address):
    assert client.get(address).status_code == 404


def test_days_come_in_order_and_names_with_the_newest_first(client, archive):
    in_time = page(client, "/calendar/2001/03/")
    newest_first = page(client, "/tag/bridge/")
    assert in_time.index("Harbour 3<") < in_time.index("Harbour 9<")
    assert newest_first.index("Harbour 9<") < newest_first.index("Harbour 6<")


@pytest.mark.parametrize("address", ["/calendar/", "/people/", "/search/facet/tag/"])
def test_pages_that_are_made_of_counts_say_what_is_left_to_do(client, archive, address):
    response = client.get(address)
    assert response.status_code == 503
    assert "The archive can be searched meanwhile" in response.content.decode()


def test_a_page_takes_as_many_queries_for_few_articles_as_for_many(
    client, archive, settings, django_assert_num_queries
):
    settings.SEARCH_SYNC = "worker"
    with django_assert_num_queries(QUERIES):
        page(client, "/search/?q=harbour&person=ann-vale&section=news")
    Article.objects.exclude(headline="Harbour 7").delete()
    with django_assert_num_queries(QUERIES):
        page(client, "/search/?q=harbour&person=ann-vale&section=news")

"""All values of a facet, to choose from: in the search that led there, and back to it."""

import re

import pytest
from django.test import Client

from search.browse.names import NAMES_PER_PAGE
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def page(client: Client, **parameters: object) -> str:
    response = client.get("/search/facet/person/", parameters)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def offered(html: str) -> list[tuple[str, int]]:
    found = re.findall(r'value__label">([^<]*)</span> <span class="count">(\d+)<', html)
    return [(name, int(count)) for name, count in found]


@pytest.fixture
def harbour() -> None:
    ArticleFactory(headline="Harbour bridge", people=["Zoe Roe", "Ann Vale"])
    ArticleFactory(headline="Harbour flood", people=["Ann Vale"])
    ArticleFactory(headline="Ferry", people=["Ben Ames"])


def test_only_who_is_in_the_results_is_offered_a_to_z(client, harbour):
    assert offered(page(client, q="harbour")) == [("Zoe Roe", 1), ("Ann Vale", 2)]


def test_or_the_most_mentioned_first(client, harbour):
    assert offered(page(client, q="harbour", order="count")) == [("Ann Vale", 2), ("Zoe Roe", 1)]


def test_a_word_that_is_still_being_typed_is_taken_as_on_the_results(client, harbour):
    assert offered(page(client, q="harb")) == [("Zoe Roe", 1), ("Ann Vale", 2)]


def test_whoever_is_chosen_stands_first_whatever_is_shown_below(client, harbour):
    html = page(client, q="harbour", person=["ben-ames", "ann-vale"], like="zoe")
    assert offered(html) == [("Ann Vale", 2), ("Ben Ames", 0), ("Zoe Roe", 1)]
    assert html.count(" checked") == 2


def test_nobody_by_that_name_is_said(client, harbour):
    assert "Nothing of that name here." in page(client, q="harbour", like="xyz")


def test_every_step_through_the_index_takes_what_is_ticked_along(client):
    ArticleFactory(people=[f"Person {n:03}{chr(97 + n % 2)}" for n in range(NAMES_PER_PAGE + 9)])
    html = page(client, page="2", order="count")
    start = html.index('<form id="search"')
    form = html[start : html.index("</form>", start)]
    steps = re.findall(r'<button [^>]*formaction="([^"]*)" name="(\w+)" value="(\w*)"', form)
    assert {action for action, _, _ in steps} == {"/search/facet/person/"}
    assert ("/search/facet/person/", "page", "1") in steps
    assert ("/search/facet/person/", "letter", "0") in steps
    assert '<input type="hidden" name="order" value="count">' in form
    assert form.count('type="checkbox"') == 9


def test_the_way_back_is_the_search_without_the_steps_through_the_index(client, harbour):
    html = page(client, q="harbour", person="ann-vale", letter="v", order="count", page="1")
    assert 'href="/search/?q=harbour&amp;person=ann-vale">Back to the results' in html


def test_it_takes_two_queries_however_many_names_there_are(client, django_assert_num_queries):
    ArticleFactory(people=[f"Person {number}" for number in range(150)])
    page(client)  # the index follows
    with django_assert_num_queries(2):
        page(client)

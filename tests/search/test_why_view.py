"""Why an article was found, as its reader is told."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags

from archive.models import Article, Mention, PersonAlias, Status
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

HTMX = {"HX-Request": "true"}
CANARY = "<script>alert('canary')</script>"


@pytest.fixture
def flooded() -> Article:
    """Found by words of all kinds, and by a name that it does not have in its text."""
    with transaction.atomic():
        anders = PersonFactory(name="Anders Roe")
        PersonAlias.objects.create(person=anders, name="Andrew Roe")
        article = ArticleFactory(
            pk=1001,
            headline="Harbour floods",
            standfirst="The worst flooding in years",
            body="The flood came at night. A flood, said the mayor.",
            people=[anders],
            section="News",
        )
        Mention.objects.update(surfaces=["Anders Roe", "Rooe"])
        PersonFactory(name="Someone Else")
        ArticleFactory(headline="Mayor resigns")
    return article


def told(client: Client, query: str, pk: int = 1001, **headers: str) -> list[str]:
    """The lines that the reader is told, without the page around them."""
    response = client.get(f"/search/why/{pk}/?{query}", headers=headers)
    assert response.status_code == 200
    found = re.findall(r"<d[td].*?</d[td]>", response.content.decode(), re.DOTALL)
    return [" ".join(strip_tags(line).split()) for line in found]


def test_words_are_told_with_their_forms_and_places(client, flooded):
    assert told(client, "q=flood") == [
        "flood",
        "Headline: “floods” (another form)",
        "Standfirst: “flooding” (another form)",
        "Text: “flood” (2 times)",
    ]


def test_choices_dates_and_what_was_left_out_are_told(client, flooded):
    assert told(client, "q=-storm&section=news&from=2009") == [
        "-storm",
        "Nowhere: “storm”",
        "date:2009..",
        "Date: 17 Dec 2009",
        "chosen: section",
        "Section: News",
    ]


def test_a_name_is_told_with_what_the_person_is_called_there(client, flooded):
    assert told(client, "q=person:andrew") == [
        "person:andrew",
        "Person: Anders Roe (also known as “Andrew Roe”, called “Rooe” in the text)",
    ]


def test_words_that_were_taken_for_a_name_are_told_so(client, flooded):
    assert told(client, "q=andrew+roe") == [
        "andrew roe",
        "Person: Anders Roe (whose name your words were taken for, called “Rooe” in the text)",
    ]


def test_a_word_that_was_taken_for_a_beginning_is_told_as_one(client, flooded):
    assert told(client, "q=nigh") == ["nigh*", "Text: “night”"]


def test_a_beginning_of_many_words_tells_of_a_few_of_them(client):
    words = " ".join(f"harbour{number}" for number in range(11))
    ArticleFactory(pk=1001, headline="All of them", body=words)
    [_, line] = told(client, "q=harbour*")
    assert line.endswith("“harbour7” and 3 more")


def test_every_result_of_a_search_links_to_its_reasons(client, flooded):
    html = client.get("/search/?q=flood&section=news").content.decode()
    [link] = re.findall(r'<a class="why"[^>]* href="([^"]+)"', html)
    assert link == "/search/why/1001/?q=flood&amp;section=news&amp;at=1"


def test_where_nothing_was_asked_there_is_nothing_to_tell(client, flooded):
    assert "/search/why/" not in client.get("/search/").content.decode()
    assert "every article is found" in client.get("/search/why/1001/").content.decode()


def test_without_javascript_it_is_a_page_with_the_ways_on_and_back(client, flooded):
    html = client.get("/search/why/1001/?q=flood&at=23").content.decode()
    assert 'href="/article/1001/harbour-floods/?q=flood&amp;at=23"' in html
    assert 'href="/search/?q=flood&amp;page=2"' in html
    assert "<h1>Why this article?</h1>" in html


def test_htmx_gets_the_part_alone_and_keeps_the_address_of_the_page(client, flooded):
    response = client.get("/search/why/1001/?q=flood", headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert '<summary id="why-1001">' in html
    assert response["HX-Push-Url"] == "false"
    assert {"hx-request", "cookie"} <= set(response["Vary"].lower().split(", "))


def test_an_article_that_is_not_found_is_told_so(client, flooded):
    response = client.get("/search/why/1001/?q=resigns")
    assert b"does not find this article any more" in response.content


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_public_has_no_reasons(client, flooded, status):
    Article.objects.update(status=status)
    assert client.get("/search/why/1001/?q=flood").status_code == 404


def test_what_stands_there_is_escaped(client):
    ArticleFactory(pk=1001, headline=f"Harbour {CANARY}", people=[f"Ann {CANARY}"])
    for query in (f"q=person:canary+{CANARY}", "q=%22harbour+script+alert+canary%22"):
        for headers in (HTMX, {}):
            html = client.get(f"/search/why/1001/?{query}", headers=headers).content.decode()
            assert CANARY not in html


def test_the_reasons_cost_few_queries(client, flooded, django_assert_max_num_queries):
    client.get("/search/why/1001/?q=flood")
    with django_assert_max_num_queries(12):
        client.get("/search/why/1001/?q=flood&person=anders-roe")

"""People, sections and tags as they are read."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import Person, PersonAlias, Status
from search.browse.catalogue import ARTICLES_PER_PAGE
from search.browse.names import NAMES_PER_PAGE
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, **parameters: str) -> str:
    response = client.get(path, parameters)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def listed(html: str) -> list[tuple[str, int]]:
    """The names of an index with their counts."""
    rows = re.findall(r'<li><a href="[^"]*" dir="auto">(.*?)</a> <span class="meta">(\d+)<', html)
    return [(re.sub("</?b>", "", name), int(count)) for name, count in rows]


def letters(html: str) -> list[str]:
    return re.findall(r'<li><a href="[^"]*letter=[^"]*"[^>]*><span>([^<]*)</span>', html)


def test_a_person_is_shown_with_other_names_articles_and_company(client):
    ArticleFactory(headline="The flood", people=["Ann Vale", "Ben Roy"])
    ArticleFactory(headline="The bridge", people=["Ann Vale"], published=None)
    PersonAlias.objects.create(person=Person.objects.get(name="Ann Vale"), name="A. Vale")
    html = page(client, "/person/ann-vale/")
    for shown in ("The flood", "The bridge", "A. Vale", "2 articles", "?person=ann-vale"):
        assert shown in html
    assert listed(html) == [("Ben Roy", 1)]


def test_people_are_listed_by_family_name_whatever_their_accents(client):
    ArticleFactory(people=["Zoe Roe", "Émile Vale", "Eve Stour"])
    ArticleFactory(people=["Émile Vale"])
    assert listed(page(client, "/people/")) == [("Zoe Roe", 1), ("Eve Stour", 1), ("Émile Vale", 2)]
    assert listed(page(client, "/people/", letter="v")) == [("Émile Vale", 2)]
    assert listed(page(client, "/people/", order="count"))[0] == ("Émile Vale", 2)
    assert listed(page(client, "/people/", like="emi")) == [("Émile Vale", 2)]


def test_the_part_of_a_name_that_it_is_filed_under_is_marked(client):
    ArticleFactory(people=["Ludwig van der Vaal", "Pelé"], tags=["Ann Vale"])
    html = page(client, "/people/")
    assert "Ludwig <b>van der Vaal</b></a>" in html
    assert ">Pelé</a>" in html
    assert ">Ann Vale</a>" in page(client, "/tags/")


def test_a_search_within_that_finds_nobody_says_so_and_leads_back(client):
    ArticleFactory(people=["Zoe Roe"])
    html = page(client, "/people/", like="xyz")
    assert "Nothing here has a word that begins with “xyz”." in html
    assert 'href="/people/">Show all' in html


def test_a_long_index_has_letters_and_pages(client):
    ArticleFactory(people=[f"Person {chr(97 + n % 26)}{n // 26:03}" for n in range(NAMES_PER_PAGE)])
    ArticleFactory(people=["Zoe Roe"])
    first = page(client, "/people/")
    assert len(listed(first)) == NAMES_PER_PAGE
    assert letters(first) == [chr(65 + n) for n in range(26)]
    assert '<link rel="next" href="?page=2">' in first
    assert len(listed(page(client, "/people/", page="99"))) == 1
    one = page(client, "/people/", letter="r", page="1")
    assert '<link rel="canonical" href="http://testserver/people/?letter=r">' in one


def test_sections_and_tags_have_pages_too(client):
    ArticleFactory(headline="The flood", section=SectionFactory(name="Harbour"), tags=["weather"])
    assert listed(page(client, "/sections/")) == [("Harbour", 1)]
    assert listed(page(client, "/tags/")) == [("weather", 1)]
    for path in ("/section/harbour/", "/tag/weather/"):
        assert "The flood" in page(client, path)


def test_the_years_between_have_bars_too_and_lead_to_their_articles(client):
    for year in (1989, 1989, 1991):
        ArticleFactory(headline=f"Of {year}", people=["Ann Vale"], published=f"{year}-05-01")
    html = page(client, "/person/ann-vale/")
    assert html.count("<rect ") == 3
    assert 'href="?year=1991"' in html
    assert 'href="?year=1990"' not in html
    one = page(client, "/person/ann-vale/", year="1991")
    assert "1 article in 1991" in one
    assert "Of 1989" not in one
    assert "3 articles" in page(client, "/person/ann-vale/", year="nonsense")


def test_long_lists_are_paged(client):
    for number in range(ARTICLES_PER_PAGE + 1):
        ArticleFactory(headline=f"Article {number}", people=["Ann Vale"])
    first, last = (page(client, "/person/ann-vale/", page=number) for number in ("1", "99"))
    assert first.count('class="teaser"') == ARTICLES_PER_PAGE
    assert last.count('class="teaser"') == 1
    assert '<link rel="prev" href="?">' in last


@pytest.mark.parametrize(
    "state",
    [
        {"status": Status.DRAFT},
        {"status": Status.WITHDRAWN},
        {"embargo_until": timezone.now() + timedelta(days=1)},
        {"first_published": timezone.now() + timedelta(days=1)},
    ],
)
def test_whoever_is_in_no_public_article_is_as_if_they_were_not_there(client, state):
    ArticleFactory(headline="The flood", people=["Ann Vale"])
    secret = {"section": SectionFactory(name="Secrets"), "tags": ["hush"]}
    ArticleFactory(headline="Secret", people=["Ann Vale", "Ben Roy"], **secret, **state)
    assert listed(page(client, "/people/")) == [("Ann Vale", 1)]
    assert "Secret" not in page(client, "/person/ann-vale/")
    for kind, slug in (("person", "ben-roy"), ("section", "secrets"), ("tag", "hush")):
        missing = client.get(f"/{kind}/nobody/")
        hidden = client.get(f"/{kind}/{slug}/")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def test_names_are_text_and_never_markup(client):
    canary = "<script>alert(1)</script>"
    ArticleFactory(people=[f"{canary} Vale"], tags=[canary], section=canary)
    for path in ("/people/", "/tags/", "/sections/", "/"):
        assert "<script>alert" not in page(client, path)
    assert "<script>alert" not in page(client, "/people/", like=canary, letter=canary)


def test_no_page_takes_more_queries_for_more_names(client, django_assert_num_queries):
    names = [f"Person {number}" for number in range(30)]
    for number in range(30):
        ArticleFactory(
            headline=f"Article {number}",
            people=["Ann Vale", names[number]],
            first_published=datetime(1990 + number, 5, 1, tzinfo=UTC),
        )
    page(client, "/people/")  # the index follows
    with django_assert_num_queries(2):
        page(client, "/people/")
    with django_assert_num_queries(8):
        page(client, "/person/ann-vale/")

"""A search of the database alone: what it finds, and how far it looks."""

import pytest

from archive.attribution import quotations_extract
from archive.models import Article, PersonAlias, Status
from archive.selectors import newest_articles
from search.language.parser import parse
from search.plain import looking
from search.plain.looking import look
from search.request import SearchRequest
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db


def found(q: str = "", **asked: object) -> set[str]:
    """The headlines."""
    looked = look(newest_articles(), SearchRequest(parse(q), **asked), enough=100)
    assert looked.is_whole
    return set(Article.objects.filter(pk__in=looked.found).values_list("headline", flat=True))


@pytest.fixture
def archive():
    """Four articles: two public of known days, one of a year alone, one undated."""
    ann = PersonFactory(name="Ann Vale")
    PersonAlias.objects.create(person=ann, name="Annie V")
    one = ArticleFactory(
        headline="Harbour bridge",
        standfirst="Painted again",
        body="“The Café will open,” Ann Vale said.",
        byline="Uma Ferrow",
        published="1997-06-21",
        people=[ann],
        tags=["bridge"],
        section="News",
        source="Courier",
    )
    quotations_extract(articles=[one.pk])
    ArticleFactory(
        headline="Гавань",
        body="The storm came.",
        published="2001-02-03",
        people=["Ben Roy", ann],
        tags=["storm"],
        section="Letters",
        source="Gazette",
    )
    ArticleFactory(headline="Of a year", published="2001", source="Gazette")
    ArticleFactory(headline="Undated", published=None, source="Gazette")


ALL = {"Harbour bridge", "Гавань", "Of a year", "Undated"}
ONE, TWO = {"Harbour bridge"}, {"Гавань"}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", ALL),
        ("harbour", ONE),
        ("HARBOUR painted café", ONE),
        ("harb*", ONE),
        ("гавань", TWO),
        ('"storm came"', TWO),
        ('"came storm"', set()),
        ('"came storm"~3', TWO),
        ("harbour OR storm", ONE | TWO),
        ("storm -harbour", TWO),
        ("-storm", ALL - TWO),
        ("headline:storm", set()),
        ("headline:harbour", ONE),
        ("byline:ferrow", ONE),
        ("person:vale", ONE | TWO),
        ("person:annie -section:letters", ONE),
        ("tag:storm", TWO),
        ("source:gazette storm", TWO),
        ("said:café", ONE),
        ("said:café by:vale", ONE),
        ("said:café by:roy", set()),
        ("by:annie", ONE),
        ("-said:café", ALL - ONE),
        ("date:1997", ONE),
        ("date:2001", TWO | {"Of a year"}),
        ("date:2001-02", TWO),
        ("date:1997..2001-06", ONE | TWO),
        ("storm OR date:1997", ONE | TWO),
        ("date:none", {"Undated"}),
        ("-date:none", ALL - {"Undated"}),
        ("100%", set()),
        ("harb_ur", set()),
        ('"a\0b"', set()),
    ],
)
def test_it_finds_what_a_query_asks_for(archive, q, expected):
    assert found(q) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"people": ("ann-vale",)}, ONE | TWO),
        ({"people": ("ann-vale", "ben-roy")}, ONE | TWO),
        ({"people": ("ann-vale", "ben-roy"), "all_people": True}, TWO),
        ({"people": ("no\0body",)}, set()),
        ({"quoted": ("ann-vale",)}, ONE),
        ({"tags": ("storm", "bridge")}, ONE | TWO),
        ({"sections": ("letters",)}, TWO),
        ({"sources": ("courier", "gazette"), "tags": ("bridge",)}, ONE),
        ({"undated": True}, {"Undated"}),
    ],
)
def test_it_finds_what_is_chosen(archive, asked, expected):
    assert found(**asked) == expected


def test_what_is_not_public_is_not_found():
    for status in (Status.DRAFT, Status.WITHDRAWN):
        ArticleFactory(status=status)
    ArticleFactory(published="2999-01-01")
    assert found() == set()


def test_days_at_the_ends_of_time_are_no_limit(archive):
    assert found("date:0001..9999") == ALL - {"Undated"}


@pytest.fixture
def hundred():
    """The ids of a hundred articles, the newest first."""
    made = [ArticleFactory(body="One " * (n % 10 == 9)) for n in range(100)]
    return [article.pk for article in reversed(made)]


def test_it_looks_no_further_than_it_has_to(hundred, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(looking, "AT_FIRST", 20)
    with django_assert_num_queries(2):
        looked = look(newest_articles(), SearchRequest(parse("one")), enough=2)
    assert looked == looking.Looked((hundred[0], hundred[10]), 20, hundred[19])


def test_it_stops_when_a_reader_has_waited_long_enough(hundred, monkeypatch):
    monkeypatch.setattr(looking, "AT_FIRST", 30)
    monkeypatch.setattr(looking, "PATIENCE", 0.0)
    looked = look(newest_articles(), SearchRequest(parse("nowhere")), enough=2)
    assert (looked.found, looked.looked_at, looked.is_whole) == ((), 30, False)


def test_it_looks_at_no_more_than_it_may(hundred, monkeypatch):
    monkeypatch.setattr(looking, "FARTHEST", 50)
    looked = look(newest_articles(), SearchRequest(parse("nowhere")), enough=2)
    assert (looked.looked_at, looked.last) == (50, hundred[49])


def test_parts_grow_while_they_are_looked_through_quickly(monkeypatch):
    monkeypatch.setattr(looking, "AT_MOST", 500)
    assert [len(part) for part in looking.growing(range(1500))] == [250, 500, 500, 250]
    monkeypatch.setattr(looking, "SHORT", 0.0)
    assert [len(part) for part in looking.growing(range(600))] == [250, 250, 100]


def test_the_oldest_come_first_where_a_list_runs_in_time(hundred):
    looked = look(newest_articles(), SearchRequest(), enough=1000, oldest_first=True)
    assert looked.found == tuple(reversed(hundred))

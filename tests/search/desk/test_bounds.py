"""The list of a large archive costs what the list of a small one costs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import Article, Status
from search import outbox
from tests.factories import ArticleFactory, SectionFactory, SourceFactory, noon
from tests.search.desk.listed import changelist, steps

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = [
    {},
    {"p": "2"},
    {"o": "1"},
    {"o": "-4"},
    {"o": "-5"},
    {"q": "ferry"},
    {"q": "ferry", "o": "1"},
    {"q": "ferry", "status__exact": "published", "lack": "no-people"},
    {"status__exact": "published"},
    {"status__exact": "draft"},
    {"status__exact": "published", "section": "harbour"},
    {"section": "harbour"},
    {"year": "1994"},
    {"editor": "chief"},
    {"lack": "no-date"},
    {"lack": "no-people"},
    {"lack": "twice"},
    {"lack": "rejects"},
]


@pytest.fixture(autouse=True)
def a_few(small_window, monkeypatch, editor: User):
    monkeypatch.setattr("search.desk.counting.AT_MOST", 4)
    monkeypatch.setattr("search.desk.facets.AT_MOST", 4)
    monkeypatch.setattr("search.admin.SearchedArticleAdmin.list_per_page", 2)
    for number in range(6):
        ArticleFactory(
            headline=f"Harbour {number}",
            body="The ferry.",
            people=["Ann Vale"],
            tags=["sea"],
            section="Harbour",
            published="1994-05-06",
            created_by=editor if number % 2 else None,
            status=Status.DRAFT if number < 3 else Status.PUBLISHED,
        )


def add(count: int) -> None:
    """More articles, published all of them, in another section and of another year."""
    filed = {"source": SourceFactory(name="Elsewhere"), "section": SectionFactory(name="Elsewhere")}
    Article.objects.bulk_create(
        Article(
            headline=f"Elsewhere {number}",
            body="The ferry.",
            status=Status.PUBLISHED,
            first_published=noon("2019-01-01") + timedelta(minutes=number),
            **filed,
        )
        for number in range(count)
    )
    outbox.drain_all()


def test_twelve_queries_are_enough(desk):
    add(10)
    for asked in ASKED:
        with CaptureQueriesContext(connection) as queries:
            changelist(desk, **asked)
        assert len(queries) <= 12, asked


def test_no_count_grows_with_the_archive(desk):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite tells how far it goes.")
    add(100)
    before = [steps_of(desk, asked) for asked in ASKED]
    add(2_000)
    after = [steps_of(desk, asked) for asked in ASKED]
    grown = [
        (asked, few, many)
        for asked, few, many in zip(ASKED, before, after, strict=True)
        if many > 1.5 * few + 2
    ]
    print(grown)
    assert grown == []


def steps_of(desk, asked) -> int:
    with steps() as counted:
        changelist(desk, **asked)
    return counted[0]

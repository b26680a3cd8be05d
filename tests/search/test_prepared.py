"""A prepared query answers what its queryset would, each time with the values of that time."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connections
from django.db.models import DateTimeField, TextField

from archive.models import Article
from search.prepared import Given, Prepared
from tests.factories import ArticleFactory

NOON = datetime(2009, 12, 17, 12, tzinfo=UTC)


def published_before() -> Prepared:
    before = Given("before", DateTimeField())
    found = Article.objects.filter(first_published__lt=before).order_by("pk")
    return Prepared(lambda: found.values_list("headline", "first_published"))


@pytest.mark.django_db
def test_each_time_it_is_asked_with_the_values_of_that_time():
    ArticleFactory(headline="Flood", published="2009-12-17")
    ArticleFactory(headline="Ferry", published="2010-01-01")
    asked = published_before()
    assert list(asked.rows(before=NOON)) == []
    later = NOON + timedelta(seconds=1)
    assert [tuple(row) for row in asked.rows(before=later)] == [("Flood", NOON)]
    assert len(list(asked.rows(before=NOON + timedelta(days=60)))) == 2


@pytest.mark.django_db
def test_django_writes_it_once(django_assert_num_queries):
    made = []
    asked = Prepared(lambda: made.append(1) or Article.objects.values_list("pk"))
    with django_assert_num_queries(3):
        for _ in range(3):
            list(asked.rows())
    assert made == [1]


@pytest.mark.django_db
def test_a_value_is_never_read_as_sql():
    ArticleFactory(headline="Flood")
    headline = Given("headline", TextField())
    asked = Prepared(lambda: Article.objects.filter(headline=headline).values_list("pk"))
    assert list(asked.rows(headline="' OR 1=1 --")) == []
    assert len(list(asked.rows(headline="Flood"))) == 1


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_over_its_own_connection():
    ArticleFactory(headline="Flood", published="2009-12-16")
    asked, answers = published_before(), []

    def ask() -> None:
        answers.append([tuple(row) for row in asked.rows(before=NOON)])
        connections.close_all()

    for _ in range(2):
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    ask()
    assert len(answers) == 3
    assert all(len(answer) == 1 for answer in answers)


def test_a_value_that_was_not_given_is_an_error():
    with pytest.raises(KeyError, match="before"):
        published_before().rows()

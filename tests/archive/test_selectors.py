"""What is public, and from when."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import connection

from archive.models import Article, DatePrecision, Status
from archive.selectors import articles_by_id, came_due, newest_articles, public_articles
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
TIMES = (None, NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=1))


@pytest.fixture
def every_kind() -> list[Article]:
    """Every status with every date and every embargo: none, past, this very moment, to come."""
    return [
        ArticleFactory(status=status, first_published=published, embargo_until=embargo)
        for status, published, embargo in product(Status, TIMES, TIMES)
        if (status, published) != (Status.SCHEDULED, None)  # refused by the database
    ]


def may_be_seen(article: Article, now: datetime) -> bool:
    """The rule as an editor would say it."""
    hours = (article.first_published, article.embargo_until)
    return article.status in ("published", "scheduled") and not any(
        hour and hour > now for hour in hours
    )


def test_only_what_is_published_and_whose_time_has_come_is_public(every_kind):
    for now in (NOW - timedelta(hours=2), NOW, NOW + timedelta(hours=2)):
        expected = {article.pk for article in every_kind if may_be_seen(article, now)}
        assert set(public_articles(now).values_list("pk", flat=True)) == expected


def test_whatever_time_alone_made_public_came_due(every_kind):
    for since, until in (
        (NOW - timedelta(hours=2), NOW),
        (NOW - timedelta(minutes=1), NOW),
        (NOW, NOW + timedelta(hours=2)),
    ):
        before = set(public_articles(since).values_list("pk", flat=True))
        after = set(public_articles(until).values_list("pk", flat=True))
        assert set(came_due(since, until)) >= after - before


def test_only_what_has_its_hour_in_between_came_due(every_kind):
    since, until = NOW - timedelta(minutes=1), NOW
    hours = {article.pk: (article.first_published, article.embargo_until) for article in every_kind}
    due = came_due(since, until)
    assert len(due) == len(set(due))
    assert all(NOW in hours[pk] for pk in due)


def test_without_a_time_it_is_asked_for_now(time_machine):
    article = ArticleFactory(status=Status.SCHEDULED, first_published=NOW)
    time_machine.move_to(NOW - timedelta(seconds=1))
    assert article not in public_articles()
    time_machine.move_to(NOW)
    assert article in public_articles()


def test_the_newest_articles_are_the_public_ones_in_their_order(every_kind):
    assert list(newest_articles()) == list(public_articles())


def test_articles_asked_for_by_id_come_in_that_order_and_the_hidden_ones_not_at_all(every_kind):
    ids = [article.pk for article in reversed(every_kind)]
    public = set(public_articles().values_list("pk", flat=True))
    assert [article.pk for article in articles_by_id(ids)] == [pk for pk in ids if pk in public]
    assert articles_by_id([]) == []


def test_articles_asked_for_by_id_come_with_what_a_list_shows(django_assert_num_queries):
    ids = [ArticleFactory(section="News", source=f"Source {number}").pk for number in range(3)]
    with django_assert_num_queries(1):
        assert [str(article.section) for article in articles_by_id(ids)] == ["News"] * 3


def test_the_newest_articles_are_looked_up_by_an_index_and_never_sorted():
    if connection.vendor == "postgresql":  # which would rather sort so few
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off")
    plan = newest_articles()[:10].explain()
    assert "article_newest" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("precision", DatePrecision)
def test_how_exactly_a_date_is_known_decides_nothing_of_who_may_see_it(precision):
    for status, hour in product((Status.PUBLISHED, Status.SCHEDULED), TIMES[1:]):
        ArticleFactory(status=status, first_published=hour, date_precision=precision)
    articles = Article.objects.all()
    expected = {article.pk for article in articles if may_be_seen(article, NOW)}
    assert set(public_articles(NOW).values_list("pk", flat=True)) == expected
    assert set(came_due(NOW - timedelta(minutes=1), NOW)) == {
        article.pk for article in articles if article.first_published == NOW
    }

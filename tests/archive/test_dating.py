"""Dates of which no more than the month or the year is known."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from archive.dating import DatePrecision, beginning, in_digits, in_words
from archive.models import Article, Status, Transition
from archive.rights import Role
from archive.services import article_schedule, articles_publish
from tests.desk import address_of, form_of, save, signed_in
from tests.factories import ArticleFactory, member

MARCH = datetime(1989, 3, 1, tzinfo=UTC)


@given(st.datetimes(datetime(1000, 1, 2), datetime(9998, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
@pytest.mark.parametrize("zone", ["UTC", "America/Asuncion", "Pacific/Kiritimati"])
def test_a_month_begins_with_the_first_instant_that_it_has_in_the_newsroom(zone, moment):
    with timezone.override(zone):
        for precision in DatePrecision:
            first = beginning(moment, precision)
            before = timezone.localtime(first - timedelta(microseconds=1)).date()
            same = in_digits(timezone.localdate(first), precision)
            assert same == in_digits(timezone.localdate(moment), precision)
            assert not precision or in_digits(before, precision) != same
            assert beginning(first, precision) == first <= moment


def test_in_words_and_digits_there_is_no_more_than_is_known():
    day = date(1989, 3, 17)
    words = [in_words(day, precision) for precision in DatePrecision]
    assert words == ["17 Mar 1989", "March 1989", "1989"]
    digits = [in_digits(day, precision) for precision in DatePrecision]
    assert digits == ["1989-03-17", "1989-03", "1989"]


@pytest.mark.django_db
class TestOnPages:
    def test_an_article_shows_its_month_to_people_and_machines(self, client: Client):
        article = ArticleFactory(published="1989-03")
        html = client.get(article.get_absolute_url()).content.decode()
        assert '<time datetime="1989-03">March 1989</time>' in html
        assert '<meta property="article:published_time" content="1989-03">' in html
        [told] = re.findall(r'ld\+json">(.*?)</script>', html)
        assert json.loads(told)["datePublished"] == "1989-03"


@pytest.mark.django_db
class TestAtTheDesk:
    def test_any_day_of_the_month_stands_for_it(self):
        client = signed_in(member(Role.CHIEF))
        article = ArticleFactory(published="1989-03-17")
        form = form_of(client, address_of(article))
        save(client, address_of(article), form | {"date_precision": "month", "reason": "Undated"})
        article.refresh_from_db()
        assert (article.first_published, article.date_precision) == (MARCH, "month")
        listed = client.get("/admin/archive/article/").content.decode()
        assert '<td class="field-published">March 1989</td>' in listed

    def test_a_month_needs_a_date_to_be_of(self):
        client = signed_in(member(Role.CHIEF))
        article = ArticleFactory(published=None)
        form = form_of(client, address_of(article)) | {"date_precision": "month"}
        answer = client.post(address_of(article), form)
        assert "any day of the month" in answer.content.decode()

    def test_what_is_scheduled_has_an_hour(self):
        client = signed_in(member(Role.CHIEF))
        article = ArticleFactory(
            status=Status.SCHEDULED, first_published=timezone.now() + timedelta(days=40)
        )
        form = form_of(client, address_of(article)) | {"date_precision": "year"}
        answer = client.post(address_of(article), form)
        assert "has a day and an hour" in answer.content.decode()

    @pytest.mark.parametrize("is_planned", [True, False])
    def test_a_plan_that_a_move_replaces_is_as_exact_as_the_move(self, is_planned):
        now = datetime(2026, 11, 23, tzinfo=UTC)
        month = now + timedelta(days=90) if is_planned else MARCH
        article = ArticleFactory(
            status=Status.DRAFT, first_published=month, date_precision=DatePrecision.MONTH
        )
        articles_publish(articles=Article.objects.all(), editor=member(Role.CHIEF), now=now)
        article.refresh_from_db()
        told = (article.first_published, article.date_precision)
        assert told == ((now, "") if is_planned else (MARCH, "month"))

    def test_an_hour_that_is_scheduled_is_exact(self):
        now = datetime(2026, 11, 23, tzinfo=UTC)
        article = ArticleFactory(
            status=Status.DRAFT, first_published=MARCH, date_precision=DatePrecision.MONTH
        )
        at = now + timedelta(days=1)
        article_schedule(article=article, editor=member(Role.CHIEF), at=at, now=now)
        assert (article.first_published, article.date_precision) == (at, "")
        assert Transition.objects.get().scheduled_for == at

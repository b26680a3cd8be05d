"""The calendar as it is read: years, months, days, and this day in every year."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import Status
from search.browse.catalogue import ARTICLES_PER_PAGE
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_years() -> None:
    """Two articles on a day of 1996, one in 1997 and one in 2009, one undated, and one hidden."""
    ArticleFactory(headline="Leap tide", published="1996-02-29")
    ArticleFactory(headline="Leap ferry", published="1996-02-29")
    ArticleFactory(headline="Bridge opens", published="1997-06-21")
    ArticleFactory(headline="Flood", published="2009-12-17")
    ArticleFactory(headline="Sketch", published=None)
    ArticleFactory(headline="Secret", published="1998-01-01", status=Status.DRAFT)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def headlines(html: str) -> list[str]:
    return re.findall(r'__headline".*?<a href="/article/[^"]*">([^<]*)</a>', html)


def test_the_calendar_has_every_year_with_its_number_and_the_undated(client, three_years):
    html = page(client, "/calendar/")
    year = r'href="/calendar/(\d{4})/">.*?</svg>.*?<span aria-hidden="true">(\d+)<'
    years = re.findall(year, html)
    assert years == [("2009", "1"), ("1996", "2"), ("1997", "1")]
    assert "1 undated article" in html
    assert 'height="100"' in html


def test_a_year_links_each_day_that_has_articles_and_tells_how_many(client, three_years):
    html = page(client, "/calendar/1996/")
    assert re.findall(r'href="(/calendar/1996/\d\d/\d\d/)" aria-label="([^"]*)"', html) == [
        ("/calendar/1996/02/29/", "29 Feb 1996: 2 articles")
    ]
    assert html.count('<table class="month">') == 12
    assert 'href="/calendar/1997/"' in html


def test_a_month_lists_its_articles_in_the_order_of_the_days(client):
    ArticleFactory(headline="Later", published="1997-06-21")
    ArticleFactory(headline="Earlier", published="1997-06-02")
    ArticleFactory(headline="Before", published="1997-04-02")
    html = page(client, "/calendar/1997/06/")
    assert headlines(html) == ["Earlier", "Later"]
    assert 'href="/calendar/1997/04/"' in html, "the nearest month with articles"


def test_a_day_lists_its_articles_and_leads_to_its_neighbours(client, three_years):
    html = page(client, "/calendar/1997/06/21/")
    assert headlines(html) == ["Bridge opens"]
    assert "Saturday, 21 Jun 1997" in html
    assert 'href="/calendar/1996/02/29/"' in html
    assert 'href="/calendar/2009/12/17/"' in html
    assert '<span aria-current="page">21</span>' in html


def test_the_day_is_that_of_the_newsroom(client, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    ArticleFactory(headline="Dawn", first_published=datetime(2009, 12, 31, 12, 2, tzinfo=UTC))
    assert headlines(page(client, "/calendar/2010/01/01/")) == ["Dawn"]
    assert client.get("/calendar/2009/12/31/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("1998/", "1998/01/", "1998/01/01/", "1997/05/", "1997/06/20/"),
        *("0000/", "1997/13/", "1997/00/", "1997/02/29/", "97/", "٢٠٠٩/"),
    ],
)
def test_days_without_public_articles_and_days_that_are_none_are_not_found(
    client, three_years, path
):
    assert client.get(f"/calendar/{path}").status_code == 404


def test_a_busy_day_is_paged_and_says_where_its_pages_are(client):
    for number in range(ARTICLES_PER_PAGE + 1):
        ArticleFactory(headline=f"Article {number}")
    first, last = (
        page(client, "/calendar/2009/12/17/"),
        page(client, "/calendar/2009/12/17/?page=2"),
    )
    assert len(headlines(first)) == ARTICLES_PER_PAGE
    assert '<link rel="next" href="?page=2">' in first
    assert '<link rel="canonical" href="http://testserver/calendar/2009/12/17/">' in first
    assert len(headlines(last)) == 1
    assert '<link rel="prev" href="?">' in last
    assert '<link rel="canonical" href="http://testserver/calendar/2009/12/17/?page=2">' in last
    assert headlines(page(client, "/calendar/2009/12/17/?page=99")) == headlines(last)


def test_on_this_day_shows_every_year_that_has_it(client):
    ArticleFactory(headline="Old", published="1989-12-17")
    ArticleFactory(headline="New", published="2009-12-17")
    ArticleFactory(headline="New too", published="2009-12-17")
    html = page(client, "/on-this-day/12-17/")
    assert headlines(html) == ["New", "Old"]
    assert "All 2 articles of the day" in html


def test_a_day_without_articles_leads_to_the_nearest(client, three_years):
    html = page(client, "/on-this-day/03-02/")
    assert "Nothing was published on 2 March in any year." in html
    assert 'href="/on-this-day/02-29/"' in html
    assert headlines(page(client, "/on-this-day/02-29/")) == ["Leap tide"], "the first of the day"
    assert client.get("/on-this-day/02-30/").status_code == 404


def test_today_is_todays_day_in_the_newsroom(client, time_machine):
    ArticleFactory(headline="Flood", published="2009-12-17")
    time_machine.move_to(datetime(2028, 12, 17, 12, tzinfo=UTC))
    html = page(client, "/on-this-day/")
    assert headlines(html) == ["Flood"]
    assert '<link rel="canonical" href="http://testserver/on-this-day/12-17/">' in html


def test_home_remembers_this_day(client, time_machine, three_years):
    time_machine.move_to(datetime(2028, 12, 17, 12, tzinfo=UTC))
    html = page(client, "/")
    assert '<h2 id="today">On this day</h2>' in html
    assert 'href="/calendar/2009/12/17/"' in html


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2027, 3, 1)])
def test_home_falls_back_to_the_nearest_day_also_around_a_leap_day(
    client, time_machine, three_years, today
):
    time_machine.move_to(datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    html = page(client, "/")
    assert 'href="/calendar/1996/02/29/"' in html
    assert ("Nothing was published on 1 March" in html) == (timezone.localdate().day == 1)


def test_an_empty_archive_has_an_empty_calendar(client):
    assert "Nothing with a date has been published yet." in page(client, "/calendar/")
    assert "Nothing with a date has been published yet." in page(client, "/on-this-day/")
    assert "On this day" not in page(client, "/")


def test_an_undated_archive_has_none_either(client):
    ArticleFactory(headline="Sketch", published=None)
    assert "1 undated article" in page(client, "/calendar/")
    assert "1 article" in page(client, "/")


def test_no_page_takes_more_queries_for_more_articles(client, django_assert_max_num_queries):
    for number in range(ARTICLES_PER_PAGE):
        ArticleFactory(headline=f"Article {number}", published=f"{1990 + number % 9}-12-17")
    page(client, "/")  # the index follows
    for path in ("/calendar/", "/calendar/1990/", "/calendar/1990/12/", "/on-this-day/12-17/"):
        with django_assert_max_num_queries(3):
            page(client, path)


def test_without_an_index_the_calendar_says_so(client, settings):
    settings.SEARCH_INDEX_DIR.mkdir()
    (settings.SEARCH_INDEX_DIR / "CURRENT").write_text("nonsense")
    assert client.get("/calendar/").status_code == 503


class TestKnownToTheMonth:
    @pytest.fixture(autouse=True)
    def march(self) -> None:
        """An article of a day, two of the month, one of the year."""
        for published in ("1989-03-15", "1989-03", "1989-03", "1989"):
            ArticleFactory(headline=f"Ferry of {published}", published=published)

    def test_it_is_in_its_month_and_its_year(self, client):
        assert ' aria-hidden="true">4<' in page(client, "/calendar/")
        year = page(client, "/calendar/1989/")
        assert "4 articles" in year
        assert "of 1 article no month is known" in year
        assert "3 articles, 2 without a day" in year
        assert headlines(page(client, "/calendar/1989/03/")) == [
            *["Ferry of 1989-03"] * 2,
            "Ferry of 1989-03-15",
        ]

    def test_it_is_on_no_day(self, client):
        assert client.get("/calendar/1989/03/01/").status_code == 404
        assert client.get("/calendar/1989/01/01/").status_code == 404
        assert "Nothing was published on" in page(client, "/on-this-day/03-01/")
        assert re.findall(
            r'href="(/calendar/1989/\d\d/\d\d/)"', page(client, "/calendar/1989/")
        ) == ["/calendar/1989/03/15/"]

    def test_a_month_without_any_day_leads_to_its_neighbours_all_the_same(self, client):
        ArticleFactory(published="1989-06")
        assert 'href="/calendar/1989/06/"' in page(client, "/calendar/1989/03/")
        assert 'href="/calendar/1989/03/"' in page(client, "/calendar/1989/06/")

    def test_readers_see_the_month_or_the_year_alone(self, client):
        html = page(client, "/calendar/1989/03/")
        assert '<time datetime="1989-03">March 1989</time>' in html
        found = page(client, "/search/?q=ferry&sort=oldest")
        assert '<time datetime="1989">1989</time>' in found
        assert '<time datetime="1989-03">March 1989</time>' in found

    def test_bars_of_days_say_how_many_are_not_in_them(self, client):
        ArticleFactory(published="1989-03-16")
        html = page(client, "/search/?from=1989-03&to=1989-03")
        assert "and 2 articles whose dates are not known so exactly" in html

    def test_a_timeline_has_the_months_and_what_is_of_the_year_alone(self, client):
        html = page(client, "/search/?view=timeline")
        assert re.findall(r'month__name meta"><a[^>]*>(.*?)<span', html) == [
            "Month not known",
            "March",
        ]
        assert re.findall(r"</a><span>(\d articles?)</span>", html) == ["1 article", "3 articles"]

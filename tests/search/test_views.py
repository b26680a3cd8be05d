"""The pages of finding, as a browser without JavaScript and as htmx ask for them."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from archive.attribution import quotations_extract
from archive.models import Status
from search import ways_out
from tests.factories import ArticleFactory, PersonFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)

HTMX = {"HX-Request": "true"}
CANARY = "<script>alert('canary')</script>"


@pytest.fixture
def harbour() -> None:
    """Three articles on the harbour, in 1997 and 2009, and one that nobody may see."""
    with transaction.atomic():
        ArticleFactory(
            headline="Harbour bridge opens",
            published="1997-06-21",
            people=["Ann Vale"],
            tags=["bridge"],
            section=SectionFactory(name="News"),
        )
        ArticleFactory(headline="Harbour flooded", published="2009-12-17", people=["Ben Roy"])
        ArticleFactory(headline="Harbour sketch", published=None)
        ArticleFactory(headline="Harbour secret", status=Status.DRAFT, people=["Secret Person"])


def page(client: Client, query: str = "", path: str = "/search/", **headers: str) -> str:
    response = client.get(f"{path}?{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def heading(html: str) -> str:
    """How many articles the page says it found."""
    found = re.search(r'<h2[^>]*id="results"[^>]*>(.*?)</h2>', html)
    assert found
    return found[1]


def test_words_find_articles_with_their_marks(client, harbour):
    html = page(client, "q=bridge")
    assert heading(html) == "1 article, 1997"
    assert "Harbour <mark>bridge</mark> opens" in html


def test_no_words_find_everything_public_the_newest_first(client, harbour):
    html = page(client)
    assert heading(html) == "3 articles, 1997 to 2009"
    assert html.index("Harbour flooded") < html.index("Harbour bridge opens")
    assert "ecret" not in html


def test_an_empty_archive_has_a_page_too(client):
    assert "The archive is still empty" in page(client)


def test_htmx_gets_only_what_changes_and_the_address_to_show(client, harbour):
    response = client.get("/search/?q=harbour&page=1&from=", headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert heading(html) == "3 articles, 1997 to 2009"
    assert '<p id="status" hx-swap-oob="innerHTML">3 articles, 1997 to 2009</p>' in html
    assert "“harbour”" in html[html.index("<title>") : html.index("</title>")]
    assert response["HX-Push-Url"] == "/search/?q=harbour"


def test_htmx_going_back_in_the_history_gets_the_whole_page(client, harbour):
    restore = {**HTMX, "HX-History-Restore-Request": "true"}
    response = client.get("/search/?q=harbour", headers=restore)
    assert "<html" in response.content.decode()
    assert "HX-Push-Url" not in response


def test_no_cache_mistakes_a_fragment_for_a_page(client):
    varies = client.get("/search/")["Vary"].lower()
    assert {"hx-request", "hx-history-restore-request", "cookie"} <= set(varies.split(", "))


def test_nothing_on_the_page_needs_an_exception_from_the_policy(client, harbour):
    response = client.get("/search/?q=harbour")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", html))


def test_only_reading_is_allowed(client):
    assert client.head("/search/").status_code == 200
    assert client.post("/search/").status_code == 405


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=harbour&person=ann-vale", "1 article, 1997"),
        ("q=harbour&person=ann-vale&person=ben-roy", "2 articles, 1997 to 2009"),
        ("q=harbour&person=ann-vale&person=ben-roy&people=all", "No articles"),
        ("tag=bridge", "1 article, 1997"),
        ("section=news", "1 article, 1997"),
        ("source=port-almond-courier", "3 articles, 1997 to 2009"),
        ("from=1997&to=Dec+1997", "1 article, 1997"),
        ("undated=1", "1 article"),
    ],
)
def test_every_filter_narrows(client, harbour, query, count):
    assert heading(page(client, query)) == count


def test_what_is_chosen_is_shown_in_fields_and_as_chips_that_remove_it(client, harbour):
    html = page(client, "q=harbour&person=ann-vale&from=1997")
    assert re.search(r'<input id="person-ann-vale"[^>]* checked>', html)
    assert re.search(r'<input class="input" id="from"[^>]* value="1997"', html)
    assert '<option value="oldest" selected>' in page(client, "sort=oldest")
    chips = dict(re.findall(r'class="chip" href="([^"]*)" aria-label="([^"]*)"', html))
    assert chips == {
        "/search/?q=harbour&amp;from=1997": "Remove person: Ann Vale",
        "/search/?q=harbour&amp;person=ann-vale": "Remove date: from 1 January 1997",
    }


def test_nobody_by_that_name_is_a_chip_too_and_finds_nothing(client, harbour):
    html = page(client, "q=harbour&person=nobody")
    assert heading(html) == "No articles"
    assert 'aria-label="Remove person: nobody"' in html
    assert ways(html) == {"Without “nobody”": "3 articles"}


def test_a_date_that_is_none_is_said_and_the_rest_is_searched(client, harbour):
    html = page(client, "q=harbour&from=31+Feb+2009")
    assert heading(html) == "3 articles, 1997 to 2009"
    assert "“31 Feb 2009” is not a day: February 2009 has 28 days." in html


def test_what_the_parser_left_out_is_said(client, harbour):
    assert 'class="note"' in page(client, "q=%22never+closed")


def test_a_page_beyond_the_end_is_the_last_page(client):
    with transaction.atomic():
        ArticleFactory.create_batch(25)
    html = page(client, "page=9")
    assert html.count('class="result"') == 5
    assert '<span aria-current="page"><span class="hidden">Page</span> 2</span>' in html
    assert client.get("/search/?page=9", headers=HTMX)["HX-Push-Url"] == "/search/?page=2"


def test_pages_of_many_results_are_linked_with_gaps(client):
    with transaction.atomic():
        ArticleFactory.create_batch(20 * 9)
    links = re.findall(r'<span class="hidden">Page</span> (\d+)</', page(client, "page=5"))
    assert links == ["1", "3", "4", "5", "6", "7", "9"]


def test_a_year_is_a_link_that_drills_down_and_crumbs_lead_back(client, harbour):
    years = page(client, "q=harbour")
    assert 'id="bar-1997" href="/search/?q=harbour&amp;from=1997&amp;to=1997"' in years
    assert "1 undated article" in years
    months = page(client, "q=harbour&from=1997&to=1997")
    assert 'href="/search/?q=harbour&amp;from=1997-06&amp;to=1997-06"' in months
    days = page(client, "q=harbour&from=1997-06&to=1997-06")
    assert 'id="bar-1997-06-21"' in days
    assert '<li><a href="/search/?q=harbour&amp;from=1997&amp;to=1997">1997</a></li>' in days
    assert '<li><a href="/search/?q=harbour">All dates</a></li>' in days


def test_the_share_of_all_articles_is_part_of_the_address_and_can_be_left(client, harbour):
    html = page(client, "q=flooded&from=1990&to=2010&chart=share")
    assert "Share of all articles of each year" in html
    assert "2009: 1 of 1 article, 100%" in html
    assert "1997: 0 of 1 article, 0%" in html
    assert '<input type="hidden" name="chart" value="share" form="search">' in html
    assert 'href="/search/?q=flooded&amp;from=2009&amp;to=2009&amp;chart=share"' in html
    assert 'href="/search/?q=flooded&amp;from=1990&amp;to=2010">As numbers of articles' in html


def test_how_dates_are_understood_can_be_asked_for_alone(client):
    html = page(client, "from=Dec+2009&to=03/04/2010", "/search/dates/")
    assert "Understood as: 1 December 2009 to 3 April 2010" in html
    assert "write “4 March 2010”" in html
    unfinished = page(client, f"from=31+Feb+20&to={CANARY}", "/search/dates/")
    assert "is not" not in unfinished
    assert "2008, Dec 2009" in unfinished
    assert CANARY not in unfinished


def ways(html: str) -> dict[str, str]:
    """The ways out of nothing, and how many articles each is said to find."""
    return dict(re.findall(r'<li><a href="[^"]*">([^<]*)</a> <span class="count">([^<]*)<', html))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=harbuor", {"Did you mean “harbour”?": "3 articles"}),
        ("q=harbour&from=1950&to=1951", {"Without “1950 to 1951”": "3 articles"}),
        (
            "q=harbour&person=ann-vale&from=2009",
            {
                "The same words without any filter": "3 articles",
                "Without “Ann Vale”": "1 article",
                "Without “from 1 January 2009”": "1 article",
            },
        ),
        ("q=bridge+zzz", {"Without “zzz”": "1 article"}),
        ("q=bridge+flooded+zzz", {"Only “bridge”": "1 article", "Only “flooded”": "1 article"}),
    ],
)
def test_nothing_found_offers_what_would_find_something_and_how_much(client, harbour, query, found):
    assert ways(page(client, query)) == found


def test_what_nobody_said_is_offered_as_somebody_elses(client):
    article = ArticleFactory(body="“We sail,” Ann Vale said.", people=["Ann Vale", "Ben Roy"])
    quotations_extract(articles=[article.pk])
    assert ways(page(client, "q=said:sail+by:roy")) == {"Without “by:roy”": "1 article"}


def test_the_ways_out_are_tried_a_few_times_only(client, harbour, monkeypatch):
    tried = []
    monkeypatch.setattr(ways_out, "totals", lambda few: [1 for one in few if not tried.append(one)])
    page(client, "&".join(f"person=p{number}" for number in range(15)) + "&q=a+b+c")
    assert len(tried) == ways_out.TRIED


def test_what_cannot_be_helped_is_said(client, harbour):
    assert "Try fewer words" in page(client, "q=zzzzzz")


def test_whatever_is_typed_or_kept_is_escaped(client):
    with transaction.atomic():
        person = PersonFactory(name=CANARY, slug="canary")
        ArticleFactory(headline=CANARY, body=f"{CANARY} harbour", people=[person], tags=[CANARY])
    for query in (f"q=harbour+{CANARY}", f"q=&from={CANARY}&person={CANARY}&tag={CANARY}"):
        html = page(client, query)
        assert CANARY not in html
        assert escape(CANARY) in html
    assert CANARY not in page(client, "q=alert", path="/search/suggest/")
    assert CANARY not in page(client, f"q={CANARY}&like={CANARY}", path="/search/facet/person/")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00&person=%00&from=%00&page=%00",
        "q=%ED%A0%80&tag=%FF",
        "q=" + "(" * 500,
        "q=" + "a*+" * 300,
        "from=0001&to=9999",
        "from=99999999999&page=99999999999",
        "&".join(f"person=p{number}" for number in range(200)),
    ],
)
def test_nothing_in_an_address_is_an_error(client, harbour, query):
    for path in ("/search/", "/search/suggest/", "/search/facet/person/"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_headlines_are_a_view_without_snippets_and_people(client, harbour):
    html = page(client, "q=harbour&view=headlines")
    assert heading(html) == "3 articles, 1997 to 2009"
    assert html.count("data-result") == 3
    assert "result__snippet" not in html
    assert '<input type="hidden" name="view" value="headlines" form="search">' in html


def months(html: str) -> list[tuple[str, str, str]]:
    """Each month of a timeline: its address, how many articles it has, and the one shown."""
    name, shown = r'month__name meta"><a href="([^"]*)">', r"<a data-result[^>]*>(.*?)</a>"
    return re.findall(f"{name}.*?<span>([^<]*)</span>.*?{shown}", html, re.S)


def test_a_timeline_shows_the_best_article_of_each_month(client):
    with transaction.atomic():
        ArticleFactory(headline="Harbour, harbour", published="1997-06-02")
        ArticleFactory(
            headline="Rain", body="In the harbour " + "rain " * 99, published="1997-06-09"
        )
        ArticleFactory(headline="Harbour again", published="1997-12-01")
        ArticleFactory(headline="Harbour later", published="1999-01-01")
        ArticleFactory(headline="Harbour of no day", published=None)
    june, december, january = months(page(client, "q=harbour&view=timeline"))
    assert june[0] == "/search/?q=harbour&amp;from=1997-06&amp;to=1997-06"
    assert june[1:] == ("2 articles", "<mark>Harbour</mark>, <mark>harbour</mark>")
    assert december[1:] == ("1 article", "<mark>Harbour</mark> again")
    assert january[1:] == ("1 article", "<mark>Harbour</mark> later")
    newest_first = months(page(client, "q=harbour&view=timeline&sort=newest"))
    assert [found[1:] for found in newest_first] == [january[1:], december[1:], june[1:]]


def test_a_timeline_stays_inside_the_dates_and_turns_its_pages_by_years(client):
    with transaction.atomic():
        for year in range(1990, 1995):
            ArticleFactory(headline=f"Harbour {year}", published=f"{year}-05-05")
        ArticleFactory(headline="Harbour, harbour", published="1994-05-25")
    first, second = (page(client, f"view=timeline&page={number}") for number in (1, 2))
    assert [shown for *_, shown in months(first)] == [
        "Harbour 1990",
        "Harbour 1991",
        "Harbour 1992",
    ]
    assert len(months(second)) == 2
    assert months(page(client, "view=timeline&page=9")) == months(second)
    within = page(client, "q=harbour&view=timeline&from=1994-05-01&to=1994-05-20")
    assert [shown for *_, shown in months(within)] == ["<mark>Harbour</mark> 1994"]


def test_what_has_no_date_is_on_no_timeline_and_the_page_says_so(client, harbour):
    html = page(client, "undated=1&view=timeline")
    assert heading(html) == "1 article"
    assert 'None of these articles has a date. <a href="/search/?undated=1">' in html


def test_a_timeline_takes_no_more_queries_than_a_list(client):
    with transaction.atomic():
        for month in range(1, 13):
            ArticleFactory(headline="Harbour", published=f"1997-{month:02}-05", people=["Ann Vale"])
    assert queries(client, "q=harbour&view=timeline") <= queries(client, "q=harbour") + 2


def queries(client: Client, query: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, query)
    return len(captured)


def test_twenty_results_take_no_more_queries_than_one(client):
    with transaction.atomic():
        ArticleFactory(headline="Flood", people=["Ann Vale"], tags=["river"])
        for number in range(20):
            ArticleFactory(
                headline="Harbour", people=[f"Person A{number}", f"Person B{number}"], tags=["sea"]
            )
    assert queries(client, "q=harbour") == queries(client, "q=flood")


def test_suggestions_are_links_with_counts_in_the_search_that_is_going_on(client, harbour):
    html = page(client, "q=ann&tag=bridge", path="/search/suggest/", **HTMX)
    assert re.search(r'role="option"[^>]* href="/search/\?person=ann-vale&amp;tag=bridge"', html)
    assert "person · 1" in html


def test_the_same_words_are_suggested_for_headlines_alone(client, harbour):
    html = page(client, "q=harb&tag=bridge", path="/search/suggest/", **HTMX)
    assert 'href="/search/?q=headline%3Aharb&amp;tag=bridge"' in html
    assert "in headlines only · 3" in html


def test_a_facet_can_be_searched_within(client, harbour):
    html = page(client, "q=harbour&like=roy", path="/search/facet/person/", **HTMX)
    assert "<html" not in html
    assert "Ben Roy" in html
    assert "Ann Vale" not in html
    assert "Nothing of that name here" in page(
        client, "like=xyz", path="/search/facet/person/", **HTMX
    )


def test_a_facet_that_has_more_than_it_shows_leads_to_all_of_it(client):
    with transaction.atomic():
        ArticleFactory(people=[f"Town Person{number}" for number in range(12)], tags=["sea"])
    html = page(client, "q=&from=1900")
    assert html.count('name="person"') == 10
    assert '<a href="/search/facet/person/?from=1900"' in html
    assert "/search/facet/tag/" not in html


def test_a_chosen_person_stays_though_nothing_is_left_of_them(client, harbour):
    html = page(client, "q=bridge&person=ben-roy")
    assert re.search(r'<input id="person-ben-roy"[^>]* checked>.*?class="count">0<', html, re.S)


def test_who_is_quoted_is_a_filter_with_a_page_of_its_own(client):
    article = ArticleFactory(
        headline="Harbour",
        body="“Go,” Ann Vale said. “Stay,” said Ben Roy.",
        people=["Ann Vale", "Ben Roy"],
    )
    ArticleFactory(headline="Harbour bridge", people=["Ann Vale"])
    quotations_extract(articles=[article.pk])
    html = page(client, "q=harbour&quoted=ann-vale")
    assert heading(html).startswith("1 article")
    assert re.search(r'<input id="quoted-ann-vale" name="quoted"[^>]* checked>', html)
    assert re.search(r'class="chip"[^>]*href="/search/\?q=harbour"', html)
    html = page(client, "q=harbour", path="/search/facet/quoted/")
    assert html.index("Ben Roy") < html.index("Ann Vale"), "by their family names"


def test_a_facet_has_a_page_that_keeps_the_rest_of_the_search(client, harbour):
    html = page(client, "q=harbour&tag=bridge&person=ann-vale", path="/search/facet/person/")
    choosing = html[html.index('<form id="search"') :]
    assert '<input type="hidden" name="tag" value="bridge">' in choosing
    assert '<input type="hidden" name="person"' not in choosing
    assert re.search(r'<input id="person-ann-vale"[^>]* checked>', choosing)


def test_what_is_no_facet_is_no_page(client):
    assert client.get("/search/facet/colour/").status_code == 404

"""From an article back into the search, and on to its neighbours there."""

import pytest
from django.http import QueryDict

from archive.models import Article, Status
from search.outbox import drain_all
from search.trail import AROUND, Trail, trail
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports() -> list[Article]:
    """Thirty reports, the newest first, as a search without words finds them."""
    made = [
        ArticleFactory(headline=f"Report {number}", published=f"2000-01-{number:02}", tags=["port"])
        for number in range(30, 0, -1)
    ]
    drain_all()
    return made


def led_to(article: Article, query: str) -> Trail:
    found = trail(article, QueryDict(query))
    assert found is not None
    return found


def test_without_a_place_no_search_led_here(reports):
    for query in ("", "q=report", "at=", "at=x", "at=0", "at=-1", "at=10001", "at=" + "9" * 5000):
        assert trail(reports[0], QueryDict(query)) is None


def test_neighbours_are_those_of_the_search_and_lead_on_in_it(reports):
    found = led_to(reports[4], "tag=port&at=5")
    assert (found.place, found.total) == (5, 30)
    assert found.previous.article == reports[3]
    assert found.next.article == reports[5]
    assert found.next.url == f"{reports[5].get_absolute_url()}?tag=port&at=6"


def test_the_first_has_none_before_it_and_the_last_none_behind(reports):
    assert led_to(reports[0], "tag=port&at=1").previous is None
    assert led_to(reports[-1], "tag=port&at=30").next is None


def test_the_way_back_leads_to_the_page_it_stands_on(reports):
    assert led_to(reports[4], "q=report&sort=newest&at=5").back == "/search/?q=report&sort=newest"
    assert led_to(reports[24], "tag=port&at=25").back == "/search/?tag=port&page=2"
    headlines = "tag=port&view=headlines"
    assert led_to(reports[24], f"{headlines}&at=25").back == f"/search/?{headlines}"


def test_what_was_published_meanwhile_moves_it(reports):
    newer = ArticleFactory(headline="Report 31", published="2000-02-01", tags=["port"])
    drain_all()
    found = led_to(reports[0], "tag=port&at=1")
    assert (found.place, found.previous.article) == (2, newer)


def test_what_the_search_no_longer_finds_there_has_only_the_way_back(reports):
    found = led_to(reports[20], f"tag=port&at={20 - AROUND}")
    assert (found.place, found.previous, found.next) == (None, None, None)
    assert found.back == "/search/?tag=port"


def test_what_was_withdrawn_is_nobodys_neighbour(reports, settings):
    settings.SEARCH_SYNC = "worker"
    Article.objects.filter(pk=reports[5].pk).update(status=Status.WITHDRAWN)
    found = led_to(reports[4], "tag=port&at=5")
    assert found.next.article == reports[6]
    assert found.total == 29


def test_a_word_still_being_typed_marks_what_it_begins(reports):
    found = led_to(reports[0], "q=repo&sort=newest&at=1")
    assert found.highlighter.whole("<Reports>") == "&lt;<mark>Reports</mark>&gt;"


def test_a_trail_takes_three_queries(reports, django_assert_num_queries):
    with django_assert_num_queries(3):  # two of them ask the outbox
        led_to(reports[4], "tag=port&at=5")

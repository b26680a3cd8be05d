"""What a search shows is public now, whatever the index still believes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.models import Article, Status
from search import (
    desk_ids,
    get_engine,
    outbox,
    search,
    search_as_typed,
    spelling,
    suggest,
    values_as_typed,
)
from search.language.parser import parse
from search.request import NOTHING, Facet, FacetRequest, SearchRequest, SuggestionKind
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)


def found(query: str, **choices: object) -> list[str]:
    page = search(SearchRequest(parse(query), **choices))
    return sorted(str(hit.headline) for hit in page.hits)


@pytest.fixture
def asked(monkeypatch):
    """The searches that the engine is asked, from now on."""
    engine, requests = get_engine(), []
    answered = engine.search
    monkeypatch.setattr(
        engine,
        "search",
        lambda request, **named: requests.append(request) or answered(request, **named),
    )
    return requests


@pytest.fixture
def nobody_drains(settings):
    """As while the worker is down: the index stays as it is now."""

    def stop() -> None:
        settings.SEARCH_SYNC = "worker"

    return stop


def test_a_result_carries_all_that_is_shown_of_it():
    article = ArticleFactory(headline="Flood at the ferry", people=["Ann Vale"], published=None)
    (hit,) = search(SearchRequest(parse("flood"))).hits
    assert (hit.id, hit.url) == (article.pk, article.get_absolute_url())
    assert hit.headline == "<mark>Flood</mark> at the ferry"
    assert (hit.published, hit.source) == (None, "Port Almond Courier")
    assert [person.name for person in hit.people] == ["Ann Vale"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.WITHDRAWN},
        {"status": Status.DRAFT},
        {"embargo_until": timezone.now() + timedelta(days=1)},
        {"first_published": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_ceases_to_be_public_is_gone_at_once_from_everything(nobody_drains, change):
    ArticleFactory(headline="Harbour")
    secret = ArticleFactory(headline="Harbour zanzibar", people=["Zoe Zander"], tags=["zebra"])
    assert found("zanzibar")
    nobody_drains()
    Article.objects.filter(pk=secret.pk).update(**change)
    page = search(SearchRequest(parse("harbour")))
    assert page.total == 1
    assert len(page.hits) == 1
    assert page.facets[Facet.PERSON] == page.facets[Facet.TAG] == ()
    assert [bar.count for bar in page.dates] == [1]
    assert found("zanzibar") == []
    assert suggest("zan") == suggest("zoe") == suggest("zeb") == ()
    assert search(SearchRequest(parse("zanzibat"))).suggestion == ""


def test_a_deleted_article_is_gone_at_once(nobody_drains):
    article = ArticleFactory(headline="Harbour")
    assert found("harbour")
    nobody_drains()
    article.delete()
    assert found("harbour") == []


def test_a_bulk_update_is_found_by_the_next_search():
    ArticleFactory(headline="Harbour")
    Article.objects.update(headline="Lighthouse")
    assert found("lighthouse") == ["<mark>Lighthouse</mark>"]


def test_an_article_whose_hour_has_come_is_found_without_a_worker(time_machine):
    soon = timezone.now() + timedelta(hours=1)
    ArticleFactory(headline="Harbour", status=Status.SCHEDULED, first_published=soon)
    assert found("harbour") == []
    time_machine.move_to(soon + timedelta(seconds=1))
    assert found("harbour") == ["<mark>Harbour</mark>"]


def test_a_page_costs_the_same_number_of_queries_however_many_its_results():
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            search(SearchRequest(parse("harbour")))
        return len(captured)

    ArticleFactory(headline="Harbour", people=["Ann Vale"])
    outbox.drain_all()
    queries()
    with_one = queries()
    ArticleFactory.create_batch(15, headline="Harbour", people=["Ben Roy", "Ann Vale"])
    outbox.drain_all()
    assert queries() == with_one <= 6


def test_a_query_that_finds_nothing_is_offered_in_a_spelling_that_does():
    ArticleFactory(headline="The harbour bridge")
    assert search(SearchRequest(parse("harbur bridge"))).suggestion == "harbour bridge"
    assert search(SearchRequest(parse("headline:harbur -boat"))).suggestion == (
        "headline:harbour -boat"
    )


def test_a_spelling_is_offered_only_if_it_finds_something_under_the_same_filters():
    ArticleFactory(headline="The harbour bridge", people=["Ann Vale"])
    ArticleFactory(headline="The ferry", people=["Ben Roy"])
    assert search(SearchRequest(parse("harbur"), people=("ann-vale",))).suggestion == "harbour"
    assert search(SearchRequest(parse("harbur"), people=("ben-roy",))).suggestion == ""


def test_while_a_word_is_typed_what_begins_with_it_is_found_and_said():
    ArticleFactory(headline="The harbour bridge")
    page = search_as_typed(SearchRequest(parse("bridge harb")))
    assert [hit.headline for hit in page.hits] == ["The <mark>harbour</mark> <mark>bridge</mark>"]
    assert "“harb” as a whole word" in str(page.notes[0])


@pytest.mark.parametrize("query", ["harb bridge", "person:harb", "-harb zz", "h", '"harb"'])
def test_only_a_plain_last_word_is_taken_for_unfinished(query):
    ArticleFactory(headline="The harbour bridge")
    page = search_as_typed(SearchRequest(parse(query)))
    assert page.total == 0
    assert page.notes == ()


def test_a_whole_word_is_not_taken_for_a_beginning():
    ArticleFactory(headline="A ham")
    ArticleFactory(headline="A hammer")
    assert search_as_typed(SearchRequest(parse("ham"))).total == 1


def test_words_of_drafts_are_never_offered():
    ArticleFactory(headline="Zanzibar", status=Status.DRAFT)
    ArticleFactory(headline="Harbour")
    assert search(SearchRequest(parse("zanzibat"))).suggestion == ""
    assert suggest("zanz") == ()


@pytest.mark.parametrize("start", ["pier", "peir"])
def test_no_query_costs_more_than_a_few_searches(asked, start):
    ArticleFactory(body=" ".join(f"pier{at}" for at in range(30)))
    words = " ".join(f"{start}{at}" for at in range(30))
    request = SearchRequest(parse(words), people=("nobody",))
    assert search_as_typed(request).total == 0
    assert 2 < len(asked) <= 2 + spelling.WORDS_LOOKED_AT + spelling.ATTEMPTS


def test_more_values_of_a_facet_are_those_of_what_was_found(asked):
    ArticleFactory(headline="Harbour", people=["Ann Vale", "Ben Roy"])
    ArticleFactory(headline="Ferry", people=["Ann Vale"])
    people = FacetRequest(Facet.PERSON, like="ann")
    (found,) = values_as_typed(SearchRequest(parse("harb")), people)
    assert (found.value, found.count) == ("ann-vale", 1)
    assert [request.facets for request in asked] == [(people,)] * 2


def test_more_values_of_nothing_are_none_and_no_spelling_is_looked_for(asked):
    ArticleFactory(headline="Harbour", people=["Ann Vale"])
    request = SearchRequest(parse("headline:harbur"))
    assert values_as_typed(request, FacetRequest(Facet.PERSON)) == ()
    assert len(asked) == 2


def test_suggestions_are_people_tags_and_completed_queries_with_their_counts():
    ArticleFactory.create_batch(2, headline="Harbour harmony", people=["Harriet Vale"])
    ArticleFactory(headline="Old harbour", tags=["harbour dues"])
    suggestions = {(each.kind, each.text): each.count for each in suggest("har")}
    assert suggestions[SuggestionKind.PERSON, "Harriet Vale"] == 2
    assert suggestions[SuggestionKind.TAG, "harbour dues"] == 1
    assert suggestions[SuggestionKind.WORDS, "harbour"] == 3
    assert [each.text for each in suggest("old har") if each.kind == "words"] == ["old harbour"]


def test_the_same_words_are_suggested_in_headlines_if_they_are_not_asked_for_there():
    ArticleFactory(headline="Harbour bridge")
    ArticleFactory(headline="Rain", body="In the harbour.")
    (*_, last) = suggest("person:vale OR (harbour -rain) bridge")
    assert last.kind is SuggestionKind.HEADLINES
    assert last.count == 1
    assert (
        parse(last.value).tree
        == parse("person:vale OR (headline:harbour -headline:rain) headline:bridge").tree
    )
    kinds = [each.kind for each in suggest("headline:harbour")]
    assert SuggestionKind.HEADLINES not in kinds


def test_nothing_typed_suggests_nothing():
    ArticleFactory(headline="Harbour", people=["Ann Vale"])
    assert suggest("") == suggest("  ") == suggest("“") == ()


def test_the_desk_finds_what_is_public_and_what_is_not():
    public = ArticleFactory(headline="Harbour")
    draft = ArticleFactory(headline="Harbour draft", status=Status.DRAFT)
    withdrawn = ArticleFactory(headline="Harbour gone", status=Status.WITHDRAWN)
    assert set(desk_ids("harbour", 10)) == {public.pk, draft.pk, withdrawn.pk}
    assert desk_ids("gone", 10) == [withdrawn.pk]


def test_pages_part_the_results_without_a_gap_or_an_overlap():
    ArticleFactory.create_batch(7, headline="Harbour")
    request = SearchRequest(parse("harbour"), limit=3)
    pages = [search(replace(request, offset=offset)) for offset in (0, 3, 6)]
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == 7


def dates(query: str, **choices: object) -> list[tuple[str, int]]:
    page = search_as_typed(SearchRequest(parse(query), **choices))
    return [(count.start.isoformat(), count.count) for count in page.dates]


def test_what_lies_in_a_few_months_is_counted_by_day():
    for day in ("2009-03-04", "2009-03-09", "2009-05-11"):
        ArticleFactory(headline="Flood", published=day)
    ArticleFactory(headline="Drought", published="1999-05-11")
    assert dates("flood") == [("2009-03-04", 1), ("2009-03-09", 1), ("2009-05-11", 1)]
    assert dates("flood OR drought") == [("1999-05-01", 1), ("2009-03-01", 2), ("2009-05-01", 1)]
    assert dates("flood", start=date(1999, 1, 1), end=date(2009, 12, 31)) == [
        ("2009-03-01", 2),
        ("2009-05-01", 1),
    ]


def test_a_share_is_of_all_that_is_public_in_the_same_days(nobody_drains):
    for day in ("2001-03-04", "2001-04-09", "2009-05-11"):
        ArticleFactory(headline="Flood", published=day)
    withdrawn = ArticleFactory(headline="Drought", published="2001-03-07")
    ArticleFactory(headline="Drought", published="2001-03-08")
    nobody_drains()
    Article.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)
    wanted = SearchRequest(parse("flood"), end=date(2008, 12, 31), start=date(1989, 1, 1))
    page = search_as_typed(replace(wanted, share=True))
    assert [count.count for count in page.dates] == [1, 1]
    assert [count for _, count in page.everything.periods] == [2, 1]
    assert search_as_typed(wanted).everything == NOTHING

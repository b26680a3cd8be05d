"""The address of a search page, read and written."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.forms import CHOSEN_PER_FACET, SearchForm, TypedDate, choose
from search.language.limits import MAX_TYPED
from search.language.periods import Period
from search.request import Facet, Grain, Sort, Suggestion, SuggestionKind
from search.showing import View


def read(query: str) -> SearchForm:
    return SearchForm.read(QueryDict(query))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=harbour+bridge",
        "q=harbour&person=ann-vale&person=ben-roy&people=all",
        "tag=flood&section=news&source=courier",
        "from=2008&to=Dec+2009",
        "undated=1",
        "q=harbour&sort=oldest&page=3",
        "sort=oldest",
        "q=harbour&sort=newest&view=timeline&page=2",
        "view=headlines",
        "q=%22never+closed&from=31+Feb+2009",
        "person=an%C3%A7a",
    ],
)
def test_an_address_comes_back_as_it_was(query):
    assert read(query).query == query


@pytest.mark.parametrize(
    "query",
    [
        "q=&person=&people=&tag=&section=&source=&from=&to=&undated=&sort=&page=",
        "q=++&people=any&sort=newest&page=1",
        "sort=relevance",
        "sort=loudest&view=upside-down&page=-1",
        "view=list",
        "page=%D9%A3&page=nine",
        "unknown=1",
    ],
)
def test_what_is_empty_the_default_or_nonsense_is_left_out(query):
    assert read(query) == SearchForm()
    assert read(query).url == "/search/"


parameters = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "q",
                "person",
                "people",
                "tag",
                "section",
                "source",
                "from",
                "to",
                "undated",
                "sort",
                "view",
                "page",
                "other",
            ]
        ),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["2009", "Dec 2009", "31 Feb 2009", "1", "all", "newest", "timeline"]),
        ),
    ),
    max_size=30,
)


@given(parameters)
def test_any_address_is_read_and_reading_what_was_written_gives_the_same_search(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    form = SearchForm.read(data)
    assert read(form.query) == form
    assert form.to_request().offset >= 0
    assert form.dates_in_words is not None


def test_the_request_has_everything_that_was_chosen():
    request = read(
        "q=harbour&person=ann-vale&people=all&tag=flood&section=news&source=courier"
        "&from=2008&to=Dec+2009&sort=oldest&page=2"
    ).to_request()
    assert request.people == ("ann-vale",)
    assert request.all_people
    assert (*request.tags, *request.sections, *request.sources) == ("flood", "news", "courier")
    assert (request.start, request.end) == (date(2008, 1, 1), date(2009, 12, 31))
    assert (request.sort, request.offset, request.limit) == (Sort.OLDEST, 20, 20)
    assert request.grain is Grain.MONTH


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2008", "from 1 January 2008"),
        ("to=17/12/2009", "until 17 December 2009"),
        ("from=Dec+2009&to=Dec+2009", "December 2009"),
        ("from=2008&to=2009", "2008 to 2009"),
        ("from=soon", ""),
    ],
)
def test_dates_are_said_as_they_were_understood(query, words):
    assert read(query).dates_in_words == words


def test_what_is_no_date_is_kept_in_its_field_with_an_error_and_not_searched_by():
    form = read("from=31+Feb+2009&to=2010")
    assert form.since.text == "31 Feb 2009"
    assert "31 Feb 2009" in form.since.error
    assert form.until.error == ""
    assert form.to_request().start is None
    assert form.to_request().end == date(2010, 12, 31)


def test_dates_the_wrong_way_round_are_read_as_they_were_meant():
    form = read("from=2009&to=2007")
    assert (form.start, form.end) == (date(2007, 1, 1), date(2009, 12, 31))
    assert form.query == "from=2007&to=2009"


def test_dates_win_over_undated():
    assert not read("undated=1&from=2009").undated


def test_words_are_ranked_by_relevance_and_no_words_by_date():
    assert read("q=harbour").order is Sort.RELEVANCE
    assert read("").order is Sort.NEWEST
    assert read("q=harbour&sort=newest").order is Sort.NEWEST


def test_a_query_far_too_long_is_cut_and_its_note_says_so():
    form = read(f"q={'a' * 10_000}")
    assert len(form.q) == MAX_TYPED + 1
    assert form.to_request().query.notes


def test_more_values_than_are_searched_by_are_left_out_and_said():
    form = read("&".join(f"person=p{number}" for number in range(CHOSEN_PER_FACET + 5)))
    assert len(form.chosen[Facet.PERSON]) == CHOSEN_PER_FACET
    assert "People" in form.notes[0]


def test_no_page_lies_beyond_the_window():
    assert read("page=99999999").page == View.LIST.last_page
    assert read("page=99999999999999999999").page == 1


def test_a_change_begins_at_the_first_page_again():
    form = read("q=harbour&page=4")
    assert form.with_value(Facet.PERSON, "ann-vale").query == "q=harbour&person=ann-vale"


def test_a_value_is_chosen_once_and_can_be_taken_away():
    form = read("person=ann-vale").with_value(Facet.PERSON, "ann-vale")
    assert form.query == "person=ann-vale"
    assert form.without_value(Facet.PERSON, "ann-vale").query == ""


@pytest.mark.parametrize(
    ("start", "end", "query"),
    [
        (date(2009, 1, 1), date(2009, 12, 31), "from=2009&to=2009"),
        (date(2009, 12, 1), date(2009, 12, 31), "from=2009-12&to=2009-12"),
        (date(2009, 12, 17), date(2009, 12, 17), "from=2009-12-17&to=2009-12-17"),
        (date(1990, 1, 1), date(1999, 12, 31), "from=1990&to=1999"),
    ],
)
def test_a_range_is_written_no_longer_than_is_exact(start, end, query):
    form = read("undated=1").within(Period(start, end))
    assert form.query == query
    assert (read(query).start, read(query).end) == (start, end)


def test_the_words_alone_lose_every_filter():
    form = read("q=harbour&person=a&from=2009&sort=oldest&page=2")
    assert form.words_alone().query == "q=harbour&sort=oldest"
    assert form.filtered
    assert not form.words_alone().filtered


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        (SuggestionKind.WORDS, "q=value&tag=flood"),
        (SuggestionKind.PERSON, "person=value&tag=flood"),
        (SuggestionKind.TAG, "tag=flood&tag=value"),
    ],
)
def test_a_suggested_person_or_tag_takes_the_place_of_the_words(kind, query):
    form = read("q=val&tag=flood")
    assert choose(form, Suggestion(kind, "Value", "value", 3)).query == query


def test_an_empty_date_field_has_neither_period_nor_error():
    assert (TypedDate().period, TypedDate().error) == (None, "")

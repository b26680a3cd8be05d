"""The links on a page lead where the form itself would lead."""

from hypothesis import given
from hypothesis import strategies as st

from search.forms import SearchForm, TypedDate
from search.histogram import Width, around_day
from search.language.periods import in_digits
from search.links import Links
from search.request import Facet, Sort
from search.showing import View

slugs = st.one_of(st.text(min_size=1, max_size=8), st.sampled_from(["ann-vale", "ança", "a&b=c+d"]))
several = st.lists(slugs, max_size=3, unique=True).map(tuple)
days = st.dates()
forms = st.builds(
    SearchForm,
    q=st.text(max_size=12),
    chosen=st.dictionaries(st.sampled_from(Facet), several),
    all_people=st.booleans(),
    since=st.sampled_from(["", "2008", "31 Feb 2009", "a&b"]).map(TypedDate),
    until=st.sampled_from(["", "Dec 2009"]).map(TypedDate),
    undated=st.booleans(),
    share=st.booleans(),
    sort=st.sampled_from([None, Sort.OLDEST]),
    view=st.sampled_from(View),
    page=st.integers(1, 99),
)


@given(forms, slugs)
def test_a_person_is_added_to_the_search(form, slug):
    links = Links(form)
    for person in (slug, *form.chosen.get(Facet.PERSON, ())):
        assert links.with_person(person) == form.with_value(Facet.PERSON, person).url


@given(forms, st.integers(1, 99))
def test_a_page_is_turned(form, number):
    assert Links(form).on_page(number) == form.on_page(number).url


@given(forms, days, st.sampled_from(Width))
def test_a_bar_leads_into_its_days(form, day, width):
    period = around_day(day, width)
    assert Links(form).within(*in_digits(period)) == form.within(period).url


@given(forms)
def test_the_undated_are_found_by_the_same_words(form):
    assert Links(form).undated() == form.without_dates().but(undated=True).url

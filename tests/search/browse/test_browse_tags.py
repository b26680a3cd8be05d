"""How browsing is drawn."""

import pytest

from search.browse.days import YearCount
from search.browse.kinds import PEOPLE, TAGS
from search.templatetags.browse_tags import family_marked, letters, share_of, year_bars


def test_the_highest_bar_fills_the_picture_and_an_empty_year_none_of_it():
    bars = year_bars([YearCount(1989, 1), YearCount(1990, 0), YearCount(1991, 4)])["bars"]
    assert [(bar.x, bar.y, bar.height) for bar in bars] == [(0, 75, 25), (10, 100, 0), (20, 0, 100)]


def test_bars_lead_to_the_calendar_or_stay_on_the_page():
    years = [YearCount(1989, 1)]
    assert year_bars(years)["bars"][0].url == "/calendar/1989/"
    assert year_bars(years, here=True)["bars"][0].url == "?year=1989"


def test_no_years_have_no_bars():
    assert year_bars([])["bars"] == []


@pytest.mark.parametrize(("count", "share"), [(0, 0), (1, 1), (500, 50), (1000, 100)])
def test_one_article_is_seen_beside_a_thousand(count, share):
    assert share_of(count, highest=1000) == share


@pytest.mark.parametrize(
    ("begins", "shown"), [("s", "S"), ("sm", "Sm"), ("al ", "Al …"), ("3", "3")]
)
def test_the_beginning_of_a_name_is_written_as_names_are(begins, shown):
    assert letters(begins) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Vale", "Ann <b>Vale</b>"),
        ("Walter Garrick Jr", "Walter <b>Garrick</b> Jr"),
        ("Vale, Ann", "<b>Vale</b>, Ann"),
        ("<i> Vale", "&lt;i&gt; <b>Vale</b>"),
        ("Pelé", "Pelé"),
        ("", ""),
    ],
)
def test_the_part_that_a_person_is_filed_under_is_marked(name, shown):
    assert family_marked(name, PEOPLE) == shown
    assert family_marked(name, TAGS) == name

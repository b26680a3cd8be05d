"""How moments, durations and years are written."""

from datetime import UTC, datetime

import pytest

from archive.selectors import YearCount
from archive.templatetags.archive_tags import clock, moment, search_link, year_bars


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59, "0:59"), (1573, "26:13"), (3723, "1:02:03")]
)
def test_a_duration_reads_as_on_a_player(seconds: int, shown: str):
    assert clock(seconds) == shown


def test_midnight_in_the_newsroom_is_a_day_without_a_time(settings):
    settings.TIME_ZONE = "Europe/Dublin"
    assert moment(datetime(2009, 6, 30, 23, tzinfo=UTC)) == "1 Jul 2009"
    assert moment(datetime(2009, 7, 1, tzinfo=UTC)) == "1 Jul 2009, 01:00"


def test_the_highest_bar_fills_the_picture_and_an_empty_year_none_of_it():
    bars = year_bars([YearCount(1989, 1), YearCount(1990, 0), YearCount(1991, 4)])["bars"]
    assert [(bar.x, bar.y, bar.height) for bar in bars] == [(0, 75, 25), (10, 100, 0), (20, 0, 100)]


def test_no_years_have_no_bars():
    assert year_bars([]) == {"bars": [], "width": 0}


def test_a_link_to_the_search_keeps_every_script():
    assert search_link(person="анна") == "/search/?person=%D0%B0%D0%BD%D0%BD%D0%B0"

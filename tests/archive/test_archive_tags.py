"""How moments and durations are written."""

from datetime import UTC, datetime

import pytest

from archive.templatetags.archive_tags import clock, moment, search_link


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59, "0:59"), (1573, "26:13"), (3723, "1:02:03")]
)
def test_a_duration_reads_as_on_a_player(seconds: int, shown: str):
    assert clock(seconds) == shown


def test_midnight_in_the_newsroom_is_a_day_without_a_time(settings):
    settings.TIME_ZONE = "Europe/Dublin"
    assert moment(datetime(2009, 6, 30, 23, tzinfo=UTC)) == "1 Jul 2009"
    assert moment(datetime(2009, 7, 1, tzinfo=UTC)) == "1 Jul 2009, 01:00"


def test_a_link_to_the_search_keeps_every_script():
    assert search_link(person="анна") == "/search/?person=%D0%B0%D0%BD%D0%BD%D0%B0"

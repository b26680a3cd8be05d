"""Dates as news files write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from archive.importers.reading.dates import DAY_FIRST, DateError, NoDateError, localise, read_date

DUBLIN = ZoneInfo("Europe/Dublin")
NOON = datetime(2009, 12, 17, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2009-12-17T12:02:00Z",
        "2009-12-17T12:02Z",
        "2009-12-17 12:02",
        "2009-12-17T14:02:00+02:00",
        "2009-12-17T07:02:00.000-0500",
        "20091217T120200Z",
        "Thu, 17 Dec 2009 12:02:00 +0000",
        "Thu, 17 Dec 2009 07:02:00 EST",
        "Thu 17 Dec 2009 12.02 GMT",
        "17 Dec, 2009 12:02",
        "17 Dec , 2009 12:02",
        "17\u00a0December 2009, 12:02",
        "17th December 2009 at 12:02",
        "17-DEC-2009 12:02:00.00",
        "17/12/2009 12:02 pm",
        "17.12.2009 12:02",
        "17/12/2009 - 12:02",
        "2009/12/17 12:02",
        "December 17, 2009 12:02 PM",
        "Dec. 17, 2009 at 12:02 p.m.",
        "Thursday, December 17, 2009, 7:02 a.m. ET",
        "12/17/2009 12:02",
        "12:02, 17 December 2009",
        "12:02 Thursday 17 December 2009",
        "17 décembre 2009 à 12h02",
        "17. Dezember 2009, 12:02 Uhr",
        "17 de diciembre de 2009 12:02",
        "15:02 MSK, 17 Dec 2009",
        "17 Dec 2009 17:32 GMT+05:30",
    ],
)
def test_a_minute_in_all_the_usual_ways(text):
    stamp = read_date(text, UTC)
    assert (stamp.when, stamp.timed) == (NOON, True)


@pytest.mark.parametrize(
    "text",
    ["2009-12-17", "20091217", "17 Dec 2009", "December 17, 2009", "Thursday 17 December 2009"],
)
def test_a_day_begins_at_midnight_where_the_newsroom_is(text):
    stamp = read_date(text, ZoneInfo("Europe/Moscow"))
    assert stamp.when == datetime(2009, 12, 16, 21, tzinfo=UTC)
    assert not stamp.timed


@pytest.mark.parametrize(
    "text",
    [
        "31 Feb 2009",
        "2009-02-31",
        "29 February 2009",
        "2009-13-01",
        "31/13/2009",
        "0001-01-01",
        "17 Dec 2009 25:00",
        "17 Dec 2009 12:61",
        "17 Dec 2009 13:02 XYZ",
        "2009-12-17T12:02:00+99:00",
    ],
)
def test_what_is_no_day_or_time_is_refused_in_its_own_words(text):
    with pytest.raises(DateError, match="date '") as refusal:
        read_date(text, UTC)
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2009", "December 2009", "12 Angry Men 1957", "9:41", "12 jurors 1957"],
)
def test_what_does_not_look_like_a_day_is_told_apart(text):
    with pytest.raises(NoDateError):
        read_date(text, UTC)


def test_numbers_are_read_with_the_day_first_and_that_is_said():
    stamp = read_date("03/04/2009", UTC)
    assert (stamp.when.day, stamp.when.month, stamp.note) == (3, 4, DAY_FIRST)
    assert read_date("13/04/2009", UTC).note == ""


def test_a_time_that_came_twice_is_the_first_of_the_two_and_that_is_said():
    when, note = localise(datetime(2009, 10, 25, 1, 30), DUBLIN)  # noqa: DTZ001
    assert when == datetime(2009, 10, 25, 0, 30, tzinfo=UTC)
    assert "came twice" in note


def test_a_time_that_the_clock_jumped_over_is_as_much_later_and_that_is_said():
    when, note = localise(datetime(2009, 3, 29, 1, 30), DUBLIN)  # noqa: DTZ001
    assert when.astimezone(DUBLIN).strftime("%H:%M") == "02:30"
    assert "jumped over" in note

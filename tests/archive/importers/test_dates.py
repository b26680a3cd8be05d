"""Dates as news files write them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers.reading.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    NOT_SURE,
    PIVOT,
    TWO_DIGITS,
    DateError,
    NoDateError,
    localise,
    read_date,
)

DUBLIN = ZoneInfo("Europe/Dublin")
NOON = datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
FORMATS = [
    "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M%S", "%a, %d %b %Y %H:%M:%S %z",
    "%d %B %Y, %H:%M", "%B %d, %Y at %I:%M %p", "%A %d %B %Y", "%d.%m.%Y %H:%M", "%Y/%m/%d",
]  # fmt: skip


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
        "20091217120200",
        "2009-12-17T12:02:00.000000Z",
        "2009-12-17 13:02 Europe/Paris",
        "17 Dec 2009 07:02 (america/new_york)",
        "Thu, 17 Dec 2009 07:02:00 -0500 (EST)",
        "Thu, 17 Dec 09 12:02:00 GMT",
        "Thu, 17 Dec 2009 12:02:00 -0000",
        "17 Dec '09 12:02",
        "17/12/09 12:02",
        "12.17.2009 12:02",
        "17. Dezember 2009, 13:02 Uhr MEZ",
        "18 Dec 2009 01:02 NZDT",
        "[17 December 2009 12:02]",
        "1261051320",
        "1261051320000",
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
    ("text", "hour"),
    [
        ("Dec. 17, 2009, noon", datetime(2009, 12, 17, 12, tzinfo=UTC)),
        ("12 noon on 17 December 2009", datetime(2009, 12, 17, 12, tzinfo=UTC)),
        ("17 December 2009, midnight", datetime(2009, 12, 17, tzinfo=UTC)),
        ("17 Dec 2009 12 a.m.", datetime(2009, 12, 17, tzinfo=UTC)),
        ("2009-12-17T24:00:00Z", datetime(2009, 12, 18, tzinfo=UTC)),
        ("2008-12-31T23:59:60Z", datetime(2008, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("17 Dec 2009 1 p.m. BST", datetime(2009, 12, 17, 12, tzinfo=UTC)),
        ("1 Jul 2009 12:00 Europe/London", datetime(2009, 7, 1, 11, tzinfo=UTC)),
    ],
)
def test_hours_by_their_names(text, hour):
    assert read_date(text, UTC).when == hour


@pytest.mark.parametrize(
    ("text", "month", "precision"),
    [
        ("2009-12", 12, "month"),
        ("2009/12", 12, "month"),
        ("12/2009", 12, "month"),
        ("12.2009", 12, "month"),
        ("December 2009", 12, "month"),
        ("Dec. 2009", 12, "month"),
        ("décembre 2009", 12, "month"),
        ("2009-12-00", 12, "month"),
        ("2009-12-00 00:00:00", 12, "month"),
        ("2009", 1, "year"),
        ("2009-00-00", 1, "year"),
        ("c. 2009", 1, "year"),
        ("circa December 2009", 12, "month"),
        ("[2009?]", 1, "year"),
    ],
)
@pytest.mark.parametrize("newsroom", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_a_month_or_a_year_is_the_newsrooms_whatever_zone_the_times_are_in(
    settings, text, month, precision, newsroom
):
    settings.TIME_ZONE = newsroom
    stamp = read_date(text, ZoneInfo("Europe/Moscow"))
    first = datetime(2009, month, 1, tzinfo=ZoneInfo(newsroom))
    assert (stamp.when, stamp.precision, stamp.timed) == (first, precision, False)
    assert (stamp.note == NOT_SURE) == (text[0] in "c[")


@pytest.mark.parametrize(
    ("text", "year"), [("17/12/87", 1987), ("17 Dec 30", 1930), ("Dec 17, 29", 2029)]
)
def test_a_year_of_two_digits_is_of_the_hundred_that_the_note_names(text, year):
    stamp = read_date(text, UTC)
    assert (stamp.when.year, stamp.note) == (year, TWO_DIGITS)
    assert TWO_DIGITS.endswith(f"19{PIVOT} to 20{PIVOT - 1}")


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
        "17 Dec 2009 13:02 IST",
        "17 Dec 2009 13:02 Europe/Nowhere",
        "30 February 1989",
        "17-18 December 2009",
        "87-12-17",
        "0000-00-00 00:00:00",
        "2009-13",
        "13/2009",
        "2009-00-17",
        "2009-12-17T24:01",
    ],
)
def test_what_is_no_day_or_time_is_refused_in_its_own_words(text):
    with pytest.raises(DateError, match="date '") as refusal:
        read_date(text, UTC)
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "12 Angry Men 1957",
        "9:41",
        "12 jurors 1957",
        "Spring 1989",
        "the 1980s",
        "1989-1991",
        "?",
        "[]",
        "circa",
        "87",
    ],
)
def test_what_does_not_look_like_a_day_is_told_apart(text):
    with pytest.raises(NoDateError):
        read_date(text, UTC)


def test_numbers_are_read_with_the_day_first_and_that_is_said():
    stamp = read_date("03/04/2009", UTC)
    assert (stamp.when.day, stamp.when.month, stamp.note) == (3, 4, DAY_FIRST)
    assert read_date("13/04/2009", UTC).note == ""


def test_the_setting_may_put_the_month_first_but_not_where_points_stand(settings):
    settings.MONTH_FIRST = True
    stamp = read_date("03/04/2009", UTC)
    assert (stamp.when.day, stamp.when.month, stamp.note) == (4, 3, MONTH_FIRST)
    assert read_date("13/04/2009", UTC).when.day == 13
    assert read_date("03.04.2009", UTC).when.month == 4


@given(st.text() | st.text("0123456789 -/.:,+ TZadenovmpril[]?'()c", max_size=30))
def test_whatever_is_written_is_a_date_or_is_refused_as_none(text):
    try:
        stamp = read_date(text, DUBLIN)
    except DateError:
        return
    assert stamp.when.tzinfo is UTC
    assert 999 <= stamp.when.year <= 9999


@given(
    st.datetimes(datetime(1975, 1, 2), datetime(9998, 12, 30)),  # noqa: DTZ001
    st.sampled_from([UTC, DUBLIN, ZoneInfo("America/New_York")]),
    st.sampled_from(FORMATS),
)
def test_what_is_written_in_a_usual_way_is_read_back(when, zone, shape):
    when = when.replace(second=0, microsecond=0, tzinfo=zone).astimezone(UTC).astimezone(zone)
    when = when if when.utcoffset() == when.replace(fold=0).utcoffset() else when.replace(fold=0)
    stamp = read_date(when.strftime(shape), zone)
    assert stamp.when == (when if stamp.timed else when.replace(hour=0, minute=0))


def test_a_time_that_came_twice_is_the_first_of_the_two_and_that_is_said():
    when, note = localise(datetime(2009, 10, 25, 1, 30), DUBLIN)  # noqa: DTZ001
    assert when == datetime(2009, 10, 25, 0, 30, tzinfo=UTC)
    assert "came twice" in note


def test_a_time_that_the_clock_jumped_over_is_as_much_later_and_that_is_said():
    when, note = localise(datetime(2009, 3, 29, 1, 30), DUBLIN)  # noqa: DTZ001
    assert when.astimezone(DUBLIN).strftime("%H:%M") == "02:30"
    assert "jumped over" in note


PAGE = Path(__file__).parents[3] / "docs" / "archivists.md"
TABLE = PAGE.read_text().partition("| In the file |")[2].partition("\n\n")[0]
ROWS = [line.strip("| ").split(" | ") for line in TABLE.splitlines()[2:]]
SHAPES = {"": "%Y-%m-%d", "month": "%B %Y", "year": "%Y"}


@pytest.mark.parametrize(
    ("text", "told"), [(text, told) for texts, told in ROWS for text in texts.split(", `")]
)
def test_a_date_becomes_what_the_archivists_page_says(settings, text, told):
    settings.TIME_ZONE = "Europe/Dublin"
    stamp = read_date(text.strip("` "), DUBLIN)
    said, *_ = told.partition(",")
    shape = "%Y-%m-%d %H:%M" if stamp.timed else SHAPES[stamp.precision]
    assert stamp.when.astimezone(DUBLIN).strftime(shape) == said
    assert bool(stamp.note) == ("said" in told)
    assert bool(stamp.precision) == ("without a day" in told)

from contextlib import suppress
from datetime import date, timedelta

import hypothesis
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from search.language.dates import (
    DateNotUnderstoodError,
    NoSuchDayError,
    doubt,
    other_reading,
    parse_period,
)
from search.language.periods import Period, describe

TODAY = date(2026, 11, 23)
DAY = Period(date(2009, 12, 17), date(2009, 12, 17))
DECEMBER = Period(date(2009, 12, 1), date(2009, 12, 31))


def understood(text: str, today: date = TODAY) -> Period:
    return parse_period(text, today)


@pytest.mark.parametrize(
    "text",
    [
        "2009-12-17", "20091217", "17/12/2009", "17.12.2009", "17-12-2009", "12/17/2009",
        "17 Dec 2009", "Dec 17 2009", "December 17, 2009", "Dec. 17, 2009", "17 Dec, 2009",
        "17th December 2009", "17 DECEMBER 2009", "  17   dece  2009 ",
    ],
)  # fmt: skip
def test_one_day_is_understood_in_all_its_usual_forms(text: str) -> None:
    assert understood(text) == DAY


@pytest.mark.parametrize("text", ["Dec 2009", "December 2009", "dec. 2009", "2009-12", "12/2009"])
def test_one_month_is_understood_in_all_its_usual_forms(text: str) -> None:
    assert understood(text) == DECEMBER


def test_months_go_by_their_whole_names_and_their_first_three_or_four_letters() -> None:
    for name in ("September", "Sept", "sep", "SEPT."):
        assert understood(f"3 {name} 1989") == understood("3/9/1989")


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("03/04/2009", date(2009, 4, 3), date(2009, 3, 4)),
        ("3-4-2009", date(2009, 4, 3), date(2009, 3, 4)),
        ("3.4.2009", date(2009, 4, 3), date(2009, 4, 3)),
        ("17/12/2009", date(2009, 12, 17), date(2009, 12, 17)),
        ("12/17/2009", date(2009, 12, 17), date(2009, 12, 17)),
        ("04/04/2009", date(2009, 4, 4), date(2009, 4, 4)),
    ],
)
def test_the_site_decides_whether_the_day_or_the_month_comes_first_where_both_could(
    settings, text: str, day_first: date, month_first: date
) -> None:
    settings.MONTH_FIRST = False
    assert understood(text) == Period(day_first, day_first)
    settings.MONTH_FIRST = True
    assert understood(text) == Period(month_first, month_first)
    assert (other_reading(text) is None) == (day_first == month_first)


@pytest.mark.parametrize("month_first", [False, True])
@given(day=st.dates())
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_the_other_reading_is_what_a_site_with_the_other_order_reads(
    settings, month_first: bool, day: date
) -> None:
    text = f"{day.day}/{day.month}/{day.year:04}"
    settings.MONTH_FIRST = month_first
    other = other_reading(text)
    assert bool(doubt(text)) == (other is not None)
    settings.MONTH_FIRST = not month_first
    assert other in (None, understood(text).start)
    assert (other is None) == (day.day > 12 or day.day == day.month)


def test_a_doubt_says_how_to_write_the_other_day() -> None:
    assert doubt("03/04/2009").endswith("For the other day write “4 March 2009”.")
    assert understood("4 March 2009").start == other_reading("03/04/2009")
    assert doubt("3 April 2009") == doubt("nonsense") == doubt("") == ""


@pytest.mark.parametrize("text", ["2009/12/17", "2009.12.17", "17. Dec 2009"])
def test_days_are_understood_as_other_countries_write_them(text: str) -> None:
    assert understood(text) == DAY


@pytest.mark.parametrize("language", ["de", "ru", "fr", "es", "pl"])
@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_what_is_described_in_any_language_is_understood_again(language: str, day: date) -> None:
    with translation.override(language):
        assert understood(describe(Period(day, day))) == Period(day, day)


def test_months_may_be_named_in_the_language_of_the_page() -> None:
    with translation.override("de"):
        assert understood("17. Dezember 2009") == understood("December 17, 2009") == DAY
    with translation.override("ru"):
        assert understood("17 декабря 2009") == DAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31 Feb 2009", "“31 Feb 2009” is not a day: February 2009 has 28 days."),
        ("30/02/2008", "“30/02/2008” is not a day: February 2008 has 29 days."),
        ("2009-04-31", "“2009-04-31” is not a day: April 2009 has 30 days."),
        ("0 Dec 2009", "“0 Dec 2009” is not a day: December 2009 has 31 days."),
    ],
)
def test_a_day_that_its_month_does_not_have_is_refused_with_the_days_it_has(
    text: str, said: str
) -> None:
    with pytest.raises(NoSuchDayError) as refused:
        understood(text)
    assert str(refused.value) == said


def test_a_year_and_a_decade_reach_from_their_first_day_to_their_last() -> None:
    assert understood("2008") == Period(date(2008, 1, 1), date(2008, 12, 31))
    assert (
        understood("1990s")
        == understood("the 1990s")
        == Period(date(1990, 1, 1), date(1999, 12, 31))
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("Yesterday", "2026-11-22", "2026-11-22"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last 10 years", "2016-11-24", "2026-11-23"),
        ("last 1 year", "2025-11-24", "2026-11-23"),
        ("last 3 months", "2026-08-24", "2026-11-23"),
        ("last 2 weeks", "2026-11-10", "2026-11-23"),
        ("last 30 days", "2026-10-25", "2026-11-23"),
        ("last 9999 years", "0001-01-01", "2026-11-23"),
    ],
)
def test_spans_are_counted_back_from_today(text: str, start: str, end: str) -> None:
    assert understood(text) == Period(date.fromisoformat(start), date.fromisoformat(end))


def test_a_month_back_from_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert understood("last 1 month", date(2009, 3, 31)).start == date(2009, 3, 1)
    assert understood("last 1 year", date(2008, 2, 29)).start == date(2007, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "31 Feb 2009", "2009-02-29", "13/13/2009", "0000", "2009-00", "00/2009", "17 Foo 2009",
        "Dec", "17 Dec", "99999", "209", "9999-12-32", "last 0 days", "last", "none", "2009..2010",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(DateNotUnderstoodError) as refused:
        understood(text)
    assert refused.value.text == text
    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    ["0001", "9999", "9990s", "9999-12", "yesterday", "last year", "this year", "last 9 days"],
)
def test_the_ends_of_the_calendar_never_overflow(text: str, today: date) -> None:
    try:
        understood(text, today)
    except DateNotUnderstoodError:
        assert today == date.min
        assert text in ("yesterday", "last year")


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str) -> None:
    with suppress(DateNotUnderstoodError):
        assert isinstance(understood(text), Period)


@given(st.dates(), st.integers(0, 20_000))
def test_what_is_described_in_words_is_understood_again(start: date, days: int) -> None:
    end = start + timedelta(days=min(days, (date.max - start).days))
    described = describe(Period(start, end)).removeprefix("the ").split(" to ")
    assert understood(described[0]).start == start
    assert understood(described[-1]).end == end


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2008-01-01", "2008-12-31", "2008"),
        ("2009-12-01", "2009-12-31", "December 2009"),
        ("2009-12-17", "2009-12-17", "17 December 2009"),
        ("1990-01-01", "1999-12-31", "the 1990s"),
        ("1991-01-01", "2000-12-31", "1991 to 2000"),
        ("2009-12-01", "2010-03-31", "December 2009 to March 2010"),
        ("2008-02-01", "2008-02-28", "1 February 2008 to 28 February 2008"),
    ],
)
def test_a_period_is_described_in_its_widest_exact_unit(start: str, end: str, words: str) -> None:
    assert describe(Period(date.fromisoformat(start), date.fromisoformat(end))) == words


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2009, 1, 2), date(2009, 1, 1))

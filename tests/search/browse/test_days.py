"""The calendar of an archive, out of the days that have articles."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.browse.anniversary import distance, in_leap_year, nearest, same_day
from search.browse.days import (
    SHADES,
    YearCount,
    after,
    before,
    decades_of,
    last_of_month,
    months_of,
    within,
    years_of,
)
from search.request import DateCount, Spread

counted_days = st.dictionaries(st.dates(), st.integers(1, 1000), max_size=30).map(
    lambda counts: [DateCount(day, counts[day]) for day in sorted(counts)]
)


def spread(*counts: tuple[str, int]) -> Spread:
    return Spread(tuple(days(*counts)))


def days(*counts: tuple[str, int]) -> list[DateCount]:
    return [DateCount(date.fromisoformat(day), count) for day, count in counts]


def test_years_go_from_the_first_to_the_last_with_the_empty_ones_between():
    found = years_of(spread(("1989-05-01", 2), ("1989-12-31", 1), ("1991-01-01", 4)))
    assert found == [(1989, 3), (1990, 0), (1991, 4)]
    assert years_of(Spread()) == []


def test_decades_are_whole_and_those_without_articles_are_left_out():
    decades = decades_of(
        [
            YearCount(1989, 3),
            *(YearCount(year, 0) for year in range(1990, 2001)),
            YearCount(2001, 1),
        ]
    )
    assert [(decade.first, decade.articles) for decade in decades] == [(2000, 1), (1980, 3)]
    assert [year for year, _ in decades[0].years] == list(range(2000, 2010))


@given(counted_days)
def test_a_year_has_all_of_its_days_once_and_all_of_its_articles(counts):
    for year, articles in years_of(Spread(tuple(counts)))[:3]:
        months = months_of(year, Spread(tuple(counts)), first_weekday=0)
        shown = [day for month in months for week in month.weeks for day in week if day]
        first, last = date(year, 1, 1), date(year, 12, 31)
        assert [day.start for day in shown] == [
            first + timedelta(number) for number in range((last - first).days + 1)
        ]
        assert sum(month.articles for month in months) == articles


def test_weeks_begin_where_the_reader_expects():
    for first_weekday, place in ((0, 6), (6, 0)):
        january = months_of(1989, Spread(), first_weekday)[0]  # began on a Sunday
        assert [day is not None for day in january.weeks[0]].index(True) == place


def test_the_busiest_day_is_the_darkest_and_one_article_is_seen():
    may = months_of(1989, spread(("1989-05-01", 1), ("1989-05-02", 900)), 0)[4]
    by_day = {day.start.day: may.shade(day) for week in may.weeks for day in week if day}
    assert (by_day[1], by_day[2], by_day[3]) == (1, SHADES, 0)


@given(counted_days, st.dates(), st.dates())
def test_neighbours_are_the_nearest_days_outside_and_the_rest_is_within(counts, one, other):
    first, last = sorted((one, other))
    starts = [day.start for day in counts]
    assert before(counts, first) == max((day for day in starts if day < first), default=None)
    assert after(counts, last) == min((day for day in starts if day > last), default=None)
    assert [day.start for day in within(counts, first, last)] == [
        day for day in starts if first <= day <= last
    ]


@pytest.mark.parametrize(("year", "last"), [(2000, 29), (1900, 28), (2026, 28)])
def test_february_ends_as_the_year_has_it(year, last):
    assert last_of_month(date(year, 2, 1)).day == last


def test_the_same_day_of_other_years_comes_latest_first():
    counts = days(("1989-03-04", 2), ("1990-03-05", 1), ("2001-03-04", 7))
    assert same_day(counts, date(2026, 3, 4)) == days(("2001-03-04", 7), ("1989-03-04", 2))


def test_a_leap_day_is_found_in_leap_years_alone():
    counts = days(("1996-02-29", 1), ("1997-02-28", 1), ("1997-03-01", 1))
    assert same_day(counts, date(2024, 2, 29)) == days(("1996-02-29", 1))


def test_the_nearest_day_may_lie_beyond_new_year():
    counts = days(("1996-01-02", 1), ("1996-12-20", 1))
    assert nearest(counts, date(2026, 12, 31)) == date(2000, 1, 2)
    assert nearest([], date(2026, 12, 31)) is None


def test_of_two_days_equally_near_the_later_one_is_taken():
    counts = days(("1996-05-04", 1), ("1996-05-06", 1))
    assert nearest(counts, date(2026, 5, 5)) == date(2000, 5, 6)


@given(counted_days.filter(bool), st.dates())
def test_no_other_day_is_nearer_than_the_nearest(counts, day):
    found = nearest(counts, day)
    assert found is not None
    assert all(distance(found, day) <= distance(other.start, day) for other in counts)
    assert same_day(counts, found)


@given(st.dates(), st.dates())
def test_days_of_the_year_are_never_more_than_half_a_year_apart(one, other):
    assert distance(one, other) == distance(other, one) <= 183
    assert (distance(one, other) == 0) == (in_leap_year(one) == in_leap_year(other))

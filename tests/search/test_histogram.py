"""The bars of the date histogram."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.histogram import DAYS_SHOWN, Bar, ancestors, grain_of, histogram
from search.language.dates import Period
from search.request import DateCount, Grain


def months(*counts: tuple[int, int, int]) -> list[DateCount]:
    return [DateCount(date(year, month, 1), count) for year, month, count in counts]


def bars(dates, start=None, end=None) -> tuple[Bar, ...]:
    made = histogram(dates, start, end)
    assert made
    return made.bars


def drawn(dates, start=None, end=None) -> list[tuple[str, int]]:
    return [(bar.name, bar.count) for bar in bars(dates, start, end)]


def test_nothing_found_draws_nothing():
    assert histogram([], date(2009, 1, 1), date(2009, 12, 31)) is None


def test_months_are_summed_into_years_and_empty_years_stay():
    dates = months((1989, 3, 2), (1989, 5, 1), (1991, 1, 4), (1993, 1, 1))
    assert drawn(dates) == [("1989", 3), ("1990", 0), ("1991", 4), ("1992", 0), ("1993", 1)]


def test_three_years_or_less_are_shown_by_month():
    assert drawn(months((2008, 11, 2), (2009, 1, 1))) == [
        ("November 2008", 2),
        ("December 2008", 0),
        ("January 2009", 1),
    ]


def test_a_chosen_year_shows_all_its_twelve_months():
    found = bars(months((2009, 12, 5)), date(2009, 1, 1), date(2009, 12, 31))
    assert [bar.count for bar in found] == [0] * 11 + [5]
    assert found[0].first == found[0].last == "2009-01"


def test_a_chosen_month_shows_all_its_days():
    dates = [DateCount(date(2009, 2, 3), 1), DateCount(date(2009, 2, 28), 2)]
    found = bars(dates, date(2009, 2, 1), date(2009, 2, 28))
    assert len(found) == 28
    assert (found[2].name, found[2].count) == ("3 February 2009", 1)
    assert (found[2].height, found[-1].height) == (50, 100)


def test_centuries_are_shown_by_decade():
    assert drawn(months((1899, 1, 1), (1911, 1, 2), (1969, 1, 1)))[:3] == [
        ("the 1890s", 1),
        ("the 1900s", 0),
        ("the 1910s", 2),
    ]


def test_a_range_much_wider_than_what_it_holds_is_drawn_where_something_is():
    wide = bars(months((1989, 1, 1), (1995, 1, 1)), date(1, 1, 1), date(9999, 12, 31))
    assert [bar.name for bar in wide] == ["1989", "1990", "1991", "1992", "1993", "1994", "1995"]


def test_a_bar_never_reaches_beyond_the_range():
    first, *_, last = bars(months((2005, 6, 1), (2009, 2, 1)), date(2005, 6, 15), date(2009, 3, 10))
    assert first.period == Period(date(2005, 6, 15), date(2005, 12, 31))
    assert last.period == Period(date(2009, 1, 1), date(2009, 3, 10))


def test_the_smallest_count_can_still_be_seen():
    assert bars(months((1989, 1, 1), (1999, 1, 100_000)), None, None)[0].height == 1


def test_a_histogram_says_what_its_bars_stand_for():
    made = histogram(months((1989, 1, 2), (1999, 1, 7)), None, None)
    assert made
    assert (made.name, made.highest) == ("Articles per year", 7)


@pytest.mark.parametrize(
    ("start", "end", "grain"),
    [
        (None, None, Grain.MONTH),
        (date(2009, 1, 1), None, Grain.MONTH),
        (date(2009, 1, 1), date(2009, 3, 31), Grain.DAY),
        (date(2009, 1, 1), date(2009, 12, 31), Grain.MONTH),
    ],
)
def test_days_are_counted_only_where_they_are_drawn(start, end, grain):
    assert grain_of(start, end) is grain


def test_the_way_back_up_leads_through_month_and_year():
    year = Period(date(2009, 1, 1), date(2009, 12, 31))
    month = Period(date(2009, 12, 1), date(2009, 12, 31))
    assert ancestors(year) == []
    assert ancestors(month) == [year]
    assert ancestors(Period(date(2009, 12, 17), date(2009, 12, 17))) == [year, month]
    assert ancestors(Period(date(2009, 12, 30), date(2010, 1, 2))) == []


days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(st.dictionaries(days, st.integers(1, 50), min_size=1, max_size=30))
def test_every_article_is_in_exactly_one_bar(found):
    by_month: dict[date, int] = {}
    for day, count in found.items():
        by_month[day.replace(day=1)] = by_month.get(day.replace(day=1), 0) + count
    dates = [DateCount(start, count) for start, count in sorted(by_month.items())]
    made = bars(dates, None, None)
    assert sum(bar.count for bar in made) == sum(found.values())
    assert all(
        after.period.start - before.period.end == timedelta(days=1)
        for before, after in pairwise(made)
    )
    assert len(made) <= 1_001


@given(days, st.integers(0, DAYS_SHOWN - 1))
def test_a_range_of_days_has_a_bar_for_each_day(start, length):
    end = min(date.max, start + timedelta(days=length)) if start.year < 9999 else start
    made = bars([DateCount(start, 1)], start, end)
    assert len(made) == (end - start).days + 1

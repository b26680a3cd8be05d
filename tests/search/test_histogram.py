"""The bars of the date histogram."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.histogram import Bar, Histogram, Width, around_day, extent, grain_of, histogram, trail
from search.language.periods import Period, describe
from search.request import NOTHING, Grain, Spread


def months(*counts: tuple[int, int, int]) -> Spread:
    return Spread(tuple((date(year, month, 1), count) for year, month, count in counts))


def made(spread, start=None, end=None, everything=NOTHING) -> Histogram:
    """Drawn from counts of the grain that fits, as the engine would have given them."""
    shown = extent(spread, start, end)
    assert shown
    drawn = histogram(spread, grain_of(shown.start, shown.end), start, end, everything)
    assert drawn
    return drawn


def bars(dates, start=None, end=None) -> tuple[Bar, ...]:
    return made(dates, start, end).bars


def drawn(dates, start=None, end=None) -> list[tuple[str, int]]:
    return [(describe(bar.period), bar.count) for bar in bars(dates, start, end)]


def test_nothing_found_draws_nothing():
    assert histogram(NOTHING, Grain.MONTH, date(2009, 1, 1), date(2009, 12, 31)) is None


def test_months_are_summed_into_years_and_empty_years_stay():
    found = drawn(months((1989, 3, 2), (1989, 5, 1), (1991, 1, 4), (1999, 1, 1)))
    assert found[:3] == [("1989", 3), ("1990", 0), ("1991", 4)]
    assert len(found) == 11


def test_up_to_five_years_are_shown_by_month():
    found = drawn(months((2008, 11, 2), (2009, 1, 1), (2010, 1, 1)))
    assert found[:3] == [("November 2008", 2), ("December 2008", 0), ("January 2009", 1)]
    assert len(found) == 15


def test_what_was_found_in_a_few_months_is_shown_by_week_from_monday():
    dates = Spread(((date(2009, 3, 4), 2), (date(2009, 5, 11), 1)))
    found = drawn(dates)
    assert found[0] == ("2 March 2009 to 8 March 2009", 2)
    assert found[-1] == ("11 May 2009 to 17 May 2009", 1)
    assert len(found) == 11


def test_a_chosen_year_shows_all_its_twelve_months():
    found = bars(months((2009, 12, 5)), date(2009, 1, 1), date(2009, 12, 31))
    assert [bar.count for bar in found] == [0] * 11 + [5]
    assert found[0].period == Period(date(2009, 1, 1), date(2009, 1, 31))


def test_a_chosen_month_shows_all_its_days():
    dates = Spread(((date(2009, 2, 3), 1), (date(2009, 2, 28), 2)))
    found = bars(dates, date(2009, 2, 1), date(2009, 2, 28))
    assert len(found) == 28
    assert (describe(found[2].period), found[2].count) == ("3 February 2009", 1)
    assert (found[2].height, found[-1].height) == (50, 100)


def test_centuries_are_shown_by_decade():
    assert drawn(months((1899, 1, 1), (1911, 1, 2), (1969, 1, 1)))[:3] == [
        ("the 1890s", 1),
        ("the 1900s", 0),
        ("the 1910s", 2),
    ]


def test_a_thousand_years_are_shown_by_century():
    found = drawn(months((1009, 1, 1), (2009, 1, 2)))
    assert (found[0], found[-1]) == (("1000 to 1099", 1), ("2000 to 2099", 2))


def test_a_range_much_wider_than_what_it_holds_is_drawn_where_something_is():
    wide = bars(months((1989, 1, 1), (1995, 1, 1)), date(1, 1, 1), date(9999, 12, 31))
    assert [bar.period.start.year for bar in wide] == list(range(1989, 1996))


def test_a_bar_never_reaches_beyond_the_range():
    found = months((2003, 6, 1), (2009, 2, 1))
    first, *_, last = bars(found, date(2003, 6, 15), date(2009, 3, 10))
    assert first.period == Period(date(2003, 6, 15), date(2003, 12, 31))
    assert last.period == Period(date(2009, 1, 1), date(2009, 3, 10))


def test_the_smallest_count_can_still_be_seen():
    assert bars(months((1989, 1, 1), (1999, 1, 100_000)), None, None)[0].height == 1


def test_the_highest_bar_is_known():
    drawn = made(months((1989, 1, 2), (1999, 1, 7)))
    assert drawn.axis.width is Width.YEAR
    assert (drawn.highest.count, drawn.highest.height) == (7, 100)


def test_a_share_is_of_all_articles_in_the_same_period():
    everything = months((1989, 3, 2), (1990, 5, 40), (1999, 1, 100))
    found = made(
        months((1989, 3, 1), (1990, 5, 10)), date(1989, 1, 1), date(1999, 12, 31), everything
    )
    assert [(bar.count, bar.whole, bar.height) for bar in found.bars[:2]] == [
        (1, 2, 100),
        (10, 40, 50),
    ]
    assert (found.bars[-1].count, found.bars[-1].whole, found.bars[-1].height) == (0, 100, 0)
    assert found.highest is found.bars[0]


def test_no_share_is_more_than_all_when_the_archive_shrinks_between_two_counts():
    found = made(months((1989, 3, 5), (2000, 1, 1)), everything=months((1989, 3, 2), (2000, 1, 9)))
    assert (found.bars[0].count, found.bars[0].whole) == (5, 5)


@pytest.mark.parametrize(
    ("start", "end", "grain"),
    [
        (None, None, Grain.MONTH),
        (date(2009, 1, 1), None, Grain.MONTH),
        (date(2009, 1, 1), date(2009, 9, 30), Grain.DAY),
        (date(2009, 1, 1), date(2009, 12, 31), Grain.MONTH),
    ],
)
def test_days_are_counted_only_where_they_are_drawn(start, end, grain):
    assert grain_of(start, end) is grain


def test_the_way_down_leads_through_decade_year_and_month():
    day = Period(date(2009, 12, 17), date(2009, 12, 17))
    assert [describe(step.period) for step in trail(day)] == [
        "the 2000s",
        "2009",
        "December 2009",
        "17 December 2009",
    ]
    assert [step.width for step in trail(around_day(day.start, Width.MONTH))] == [
        Width.DECADE,
        Width.YEAR,
        Width.MONTH,
    ]


def test_a_range_that_is_no_step_has_those_that_hold_it():
    assert [step.width for step in trail(Period(date(2009, 3, 3), date(2009, 3, 9)))][
        -1
    ] is Width.MONTH
    assert [step.width for step in trail(Period(date(2001, 1, 1), date(2004, 12, 31)))] == [
        Width.DECADE
    ]
    assert trail(Period(date(2009, 12, 30), date(2010, 1, 2))) == []


days = st.dates(date(1, 1, 1), date(9999, 12, 31))
counts = st.dictionaries(days, st.integers(1, 50), min_size=1, max_size=30)


def by_grain(found, grain: Grain) -> Spread:
    """What an engine counts."""
    summed: dict[date, int] = {}
    for day, count in found.items():
        start = day if grain is Grain.DAY else day.replace(day=1)
        summed[start] = summed.get(start, 0) + count
    return Spread(tuple(sorted(summed.items())))


@given(counts)
def test_every_article_is_in_exactly_one_bar(found):
    drawn = bars(by_grain(found, Grain.MONTH))
    assert sum(bar.count for bar in drawn) == sum(found.values())
    assert all(
        after.period.start - before.period.end == timedelta(days=1)
        for before, after in pairwise(drawn)
    )
    assert all((bar.height > 0) == (bar.count > 0) for bar in drawn)
    assert max(bar.height for bar in drawn) == 100


@given(days, st.integers(0, 400_000))
def test_no_range_needs_more_bars_than_can_be_told_apart(start, length):
    end = start + timedelta(days=min(length, (date.max - start).days))
    drawn = bars(Spread(((start, 1), (end, 1))), start, end)
    assert len(drawn) <= 62
    if length > 10:
        assert len(drawn) >= min(length, 6)


@given(counts, st.data())
def test_a_share_never_leaves_its_bounds(everything, data):
    found = {day: data.draw(st.integers(1, count)) for day, count in everything.items()}
    all_dates = by_grain(everything, Grain.MONTH)
    for bar in made(by_grain(found, Grain.MONTH), everything=all_dates).bars:
        assert 0 <= bar.count <= bar.whole
        assert 0 <= bar.height <= 100


@given(days, st.sampled_from(Width))
def test_a_day_lies_in_its_period_and_its_neighbours_do_not(day, width):
    period = around_day(day, width)
    assert period.start <= day <= period.end
    assert around_day(period.start, width) == around_day(period.end, width) == period
    if period.end < date.max:
        assert around_day(period.end + timedelta(days=1), width) != period


def of_year(year: int, count: int) -> tuple[Period, int]:
    return Period(date(year, 1, 1), date(year, 12, 31)), count


def test_what_is_of_a_year_counts_in_its_year_and_is_told_beside_bars_of_months():
    years = Spread(months((1989, 3, 2), (1999, 3, 2)).periods, (of_year(1990, 5),))
    assert [bar.count for bar in made(years).bars[:3]] == [2, 5, 0]
    assert made(years).beside == 0
    narrow = Spread(months((1989, 3, 2), (1990, 3, 2)).periods, (of_year(1989, 5),))
    assert sum(bar.count for bar in made(narrow).bars) == 4
    assert made(narrow).beside == 5


def test_where_no_months_are_known_the_bars_are_of_years():
    drawn = made(Spread((), (of_year(1989, 1), of_year(1991, 2))))
    assert [(describe(bar.period), bar.count) for bar in drawn.bars] == [
        ("1989", 1),
        ("1990", 0),
        ("1991", 2),
    ]


@given(counts, st.dictionaries(st.integers(1, 9999), st.integers(1, 9), max_size=9))
def test_every_article_with_a_date_is_in_a_bar_or_beside_them(found, years):
    wider = tuple(of_year(year, count) for year, count in sorted(years.items()))
    drawn = made(Spread(by_grain(found, Grain.MONTH).periods, wider))
    counted = sum(bar.count for bar in drawn.bars) + drawn.beside
    assert counted == sum(found.values()) + sum(years.values())

"""Which months have articles, and which do not."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.desk.coverage import gaps, years_of
from search.language.periods import Period
from search.request import Spread

MONTHS = st.dates(date(1980, 1, 1), date(1999, 12, 31)).map(lambda day: day.replace(day=1))
COUNTED = st.dictionaries(MONTHS, st.integers(1, 9), max_size=30)


def months(*counts: tuple[date, int]) -> Spread:
    return Spread(counts)


def test_gaps_reach_over_the_end_of_a_year():
    years = years_of(months((date(1993, 10, 1), 4), (date(1995, 2, 1), 1)))
    assert gaps(years) == [Period(date(1993, 11, 1), date(1995, 1, 31))]
    assert [year.articles for year in years] == [4, 0, 1]


def test_what_lies_before_the_first_article_and_after_the_last_is_no_gap():
    [year] = years_of(months((date(1993, 3, 1), 4), (date(1993, 5, 1), 4)))
    assert year.missing == [Period(date(1993, 4, 1), date(1993, 4, 30))]
    assert year.covered == [range(3, 4), range(5, 6)]


def test_articles_of_no_known_month_count_in_their_year_and_close_no_gap():
    of_1995 = (Period(date(1995, 1, 1), date(1995, 12, 31)), 2)
    years = years_of(Spread(((date(1993, 10, 1), 4), (date(1994, 1, 1), 1)), (of_1995,)))
    assert [year.articles for year in years] == [4, 1, 2]
    assert gaps(years) == [Period(date(1993, 11, 1), date(1993, 12, 31))]


def test_an_empty_archive_has_no_years():
    assert years_of(months()) == gaps([]) == []


@given(COUNTED)
def test_every_month_between_the_first_and_the_last_has_articles_or_lies_in_a_gap(
    counts: dict[date, int],
):
    years = years_of(months(*sorted(counts.items())))
    found = gaps(years)
    assert sum(year.articles for year in years) == sum(counts.values())
    for month in map(date.fromisoformat, every_month()):
        in_gap = any(gap.start <= month <= gap.end for gap in found)
        is_between = bool(counts) and min(counts) <= month <= max(counts)
        assert in_gap == (is_between and month not in counts)
    assert all((later.start - earlier.end).days > 1 for earlier, later in pairwise(found))


def every_month() -> list[str]:
    return [f"{year}-{month:02}-01" for year in range(1980, 2000) for month in range(1, 13)]

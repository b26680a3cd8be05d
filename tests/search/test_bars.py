"""What stands at the bars: labels with room, and numbers that can be compared."""

from datetime import date

import pytest

from search.hand import hand, percent, share
from search.histogram import Axis, Width, columns
from search.parts.bars import labels


def labelled(width: Width, first: date, last: date) -> list[str]:
    periods = [column.period for column in columns(Axis(width, first, last))]
    return [label for label in labels(periods, width, hand()) if label]


def test_years_are_labelled_where_they_are_easy_to_count():
    years = labelled(Width.YEAR, date(1989, 1, 1), date(2009, 1, 1))
    assert years == ["1990", "1995", "2000", "2005"]
    assert labelled(Width.YEAR, date(2001, 1, 1), date(2004, 1, 1)) == [
        "2001",
        "2002",
        "2003",
        "2004",
    ]
    decades = labelled(Width.DECADE, date(1880, 1, 1), date(2009, 1, 1))
    assert decades == ["1900", "1950", "2000"]


def test_months_are_labelled_by_name_inside_a_year_and_by_year_beyond():
    inside = labelled(Width.MONTH, date(2009, 1, 1), date(2009, 12, 31))
    assert inside == ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]
    beyond = labelled(Width.MONTH, date(2008, 3, 1), date(2010, 3, 1))
    assert beyond == ["2009", "2010"]


@pytest.mark.parametrize("width", Width)
@pytest.mark.parametrize("bars", [2, 7, 31, 60])
def test_labels_are_few_enough_for_the_narrowest_screen(width: Width, bars: int):
    first = date(1000, 1, 1)
    days = {
        Width.CENTURY: 36_525,
        Width.DECADE: 3_653,
        Width.YEAR: 366,
        Width.MONTH: 31,
        Width.WEEK: 7,
    }
    last = date.fromordinal(first.toordinal() + days.get(width, 1) * (bars - 1))
    assert len(labelled(width, first, last)) <= 7


@pytest.mark.parametrize(
    ("count", "whole", "said"),
    [
        (0, 0, "0%"),
        (0, 9, "0%"),
        (4, 120, "3.3%"),
        (1, 3, "33%"),
        (12, 10_000, "0.12%"),
        (5, 5, "100%"),
    ],
)
def test_a_share_is_said_in_two_digits(count: int, whole: int, said: str):
    assert percent(count, whole) == said


def test_a_share_says_of_how_many():
    assert share(4, 1_200) == "4 of 1,200 articles, 0.33%"
    assert share(0, 1) == "0 of 1 article, 0%"

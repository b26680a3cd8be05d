"""Which page is asked for, and which are linked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.browse.paging import Paging


@pytest.mark.parametrize("nonsense", ["", "0", "-1", "x", "1.5", "²", "٣", " 2", "9" * 400])
def test_nonsense_is_the_first_page(nonsense):
    assert Paging.of(nonsense, per_page=30, total=100).current == 1


def test_a_page_beyond_the_end_is_the_last_one():
    paging = Paging.of("99", per_page=30, total=100)
    assert (paging.current, paging.offset, paging.next) == (4, 90, None)


def test_a_list_without_anything_has_one_page():
    assert Paging.of("2", per_page=30, total=0) == Paging(current=1, last=1, per_page=30)


@given(st.integers(1, 400), st.integers(0, 9000))
def test_every_page_can_be_reached_and_gaps_are_told(number, total):
    paging = Paging.of(str(number), per_page=30, total=total)
    linked = list(paging.linked)
    numbers = [one for one in linked if one is not None]
    assert {1, paging.current, paging.last} <= set(numbers)
    assert {paging.previous, paging.next} - {None} <= set(numbers)
    gaps = sum(after - before > 1 for before, after in pairwise(numbers))
    assert linked.count(None) == gaps
    assert numbers == sorted(set(numbers))
    assert len(numbers) <= 7

"""What a process lets in by its own counts."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.allowances import Allowance, Guest
from gate.counting import SHARE, Counts

TEN = Allowance(10, 2)
ANN, BEN = Guest("ann", TEN), Guest("ben", TEN)


def let_in(counts: Counts, guest: Guest, times: list[float]) -> list[float]:
    return [now for now in times if not counts.take(guest, now).wait]


def test_so_many_at_once_and_then_so_many_a_second():
    counts = Counts()
    assert len(let_in(counts, ANN, [0.0] * 30)) == 10
    assert len(let_in(counts, ANN, [1.0] * 30)) == 2


def test_who_waits_as_long_as_told_is_let_in():
    counts = Counts()
    let_in(counts, ANN, [0.0] * 10)
    wait = counts.take(ANN, 0.0).wait
    assert wait == pytest.approx(0.5)
    assert counts.take(ANN, wait * 0.99).wait
    assert not counts.take(ANN, wait).wait


def test_one_guest_does_not_wait_for_another():
    counts = Counts()
    let_in(counts, ANN, [0.0] * 30)
    assert not counts.take(BEN, 0.0).wait


@given(
    st.floats(1, 50),
    st.floats(0.1, 50),
    st.lists(st.floats(0, 5, allow_subnormal=False), min_size=1, max_size=80),
)
def test_no_stretch_of_time_lets_in_more_than_the_bucket_gives(at_once, a_second, pauses):
    counts, guest = Counts(), Guest("ann", Allowance(at_once, a_second))
    times = let_in(counts, guest, list(accumulate(pauses)))
    for first in range(len(times)):
        for last in range(first, len(times)):
            passed = times[last] - times[first]
            assert last - first + 1 <= at_once + passed * a_second + 1e-6


def test_who_asks_little_owes_nothing():
    counts = Counts()
    slowly = [number / (TEN.a_second * SHARE) for number in range(1000)]
    assert not any(counts.take(ANN, now).owed for now in slowly)


def test_who_asks_more_than_a_share_owes_every_token_beyond_what_was_filled():
    counts = Counts()
    owed = sum(counts.take(ANN, 0.0).owed for _ in range(10))
    assert 10 - 10 * SHARE <= owed <= 10


def test_who_is_shut_out_waits_until_then_and_no_longer():
    counts = Counts()
    counts.take(ANN, 0.0)
    counts.shut("ann", 3.0)
    assert counts.take(ANN, 1.0).wait == pytest.approx(2.0)
    assert not counts.take(ANN, 3.0).wait


def test_who_was_forgotten_is_not_shut_out():
    counts = Counts()
    counts.shut("ann", 3.0)
    assert not counts.take(ANN, 0.0).wait


def test_a_process_remembers_only_so_many():
    counts = Counts(most=2)
    let_in(counts, ANN, [0.0] * 10)
    let_in(counts, BEN, [0.0] * 10)
    counts.take(Guest("cay", TEN), 0.0)
    assert counts.take(BEN, 0.0).wait
    assert not counts.take(ANN, 0.0).wait

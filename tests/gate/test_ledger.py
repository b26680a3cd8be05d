"""What all processes count together, and what happens while they cannot."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from gate import clerk as desk
from gate.allowances import Allowance, Guest
from gate.clerk import Clerk, Work
from gate.ledger import Debt, settle
from gate.models import Bucket

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEN = Allowance(10, 2)
ANN = Guest("ann", TEN)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def at_once(work: Work) -> None:
    while work():
        pass


class Stopped:
    """A clock for the counts that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Stopped:
    stopped = Stopped()
    monkeypatch.setattr(desk, "monotonic", stopped)
    monkeypatch.setattr(desk.timezone, "now", lambda: later(stopped.now))
    return stopped


@pytest.mark.django_db
class TestLedger:
    def test_who_has_spent_more_than_there_was_waits_until_there_is_a_token(self):
        assert settle({"ann": Debt(TEN, 9)}, NOON) == {}
        waits = settle({"ann": Debt(TEN, 3)}, NOON)
        assert waits == {"ann": pytest.approx(1.0)}
        assert settle({"ann": Debt(TEN, 0)}, later(1.1)) == {}

    def test_what_is_full_again_is_removed(self):
        settle({"ann": Debt(TEN, 4), "ben": Debt(TEN, 9)}, NOON)
        settle({"cay": Debt(TEN, 1)}, later(3))
        assert set(Bucket.objects.values_list("key", flat=True)) == {"ben", "cay"}

    def test_many_guests_are_one_transaction_of_a_few_statements(self):
        settle({f"guest {number}": Debt(TEN, 5) for number in range(40)}, NOON)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            settle({f"guest {number}": Debt(TEN, 9) for number in range(40)}, NOON)
        assert len(queries) <= 6

    def test_a_clock_set_back_shuts_nobody_out_for_longer_than_a_bucket_takes_to_fill(self):
        settle({"ann": Debt(TEN, 10)}, later(3600))
        waits = settle({"ann": Debt(TEN, 1)}, NOON)
        assert 0 < waits["ann"] <= TEN.seconds + 1

    def test_a_clock_set_forward_forgives(self):
        settle({"ann": Debt(TEN, 30)}, NOON)
        assert settle({"ann": Debt(TEN, 1)}, later(3600)) == {}


@pytest.mark.django_db
class TestClerks:
    def test_two_processes_together_let_in_one_allowance_and_two_shares_at_most(self, clock):
        clerks = [Clerk(at_once), Clerk(at_once)]
        entered = [clerk.let_in(ANN) == 0 for _ in range(50) for clerk in clerks]
        assert 10 <= sum(entered) <= 10 + 2 * (10 / 8 + 1)

    def test_who_was_shut_out_elsewhere_is_let_in_again_in_time(self, clock):
        one, other = Clerk(at_once), Clerk(at_once)
        while not one.let_in(ANN):
            pass
        while not other.let_in(ANN):
            pass
        clock.now = 60.0
        assert other.let_in(ANN) == 0

    def test_who_asks_little_is_never_written_down(self, clock):
        clerk = Clerk(at_once)
        with CaptureQueriesContext(connection) as queries:
            for number in range(200):
                clock.now = number * 4.0
                assert clerk.let_in(ANN) == 0
        assert not queries

    def test_debts_are_gathered_until_the_clerk_comes(self, clock):
        calls: list[Work] = []
        clerk = Clerk(calls.append)
        for _ in range(9):
            clerk.let_in(ANN)
            clerk.let_in(Guest("ben", TEN))
        assert len(calls) == 1
        with CaptureQueriesContext(connection) as queries:
            assert calls[0]()
        assert len([one for one in queries if one["sql"].startswith("UPDATE")]) == 1
        assert not calls[0]()
        assert Bucket.objects.count() == 2

    def test_a_busy_database_costs_no_reader_anything(self, clock, monkeypatch, caplog):
        def busy(*_):
            raise OperationalError("database is locked")

        monkeypatch.setattr(desk, "settle", busy)
        clerk = Clerk(at_once)
        assert [clerk.let_in(ANN) for _ in range(10)] == [0] * 10
        assert clerk.let_in(ANN) > 0  # by the counts of this process
        assert "by itself" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_clerks_thread_writes_while_a_reader_goes_on(monkeypatch):
    monkeypatch.setattr(desk, "PAUSE", 0)
    clerk = Clerk(desk.in_background)
    for _ in range(9):
        assert clerk.let_in(ANN) == 0
    for thread in threading.enumerate():
        if thread.name == "gate-clerk":
            thread.join(30)
    assert Bucket.objects.filter(key="ann").exists()

"""Carries what guests owe from the counts of this process to the ledger, behind their backs.

A reader never waits for that: it is done by a thread of its own, in one transaction for all who
owe, and at most every PAUSE seconds, however many they are. While the database is busy or away,
each process goes by its own counts.
"""

import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic, sleep

from django.db import Error, connection
from django.utils import timezone

from gate.allowances import Guest
from gate.counting import Counts
from gate.ledger import Debt, settle

PAUSE = 0.5
"""Seconds in which debts are gathered."""

Work = Callable[[], bool]
"""Something to be done again as long as it answers that there is more."""

logger = logging.getLogger(__name__)


class Clerk:
    """The counts of a process, and what it has yet to tell the others."""

    def __init__(self, start: Callable[[Work], None]) -> None:
        """start: has work done soon, in a thread of its own."""
        self.counts = Counts()
        self._start = start
        self._debts: dict[str, Debt] = {}
        self._is_at_work = False
        self._lock = Lock()

    def let_in(self, guest: Guest) -> float:
        """Count one request. Returns the seconds that the guest has to wait; 0 who is let in."""
        taken = self.counts.take(guest, monotonic())
        if taken.owed:
            self._note(guest, taken.owed)
        return taken.wait

    def settle(self) -> bool:
        """Tell the ledger, and shut the doors that it says should be. Returns: was there any?"""
        debts = self._collect()
        if not debts:
            return False
        try:
            waits = settle(debts, timezone.now())
        except Error as error:
            logger.warning("Each process counts requests by itself, until this is over: %s", error)
            return True
        now = monotonic()
        for key, seconds in waits.items():
            self.counts.shut(key, now + seconds)
        return True

    def _note(self, guest: Guest, owed: float) -> None:
        with self._lock:
            before = self._debts.get(guest.key)
            tokens = owed + (before.tokens if before else 0.0)
            self._debts[guest.key] = Debt(guest.allowance, tokens)
            was_at_work, self._is_at_work = self._is_at_work, True
        if not was_at_work:
            self._start(self.settle)

    def _collect(self) -> dict[str, Debt]:
        with self._lock:
            debts, self._debts = self._debts, {}
            self._is_at_work = bool(debts)
        return debts


def in_background(work: Work) -> None:
    """In a thread that takes its connection to the database with it."""

    def run() -> None:
        try:
            sleep(PAUSE)
            while work():
                sleep(PAUSE)
        finally:
            connection.close()

    Thread(target=run, name="gate-clerk", daemon=True).start()


clerk = Clerk(in_background)

"""What each guest has asked of this process: a bucket of tokens for each, kept in memory.

Most guests ask so little that nobody else need know. Who spends more than a share of the allowance
in one process owes it to the ledger, which all processes have in common (`ledger.py`).
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from gate.allowances import Guest

SHARE = 1 / 8
"""Of an allowance, each process gives away so much without telling the others. With `n` processes
a guest has at most 1 + n/8 allowances."""

MOST_GUESTS = 20_000
"""Whom a process remembers, some 300 bytes each. Who has not asked for longest is forgotten, at
the price of a share."""


@dataclass(slots=True)
class Count:
    """One guest. spent: tokens that the bucket lacks. owed: those of them that the ledger has yet
    to learn of, beyond the share. Both as of the moment `at`. shut: until then nobody is let in.
    """

    at: float
    spent: float = 0.0
    owed: float = 0.0
    shut: float = 0.0


class Taken(NamedTuple):
    """wait: seconds until the guest may ask again; 0 who is let in. owed: tokens for the ledger."""

    wait: float = 0.0
    owed: float = 0.0


class Counts:
    """Moments are seconds of a clock that is never set back; the caller gives them."""

    def __init__(self, most: int = MOST_GUESTS) -> None:
        self._counts: OrderedDict[str, Count] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def take(self, guest: Guest, now: float) -> Taken:
        """One request: let in, or told how long to wait. Who has to wait spends nothing."""
        at_once, a_second = guest.allowance
        with self._lock:
            count = self._count_of(guest.key, now)
            filled = max(now - count.at, 0.0) * a_second
            count.spent = max(count.spent - filled, 0.0)
            count.owed = max(count.owed - filled * SHARE, 0.0)
            count.at = max(count.at, now)  # another thread may have come in between
            wait = max(count.shut - now, (count.spent + 1 - at_once) / a_second)
            if wait > 0:
                return Taken(wait)
            count.spent += 1
            count.owed += 1
            owed = count.owed if count.owed > at_once * SHARE else 0.0
            count.owed -= owed
            return Taken(owed=owed)

    def shut(self, key: str, until: float) -> None:
        """Let this guest wait: elsewhere they have spent what they may."""
        with self._lock:
            count = self._counts.get(key)
            if count is not None:
                count.shut = until

    def _count_of(self, key: str, now: float) -> Count:
        count = self._counts.setdefault(key, Count(at=now))
        self._counts.move_to_end(key)
        while len(self._counts) > self._most:
            self._counts.popitem(last=False)
        return count

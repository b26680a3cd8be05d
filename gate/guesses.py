"""Failed sign-ins: who fails again and again waits longer each time, and nobody for good.

A guess is counted before the password is looked at, so that a thousand at the same moment are a
thousand guesses. Names are counted whether there is such an account or not. Of a name only a hash
is kept: people type passwords where the name should be.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from gate.models import Guesses


class Patience(NamedTuple):
    """`free` failures cost nothing. After each further one there is a wait: a second, two, four …
    up to `forgiven`. After each time of `forgiven` one failure is forgotten."""

    free: int
    forgiven: timedelta

    def wait(self, failures: float) -> timedelta:
        """After so many failures, from the last one on."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta(0)
        return min(timedelta(seconds=2 ** min(beyond - 1, 30.0)), self.forgiven)


ACCOUNT = Patience(5, timedelta(minutes=15))
"""Guesses at one account from all the world: a hundred in a day. A browser in which its owner has
signed in before has guesses of its own, so that strangers cannot keep them out."""

ADDRESS = Patience(20, timedelta(minutes=1))
"""Guesses from one address, behind which there may be a whole newsroom."""


class Guesser(NamedTuple):
    """One way of counting somebody who tries to sign in."""

    key: str
    patience: Patience


class TooManyGuessesError(Exception):
    """Nothing was tried. `wait`: seconds until it is worth trying again."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"Too many guesses; wait {wait:.0f} s.")
        self.wait = wait


def account(name: str) -> Guesser:
    return Guesser(f"account {hashed(name)}", ACCOUNT)


def address(address: str) -> Guesser:
    return Guesser(f"address {address}", ADDRESS)


def browser(number: str) -> Guesser:
    """A browser in which the account has signed in before."""
    return Guesser(f"browser {number}", ACCOUNT)


def hashed(name: str) -> str:
    return sha256(name.casefold().encode(errors="replace")).hexdigest()[:32]


@transaction.atomic
def guess_begin(*, guessers: Sequence[Guesser], now: datetime) -> None:
    """Count a guess. Raises TooManyGuessesError where one of them has to wait; then none is."""
    forget(now)
    patience = dict(guessers)
    keys = sorted(patience)
    Guesses.objects.bulk_create(
        [Guesses(key=key, failures=0, last_at=now) for key in keys], ignore_conflicts=True
    )
    rows = list(Guesses.objects.select_for_update().filter(key__in=keys).order_by("key"))
    wait = max(remaining(row, patience[row.key], now) for row in rows)
    if wait > timedelta(0):
        raise TooManyGuessesError(wait.total_seconds())
    for row in rows:
        row.failures = unforgiven(row, patience[row.key], now) + 1
        row.last_at = now
    Guesses.objects.bulk_update(rows, ["failures", "last_at"])


@transaction.atomic
def guess_right(*, guessers: Iterable[Guesser]) -> None:
    """It was no guess: the account's failures are forgotten. Those of the address stay, or whoever
    has one account could guess at the others without end."""
    for key, patience in guessers:
        rows = Guesses.objects.filter(key=key)
        if patience is ACCOUNT:
            rows.delete()
        else:
            rows.update(failures=Greatest(F("failures") - 1.0, 0.0))


def remaining(row: Guesses, patience: Patience, now: datetime) -> timedelta:
    """How long to wait from now on. Where the clock was set back, no longer than the whole wait."""
    wait = patience.wait(row.failures)
    return min(row.last_at + wait - now, wait)


def unforgiven(row: Guesses, patience: Patience, now: datetime) -> float:
    """The failures that still count."""
    forgotten = max((now - row.last_at) / patience.forgiven, 0.0)
    return max(row.failures - forgotten, 0.0)


def forget(now: datetime) -> None:
    """Remove what has counted for nothing since a day."""
    Guesses.objects.filter(last_at__lt=now - timedelta(days=1)).delete()

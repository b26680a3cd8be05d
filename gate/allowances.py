"""How often somebody may ask: which door a request goes through, and what is allowed there."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from gate.addresses import UNKNOWN, counted_as

SAFE = ("GET", "HEAD", "OPTIONS")
SEARCHING = frozenset({"search", "browse"})
"""The namespaces whose pages ask the index."""


class Allowance(NamedTuple):
    """`at_once` requests, and then so many `a_second`: a bucket that holds so many tokens, and how
    fast it fills."""

    at_once: float
    a_second: float

    @property
    def seconds(self) -> float:
        """Until an empty bucket is full again."""
        return self.at_once / self.a_second


class Guest(NamedTuple):
    """Whoever asks, as they are counted, and what they are allowed."""

    key: str
    allowance: Allowance


def guest_of(request: HttpRequest) -> Guest | None:
    """Who asks at a door where requests are counted; None where they are not.

    Who is signed in is counted by account, so that a newsroom behind one address is many guests.
    Asks for the account only of those who send a session.
    """
    door = door_of(request)
    allowed = settings.ALLOWANCES.get(door)
    if allowed is None:
        return None
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if has_session and request.user.is_authenticated:
        return Guest(f"{door} account {request.user.pk}", Allowance(*allowed["account"]))
    address = counted_as(request)
    if address == UNKNOWN:
        return None
    return Guest(f"{door} address {address}", Allowance(*allowed["address"]))


def door_of(request: HttpRequest) -> str:
    """The name of the door in the settings; "" where nobody counts."""
    match = request.resolver_match
    if match is None:
        return ""
    if request.method not in SAFE:
        return "password" if match.url_name == "password_change" else "change"
    return "search" if SEARCHING.intersection(match.namespaces) else ""

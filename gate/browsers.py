"""Browsers in which somebody has signed in before ("device cookies", OWASP).

They are told by a signed cookie that only the page for signing in is ever sent. Who has one does
not wait for what strangers do to the account.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from gate.addresses import UNKNOWN, counted_as
from gate.guesses import Guesser, account, address, browser, hashed

COOKIE = "browser"
A_YEAR = 365 * 24 * 60 * 60
_signer = TimestampSigner(salt="gate.browsers")


def guessers_of(request: HttpRequest, name: str) -> list[Guesser]:
    """As whom somebody is counted who tries to sign in under this name."""
    known = number_of(request, name)
    if known:
        return [browser(known)]
    sender = counted_as(request)
    return [account(name), *([address(sender)] if sender != UNKNOWN else [])]


def number_of(request: HttpRequest, name: str) -> str:
    """The number of the browser, if this name has signed in there within a year; else ""."""
    try:
        held = _signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=A_YEAR)
    except BadSignature:
        return ""
    owner, _, number = held.partition(" ")
    return number if owner == hashed(name) else ""


def remember(request: HttpRequest, name: str) -> None:
    """Have the answer to this request make the browser known."""
    number = number_of(request, name) or secrets.token_hex(16)
    request.introduction = _signer.sign(f"{hashed(name)} {number}")  # type: ignore[attr-defined]


def introduce(request: HttpRequest, response: HttpResponseBase) -> None:
    introduction = getattr(request, "introduction", "")
    if introduction:
        response.set_cookie(
            COOKIE,
            introduction,
            max_age=A_YEAR,
            path=resolve_url(settings.LOGIN_URL),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

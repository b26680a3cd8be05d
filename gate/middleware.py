"""At the gate: too large, too often, or come in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.audit import setting
from gate.allowances import guest_of
from gate.answers import too_big, too_long, too_many_guesses, too_many_parts, too_often
from gate.browsers import introduce
from gate.clerk import clerk
from gate.guesses import TooManyGuessesError
from gate.limits import body_too_large, too_large
from gate.watching import setting_of

REFUSALS = {
    HTTPStatus.REQUEST_URI_TOO_LONG: too_long,
    HTTPStatus.BAD_REQUEST: too_many_parts,
}


class GateMiddleware:
    """Behind the language, in which it refuses, and before the token of forms, for which the whole
    of what is sent is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refused = too_large(request)
        if refused:
            return REFUSALS[refused](request)
        token = setting.set(setting_of(request))
        try:
            response = self.get_response(request)
        finally:
            setting.reset(token)
        introduce(request, response)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        if body_too_large(request):
            return too_big(request)
        guest = guest_of(request)
        wait = clerk.let_in(guest) if guest else 0
        return too_often(request, wait) if wait else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooManyGuessesError):
            return too_many_guesses(request, error.wait)
        return None

"""What those are told who are not let in: as a page, as a part of one, or as JSON."""

from http import HTTPStatus
from math import ceil

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def too_long(request: HttpRequest) -> HttpResponse:
    """414 (RFC 9110, 15.5.15)."""
    text = _("The address is longer than any that this site writes. Please begin with fewer words.")
    return told(request, HTTPStatus.REQUEST_URI_TOO_LONG, _("This address is too long"), text)


def too_many_parts(request: HttpRequest) -> HttpResponse:
    """400."""
    text = _("The address asks for more than any page of this site has. Please begin anew.")
    return told(request, HTTPStatus.BAD_REQUEST, _("This asks for too much at once"), text)


def too_big(request: HttpRequest) -> HttpResponse:
    """413. What was sent is not read, so the connection cannot be used again."""
    text = _("What you sent is larger than this site takes. Nothing was changed.")
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return told(request, status, _("This is too large"), text)


def too_often(request: HttpRequest, wait: float) -> HttpResponse:
    """429 (RFC 6585), with the seconds after which it is worth asking again."""
    seconds = max(ceil(wait), 1)
    text = ngettext(
        "So many requests came from here that others would have to wait. "
        "Please try again in a second.",
        "So many requests came from here that others would have to wait. "
        "Please try again in %(seconds)d seconds.",
        seconds,
    ) % {"seconds": seconds}
    return later(request, _("That was a lot at once"), text, seconds)


def too_many_guesses(request: HttpRequest, wait: float) -> HttpResponse:
    """429 for whoever failed to sign in too often, whether there is such an account or not."""
    seconds = max(ceil(wait), 1)
    text = ngettext(
        "Signing in failed several times. Please wait a second before you try again.",
        "Signing in failed several times. Please wait %(seconds)d seconds before you try again.",
        seconds,
    ) % {"seconds": seconds}
    return later(request, _("Please wait a moment"), text, seconds)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of what cannot be read (`config.urls`): 400, or 413 where it is too much."""
    if isinstance(exception, RequestDataTooBig):
        return too_big(request)
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def later(request: HttpRequest, title: str, text: str, seconds: int) -> HttpResponse:
    answer = told(request, HTTPStatus.TOO_MANY_REQUESTS, title, text)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def told(request: HttpRequest, status: HTTPStatus, title: str, text: str) -> HttpResponse:
    """The same words in the shape that was asked for."""
    answer = shaped(request, status, title, text)
    answer.headers["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ["HX-Request", "Accept"])
    return answer


def shaped(request: HttpRequest, status: HTTPStatus, title: str, text: str) -> HttpResponse:
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"error": text}, status=status)
    is_part = request.headers.get("HX-Request") == "true"
    template = "gate/_refused.html" if is_part else "gate/refused.html"
    return render(request, template, {"title": title, "text": text}, status=status)

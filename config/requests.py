"""Each request has an id, which its answer carries, a line in the log, and its time is counted.

The line has no address, no words that were searched and no names: what people look for is theirs.
"""

import logging
import re
from collections.abc import Callable
from logging import DEBUG, INFO
from time import perf_counter

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.tracing import begin_trace, trace_id
from config.metrics import REQUEST_SECONDS
from config.probes import PROBES

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9_.-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
UNROUTED = "unrouted"
"""The view of what reached none: a style, a redirect to https, an address that is no page."""


class RequestMiddleware:
    """The outermost: what the others refuse has all of it, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        id = begin_trace(sent_id(request))
        response = self.get_response(request)
        response.headers[HEADER] = id
        seconds = perf_counter() - began
        REQUEST_SECONDS.labels(view_name(request), str(response.status_code)).observe(seconds)
        log(request, response, seconds)
        return response


def sent_id(request: HttpRequest) -> str:
    """The id that a proxy of ours gave the request. Nobody else is believed, and no odd one."""
    sent = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return sent if SANE.fullmatch(sent) else ""


def log(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """seconds: until the first byte; what is streamed takes longer. bytes: absent for a stream."""
    fields = {
        "method": request.method if request.method in METHODS else "other",
        "view": view_name(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes": size(response),
        "user": user_id(request),
    }
    told = {name: value for name, value in fields.items() if value is not None}
    is_routine = request.path_info in PROBES and response.status_code < 400
    logger.log(DEBUG if is_routine else INFO, "request", extra={"fields": told})


def view_name(request: HttpRequest) -> str:
    if request.path_info in PROBES:
        return request.path_info[1:]
    match = request.resolver_match
    return (match.view_name or match.func.__name__) if match else UNROUTED


def size(response: HttpResponseBase) -> int | None:
    if isinstance(response, HttpResponse):
        return len(response.content)
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def user_id(request: HttpRequest) -> int | None:
    """Who is signed in, where the view asked for that: to ask now would cost a query."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user else None


def end_trace(**_: object) -> None:
    """What is streamed belongs to the request until its last byte is sent."""
    trace_id.set("")


request_finished.connect(end_trace, dispatch_uid="config.requests")

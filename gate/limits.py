"""How large what anybody sends may be. What lies beyond is refused before it is read.

What one query may ask is bounded by `search.language.limits`, and costs nobody an error.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest

LONGEST_ADDRESS = 8_000
"""Characters of a path and its query string, percent-encoded. The longest search that the site
links to, in Cyrillic and with all filters, stays under it; gunicorn reads 8,190 at most."""

MOST_PARAMETERS = 500
"""Of a query string. The search page writes fewer than 150."""

STRANGERS_BODY = 64 * 1024
"""Bytes that somebody who is not signed in may send: their name and password, or a language."""

AROUND_A_FILE = 1024 * 1024
"""Bytes of a form around the file that is sent with it."""


def too_large(request: HttpRequest) -> HTTPStatus | None:
    """What is wrong with the request's address, if anything."""
    query = request.META.get("QUERY_STRING", "")
    if len(request.path) + len(query) > LONGEST_ADDRESS:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if query.count("&") >= MOST_PARAMETERS:
        return HTTPStatus.BAD_REQUEST
    return None


def body_too_large(request: HttpRequest) -> bool:
    """Is what is sent more than this guest may send? Django reads no more than is announced, and
    nothing where nothing is."""
    try:
        length = int(request.headers.get("Content-Length", ""))
    except ValueError:  # as Django reads it: nothing was sent
        length = 0
    return length > STRANGERS_BODY and length > most_of(request)


def most_of(request: HttpRequest) -> int:
    """Bytes that may be sent with a request."""
    if not request.user.is_authenticated:
        return STRANGERS_BODY
    if request.content_type == "multipart/form-data":
        return int(settings.UPLOAD_LIMIT) + AROUND_A_FILE
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)

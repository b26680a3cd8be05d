"""Requests to the whole application in this process, and where their time goes."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pkgutil import resolve_name
from time import perf_counter
from typing import Any
from unittest.mock import patch

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

PARTS = {
    "outbox": "search.finding.up_to_date",
    "engine": "search.engines.whoosh.engine.WhooshEngine.search",
    "look-up": "search.hydration.looked_up",
    "marks": "search.hydration.hit_of",
    "page": "search.views.render",
}
"""What is timed, by the name it is shown under. None of them calls another."""

Milliseconds = dict[str, float]


class Site:
    """The application behind its WSGI door, middleware and all."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()

    def get(self, path: str, query: str = "") -> bytes:
        """What htmx is answered. Raises RuntimeError unless that is a page."""
        asked = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HX_REQUEST": "true",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        }
        status: list[str] = []
        response = self._application(asked, lambda line, headers, error=None: status.append(line))  # type: ignore[arg-type]
        content = b"".join(response)
        response.close()
        if status != ["200 OK"]:
            raise RuntimeError(f"{path}?{query} was answered with {status[0]}.")
        return content

    def milliseconds(self, path: str, query: str = "") -> float:
        """How long `get` takes."""
        started = perf_counter()
        self.get(path, query)
        return (perf_counter() - started) * 1e3

    def queries(self, path: str, query: str = "") -> int:
        """How many a request asks of the database."""
        with CaptureQueriesContext(connection) as captured:
            self.get(path, query)
        return len(captured)


@contextmanager
def parts_timed() -> Iterator[Milliseconds]:
    """What each of PARTS takes meanwhile. A clock is read at each call, so the whole is slower."""
    spent: Milliseconds = defaultdict(float)
    with ExitStack() as stack:
        for name, place in PARTS.items():
            stack.enter_context(timed(place, name, spent))
        yield spent


@contextmanager
def timed(place: str, name: str, spent: Milliseconds) -> Iterator[None]:
    function = resolve_name(place)

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        started = perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += (perf_counter() - started) * 1e3

    with patch(place, wrapper):
        yield

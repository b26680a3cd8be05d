"""The two ways into the site: its WSGI door in this process, and a server's socket."""

import socket
import traceback
from collections.abc import Iterator
from io import BytesIO
from time import perf_counter, thread_time
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote_to_bytes

from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application

from tests.faults.asked import Asked

PATIENCE = 60
"""Seconds that a server may take for an answer before it counts as dead."""

REFUSED = b"HTTP/1.1 400 Cut off"


class Answered(NamedTuple):
    """What became of a request. seconds: until its last byte; of these, what the processor
    worked for it, 0 where that cannot be seen. error: what it died of, if it did."""

    status: int
    seconds: float
    processor: float
    length: int
    error: str = ""


class Door(Protocol):
    def ask(self, asked: Asked) -> Answered: ...


class Inside:
    """The application in this process, middleware and all."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()
        self._errors: list[str] = []
        got_request_exception.connect(self._note)

    def ask(self, asked: Asked) -> Answered:
        status: list[str] = []
        self._errors.clear()
        environ = environment(asked)
        started, worked = perf_counter(), thread_time()
        response = self._application(environ, lambda line, headers, error=None: status.append(line))
        try:
            length = sum(map(len, response))
        finally:
            response.close()
        seconds, processor = perf_counter() - started, thread_time() - worked
        error = self._errors[-1] if self._errors else ""
        return Answered(int(status[0][:3]), seconds, processor, length, error)

    def _note(self, **_: Any) -> None:
        self._errors.append(traceback.format_exc())


class Outside:
    """A server at a port of this machine; a connection for each request."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, asked: Asked) -> Answered:
        started = perf_counter()
        try:
            answer = self._exchanged(as_sent(asked))
        except OSError as error:
            return Answered(0, perf_counter() - started, 0, 0, repr(error))
        status = answer[9:12]
        code = int(status) if status.isdigit() else 0
        error = "" if code else f"no answer but {answer[:100]!r}"
        return Answered(code, perf_counter() - started, 0, len(answer), error)

    def _exchanged(self, data: bytes) -> bytes:
        """A server that refuses a request early may close before it has read all of it."""
        with socket.create_connection(("127.0.0.1", self._port), PATIENCE) as connection:
            try:
                connection.sendall(data)
                return b"".join(_chunks(connection))
            except (BrokenPipeError, ConnectionResetError):
                return REFUSED


def environment(asked: Asked) -> dict[str, Any]:
    """As a WSGI server makes it (PEP 3333)."""
    body = asked.body.encode()
    headers = {_variable(name): value for name, value in asked.headers}
    return {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
        "QUERY_STRING": asked.query,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }


def as_sent(asked: Asked) -> bytes:
    """The bytes of an HTTP request."""
    body = asked.body.encode()
    lines = [
        f"{asked.method} {asked.address} HTTP/1.1",
        *("Host: localhost", "Connection: close", f"Content-Length: {len(body)}"),
        *(f"{name}: {value}" for name, value in asked.headers),
    ]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body


def _chunks(connection: socket.socket) -> Iterator[bytes]:
    while chunk := connection.recv(65_536):
        yield chunk


def _variable(name: str) -> str:
    plain = name.upper().replace("-", "_")
    return plain if plain == "CONTENT_TYPE" else f"HTTP_{plain}"

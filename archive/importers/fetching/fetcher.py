"""One file from one address of the web, into a temporary file."""

import hashlib
import socket
import ssl
import tempfile
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import IO, NamedTuple
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.response import BaseHTTPResponse

from archive.files import HEAD
from archive.importers.fetching.guard import Endpoint, FetchError, Target, UnreachableError, target
from archive.importers.fetching.kinds import ending_of

MOST_REDIRECTS = 5
CHUNK = 64 * 1024
HEADERS = {
    "User-Agent": "Backfile (news archive; import_articles --fetch-media)",
    "Accept": "image/*, audio/*",
    "Accept-Encoding": "identity",
}
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})


class Limits(NamedTuple):
    """Bytes of a file; seconds until a server answers and between its bytes; seconds for all."""

    size: int = 50 * 1024 * 1024
    silence: float = 15
    whole: float = 120


class Fetched(NamedTuple):
    """A file that was fetched. `digest`: SHA-256 of its content; `ending`: what it is."""

    path: Path
    digest: str
    ending: str


class Fetcher:
    """Fetches into `folder`. allowed: what may be connected to although it is not public."""

    def __init__(
        self,
        folder: Path,
        *,
        allowed: Container[Endpoint] = (),
        limits: Limits = Limits(),  # noqa: B008  it is never changed
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self._folder, self._allowed, self._limits = folder, allowed, limits
        self._trusted = trusted or ssl.create_default_context()

    def fetch(self, address: str, kind: str) -> Fetched:
        """The photo or recording at `address`, wherever that leads to. Raises FetchError."""
        deadline = monotonic() + self._limits.whole
        for _ in range(MOST_REDIRECTS + 1):
            with self._answer(target(address, self._allowed), deadline) as answer:
                elsewhere = answer.headers.get("Location")
                if answer.status not in _ELSEWHERE or not elsewhere:
                    return self._kept(answer, kind, deadline)
            address = urljoin(address, elsewhere)
        raise FetchError(f"it leads on more than {MOST_REDIRECTS} times")

    @contextmanager
    def _answer(self, to: Target, deadline: float) -> Iterator[BaseHTTPResponse]:
        connection = self._connection(to)
        # A server that sends a byte now and then is never silent, and is cut off all the same.
        guard = Timer(max(deadline - monotonic(), 0), connection.cut)
        guard.daemon = True
        guard.start()
        try:
            headers = {**HEADERS, "Host": to.named}
            connection.request(
                "GET", to.path, headers=headers, preload_content=False, decode_content=False
            )
            with closing(connection.getresponse()) as answer:
                yield answer
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise UnreachableError(f"{to.host} does not answer") from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise FetchError(self._why(error, deadline)) from error
        finally:
            guard.cancel()
            connection.close()

    def _connection(self, to: Target) -> "_Plain | _Secure":
        """To the address that was found; the name is what its certificate must be for."""
        if to.scheme == "http":
            return _Plain(to.ip, to.port, timeout=self._limits.silence)
        return _Secure(
            to.ip,
            to.port,
            timeout=self._limits.silence,
            ssl_context=self._trusted,
            server_hostname=to.host.rstrip("."),
        )

    def _kept(self, answer: BaseHTTPResponse, kind: str, deadline: float) -> Fetched:
        if answer.status != 200:
            raise FetchError(f"the server answered {answer.status}")
        self._refuse_size(int(answer.headers.get("Content-Length") or 0))
        head = answer.read(HEAD)
        ending = ending_of(head, kind)
        if not ending:
            raise FetchError(f"what is there is no {kind} that is kept")
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            try:
                digest = self._copied(head, answer, file, deadline)
            except BaseException:
                Path(file.name).unlink()
                raise
        return Fetched(Path(file.name), digest, ending)

    def _copied(
        self, head: bytes, answer: BaseHTTPResponse, file: IO[bytes], deadline: float
    ) -> str:
        """The digest of what was copied."""
        digest, size, data = hashlib.sha256(), 0, head
        while data:
            size += len(data)
            self._refuse_size(size)
            digest.update(data)
            file.write(data)
            data = answer.read(CHUNK)
            if monotonic() >= deadline:
                raise FetchError(self._too_long)
        return digest.hexdigest()

    def _refuse_size(self, size: int) -> None:
        if size > self._limits.size:
            raise FetchError(f"it is larger than {self._limits.size // 1024 // 1024} MB")

    def _why(self, error: Exception, deadline: float) -> str:
        return self._too_long if monotonic() >= deadline else f"it did not come whole: {error}"

    @property
    def _too_long(self) -> str:
        return f"it took longer than {self._limits.whole:.0f} seconds"


class _Cuttable:
    """A connection that another thread may cut at any time, also while it is being secured."""

    _line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]  # of urllib3
        self._line = made.dup()
        return made

    def cut(self) -> None:
        if self._line:
            with suppress(OSError):  # it has ended by itself
                self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        super().close()  # type: ignore[misc]  # of urllib3
        if self._line:
            self._line.close()


class _Plain(_Cuttable, HTTPConnection):
    pass


class _Secure(_Cuttable, HTTPSConnection):
    pass

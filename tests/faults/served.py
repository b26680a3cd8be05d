"""A server as `docs/operations.md` has it run: gunicorn with sixteen threads, and the worker."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.faults.doors import Outside

ROOT = Path(__file__).resolve().parents[2]
SERVER = "--threads 16"
"""How gunicorn is told to run in `docs/operations.md`."""

STOPPING = 20
"""Seconds in which a process that is told to stop has to."""


class Server(NamedTuple):
    process: "subprocess.Popen[bytes]"
    port: int

    @property
    def door(self) -> Outside:
        return Outside(self.port)

    def workers(self) -> set[int]:
        """The ids of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return set(map(int, children.read_text().split()))


@contextmanager
def gunicorn(options: str = SERVER, log: int | None = subprocess.DEVNULL) -> Iterator[Server]:
    """With the environment's own settings, on some free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "gunicorn", *options.split(), "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    with running(*command, log=log) as process:
        _wait_for(port, process)
        yield Server(process, port)


@contextmanager
def running(*arguments: str, log: int | None) -> "Iterator[subprocess.Popen[bytes]]":
    """A Python program, told to stop at the end."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the server answers. Raises RuntimeError if it has ended before."""
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"gunicorn ended with {process.returncode}.")

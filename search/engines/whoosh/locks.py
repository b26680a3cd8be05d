"""Locks between processes, and between the threads of one. A dead holder's lock is free."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import EngineBusy

PAUSE = 0.02
"""Seconds between two attempts: the kernel's own waiting knows no time limit."""


@contextmanager
def locked(path: Path, wait: float) -> Iterator[None]:
    """Be the only one here. Raises EngineBusy after `wait` seconds."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + wait
        while not taken(descriptor, fcntl.LOCK_EX):
            if time.monotonic() >= deadline:
                raise EngineBusy(f"{path} was locked for {wait:g} seconds by another process.")
            time.sleep(PAUSE)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def is_locked(path: Path) -> bool:
    """Is somebody there? Those who only ask do not get in each other's way."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return not taken(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def taken(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

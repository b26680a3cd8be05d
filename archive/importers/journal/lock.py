"""One import at a time in one archive."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def lock_file() -> Path:
    return Path(settings.BACKFILE_DATA) / "import.lock"


class BusyError(Exception):
    """The text says which one."""


@contextmanager
def import_lock(path: Path) -> Iterator[None]:
    """Hold the archive for one import. A process that dies lets go of it. Raises BusyError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise BusyError(
                f"another import is running ({holder}); wait for its end, then run this again"
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()} since {timezone.localtime():%H:%M on %d %B %Y}")
        file.flush()
        yield
        file.truncate(0)

"""Files that are copied with their checksums, and are on the disk when that is said."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.disk import private, sync
from backup.errors import BackupError

CHUNK = 1 << 20


def checksum(path: Path) -> str:
    """SHA-256, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy(source: Path, target: Path) -> tuple[int, str]:
    """Copy a file, for its owner alone, to a place where none is. Its size and its checksum.

    The checksum is of what was read, so a target that differs from it shows.
    """
    digest = hashlib.sha256()
    size = 0
    with source.open("rb") as file, open(target, "xb", opener=private) as new:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            new.write(chunk)
        new.flush()
        os.fsync(new.fileno())
    return size, digest.hexdigest()


@contextmanager
def for_us_alone() -> Iterator[None]:
    """All that is made meanwhile, by us or by a program of ours, only its owner may read."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def sync_folders(folder: Path) -> None:
    """Have the disk know every name in the folder and beneath it, and its own."""
    for inner, _, _ in os.walk(folder, topdown=False):
        sync(Path(inner))
    sync(folder.parent)


def require_room(folder: Path, needed: int) -> None:
    """needed: bytes, to which a twentieth is added. Raises BackupError."""
    free = shutil.disk_usage(folder).free
    if free < needed * 1.05:
        raise BackupError(
            f"{folder} has room for {free / 1e6:,.0f} MB, and {needed * 1.05 / 1e6:,.0f} MB are "
            "needed. Nothing was begun."
        )


@contextmanager
def only_one(folder: Path, doing: str) -> Iterator[None]:
    """Be the only one who does this here. Who dies lets go. Raises BackupError."""
    descriptor = os.open(folder / f".{doing}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupError(f"Another {doing} is going on in {folder}; wait for its end.") from None
    finally:
        os.close(descriptor)

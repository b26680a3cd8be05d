"""Files that outlive a power cut and that nobody else can read.

A disk keeps what it was asked to keep, and no more.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

OTHERS = 0o077
"""What a file or folder may allow others: nothing of this."""


def sync(path: Path) -> None:
    """Return when the file's contents, or the folder's list of names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_names(path: Path, within: Path) -> None:
    """Return when the disk knows the way to `path`: the name of each folder on it, `within`'s own
    among them. Where nothing is new this costs next to nothing.
    """
    for folder in path.parents:
        sync(folder)
        if folder == within.parent:
            return


def write_durably(path: Path, content: bytes) -> None:
    """Replace the file at once: readers, also after a power cut, see all old or all new."""
    beside = path.with_name(f"{path.name}.new")
    with open(beside, "wb", opener=private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def private(path: str, flags: int) -> int:
    """An `opener` for `open`: a new file is ours alone."""
    return os.open(path, flags, 0o600)


def make_private(folder: Path) -> None:
    """Take from others what they may do in a folder and with all in it.

    Raises OSError where that cannot be done, as when somebody else owns it.
    """
    for place, folders, files in os.walk(folder):  # which goes on where one is removed meanwhile
        for path in (Path(place, name) for name in ("", *folders, *files)):
            with suppress(FileNotFoundError):
                mode = path.stat().st_mode
                if mode & OTHERS:
                    path.chmod(mode & ~OTHERS & 0o7777)


class DurableStorage(FileSystemStorage):
    """Django's folder of media. What was saved is on the disk before a row can name it."""

    def _save(self, name: str, content: File[Any]) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # Django documents it
        path = Path(self.path(saved))
        sync(path)
        sync_names(path, Path(self.location))
        return saved

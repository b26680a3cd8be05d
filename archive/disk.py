"""What has to outlive a power cut: a disk keeps what it was asked to keep, and no more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


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


class DurableStorage(FileSystemStorage):
    """Django's folder of media. What was saved is on the disk before a row can name it."""

    def _save(self, name: str, content: File[Any]) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # Django documents it
        path = Path(self.path(saved))
        sync(path)
        sync_names(path, Path(self.location))
        return saved

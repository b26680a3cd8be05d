"""The files that records refer to: found inside the imported folder only, and kept by content."""

import filecmp
import hashlib
from pathlib import Path
from typing import NamedTuple

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.text import get_valid_filename

from archive.files import TYPES
from archive.importers.base import Entry, MediaItem, Record

FETCHED = "fetched/"
"""Where in the storage the files lie that no import brought, and that were fetched."""


class MediaFile(NamedTuple):
    """A media item with its file, if it has one that may be kept.

    `stored_name` is made of the file's content, so a file that is kept already is known by it.
    `problem` says why a file that was named is not kept.
    """

    item: MediaItem
    path: Path | None = None
    stored_name: str = ""
    problem: str = ""


def found_files(entry: Entry, record: Record) -> tuple[MediaFile, ...]:
    return tuple(_found(entry, item) for item in record.media)


def keep(files: tuple[MediaFile, ...]) -> None:
    """Copy into the archive's storage what it does not hold. What a fault left of a copy is made
    again, also where it has the right length.
    """
    for file in files:
        if file.path is not None:
            keep_as(file.stored_name, file.path)


def keep_as(name: str, path: Path) -> None:
    """Let the storage hold what is at `path` under `name`, which is made of its content."""
    if default_storage.exists(name):
        if filecmp.cmp(path, default_storage.path(name), shallow=False):
            return
        default_storage.delete(name)
    with path.open("rb") as stream:
        default_storage.save(name, File(stream))


def _found(entry: Entry, item: MediaItem) -> MediaFile:
    if not item.file:
        return MediaFile(item)
    if entry.folder is None or entry.root is None:
        return MediaFile(item, problem="files beside packed articles are not kept; unpack them")
    path = (entry.folder / item.file).resolve()
    if not path.is_relative_to(entry.root):
        return MediaFile(
            item, problem="media file leads out of the imported folder; it was not kept"
        )
    if not path.is_file():
        return MediaFile(item, problem=f"media file {item.file} is not there")
    if path.suffix.lower() not in TYPES:
        return MediaFile(item, problem=f"media files ending in {path.suffix} are not kept")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    name = get_valid_filename(path.name)[-100:]
    return MediaFile(item, path, f"imported/{digest[:2]}/{digest[2:20]}/{name}")

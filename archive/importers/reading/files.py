"""What lies under the paths of an import: files in a fixed order, so that a run can be resumed."""

import hashlib
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from archive.importers.reading.packing import HEAD, Counted
from archive.importers.storable import storable

STANDARD_INPUT = "-"
# What lies beside articles in an export and is none. What is named on its own is always read.
_COMPANION = re.compile(r"(readme|licen[cs]e|copying|notice|change(s|log))\b", re.IGNORECASE)


class PathError(Exception):
    """A path that cannot be read. The text says which and why."""


class File(NamedTuple):
    """One file on the disk, or the standard input.

    `name` is what an archivist calls it: the path as it was given, and the way from there; `path`
    is absolute. `root` is the folder that is imported. `stamp` differs once the file was changed.
    `is_named`: it was asked for itself, not found in a folder.
    """

    name: str
    path: Path
    root: Path
    size: int
    stamp: str
    is_named: bool
    is_stray_link: bool = False

    @property
    def place(self) -> str:
        """Its path as a text that any database keeps, another for each: a name may be no text."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")

    @property
    def is_standard_input(self) -> bool:
        return self.path == Path(STANDARD_INPUT)


def walk(paths: Sequence[str]) -> Iterator[File]:
    """The files under `paths`: path by path as given, folders in order of name, files before
    folders and people before articles. Hidden files are left out. Raises PathError."""
    for given in paths:
        path = Path(given)
        if given == STANDARD_INPUT:
            yield File("standard input", path, path, 0, "", is_named=True)
        elif path.is_dir():
            yield from _walk_folder(path, path.resolve())
        elif path.is_file():
            yield _file(path, path.resolve().parent, is_named=True)
        else:
            raise PathError(f"{given}: there is no such file or folder")


def _walk_folder(folder: Path, root: Path) -> Iterator[File]:
    try:
        children = sorted(folder.iterdir(), key=_reading_order)
    except OSError as error:
        raise PathError(f"{folder}: {error.strerror}") from error
    for child in children:
        if child.name.startswith((".", "__MACOSX")):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _walk_folder(child, root)
        elif child.is_file() or child.is_symlink():
            yield _file(child, root, is_named=False)


def _reading_order(path: Path) -> tuple[bool, bool, str]:
    """People first: an article that names somebody by an alias then finds whom it means."""
    return path.is_dir(), not path.name.startswith("people"), path.name


def _file(path: Path, root: Path, *, is_named: bool) -> File:
    absolute = path.absolute()
    resolved = path.resolve()
    if not is_named and not (resolved.is_relative_to(root) and resolved.is_file()):
        return File(storable(str(path)), absolute, root, 0, "link", is_named, is_stray_link=True)
    status = path.stat()
    stamp = f"{status.st_size}:{status.st_mtime_ns}"
    return File(storable(str(path)), absolute, root, status.st_size, stamp, is_named)


def is_companion(name: str) -> bool:
    return bool(_COMPANION.match(name.rpartition("/")[2]))


@contextmanager
def opened(file: File) -> Iterator[tuple[io.BufferedReader, Counted]]:
    """The bytes of `file`, and how many of them have been read so far."""
    if file.is_standard_input:
        counted = Counted(sys.stdin.buffer)
        yield io.BufferedReader(counted, HEAD), counted
        return
    with file.path.open("rb") as stream:
        counted = Counted(stream)
        yield io.BufferedReader(counted, HEAD), counted


class Trail:
    """Which files a run has come by, with their sizes and times, as one short text."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def pass_by(self, file: File) -> str:
        self._digest.update(os.fsencode(f"{file.path}\0{file.stamp}\n"))
        return self._digest.hexdigest()

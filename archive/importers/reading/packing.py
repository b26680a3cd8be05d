"""What is packed (.gz, .xz, .bz2, .zip, .tar.*), unpacked as a stream and never into the disk.

What a file is packed with is told from its first bytes. Nothing is ever written under a name that
an archive chose; links and devices in it are refused.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from archive.importers.base import Reject
from archive.importers.storable import storable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 65_536
DEEPEST = 3  # a .gz in a .tar in a .gz; deeper is somebody's joke
FREE = 256 * 1024 * 1024  # up to here anything may unpack to anything
RATIO = 200  # beyond it, to so many times its size; text packs to about a tenth

# What the libraries raise at damage; RuntimeError and NotImplementedError at passwords and unknown
# ways of packing.
BROKEN = (
    OSError, EOFError, RuntimeError, NotImplementedError,
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError,
)  # fmt: skip
_MAGIC = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz", b"PK\x03\x04": "zip"}
_UNPACKERS: dict[str, Callable[[IO[bytes]], io.BufferedIOBase]] = {
    "gz": lambda stream: gzip.GzipFile(fileobj=stream),
    "bz2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}


class TooLargeError(OSError):
    """Something unpacks to far more than any text would."""


class Unpacked(NamedTuple):
    name: str
    stream: io.BufferedReader[Any]


class Counted(io.RawIOBase):
    """The bytes of `source`, counted as they are read; it can be sought in if `source` can."""

    def __init__(self, source: IO[bytes] | io.BufferedIOBase) -> None:
        self.source = source
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self.source.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)

    def seekable(self) -> bool:
        return self.source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.source.seek(offset, whence)


class Bounded(Counted):
    """The same from front to end only, and TooLargeError once they are far more than what they were
    packed into: `packed()` bytes."""

    def __init__(self, source: IO[bytes] | io.BufferedIOBase, packed: Callable[[], int]) -> None:
        super().__init__(source)
        self.packed = packed

    def readinto(self, buffer: WriteableBuffer) -> int:
        read = super().readinto(buffer)
        if self.count > FREE and self.count > RATIO * self.packed():
            raise TooLargeError(
                f"it unpacks to more than {RATIO} times its size; nothing more is read"
            )
        return read

    def seekable(self) -> bool:
        return False


def unpacked(
    name: str, stream: io.BufferedReader[Any], packed: Callable[[], int], depth: int = 0
) -> Iterator[Unpacked | Reject]:
    """The plain files in `stream`, each to be read before the next is asked for.

    `packed()` says how many bytes have been read of what everything is packed in.
    """
    packing = _packing(stream.peek(512))
    if not packing:
        yield Unpacked(name, stream)
        return
    if depth > DEEPEST:
        yield Reject(name, 0, f"packed more than {DEEPEST} times over; unpack it first")
        return
    is_empty = True
    try:
        for one in _packed_in(packing, name, stream, packed, depth):
            is_empty = False
            yield one
    except BROKEN as error:
        yield Reject(name, 0, f"the packed file could not be read to its end: {error}")
        return
    if is_empty:  # a damaged zip may say so of itself
        yield Reject(name, 0, "no file is packed in it")


def _packed_in(
    packing: str,
    name: str,
    stream: io.BufferedReader[Any],
    packed: Callable[[], int],
    depth: int,
) -> Iterator[Unpacked | Reject]:
    if packing == "tar":
        return _tar_members(name, stream, packed, depth)
    if packing == "zip":
        return _zip_members(name, stream, depth)
    plain = Bounded(_UNPACKERS[packing](stream), packed)
    return unpacked(name, io.BufferedReader(plain, HEAD), packed, depth + 1)


def _packing(head: bytes) -> str:
    if head[257:262] == b"ustar":
        return "tar"
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")


def _tar_members(
    name: str, stream: IO[bytes], packed: Callable[[], int], depth: int
) -> Iterator[Unpacked | Reject]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            inside = f"{name}/{storable(member.name).removeprefix('./')}"
            if member.isdir():
                continue
            if problem := _unsafe(member.name, is_file=member.isreg()):
                yield Reject(inside, 0, problem)
            elif file := archive.extractfile(member):
                plain = io.BufferedReader(Bounded(file, packed), HEAD)
                yield from unpacked(inside, plain, packed, depth + 1)


def _zip_members(name: str, stream: IO[bytes], depth: int) -> Iterator[Unpacked | Reject]:
    with _seekable(stream) as seekable, zipfile.ZipFile(seekable) as archive:
        for member in archive.infolist():
            inside = f"{name}/{storable(member.filename)}"
            if member.is_dir():
                continue
            is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
            if problem := _unsafe(member.filename, is_file=not is_link):
                yield Reject(inside, 0, problem)
            else:
                yield from _zip_member(inside, archive, member, depth)


def _zip_member(
    inside: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int
) -> Iterator[Unpacked | Reject]:
    def packed() -> int:
        return member.compress_size

    try:
        with archive.open(member) as file:
            plain = io.BufferedReader(Bounded(file, packed), HEAD)
            yield from unpacked(inside, plain, packed, depth + 1)
    except BROKEN as error:
        yield Reject(inside, 0, f"it could not be unpacked: {error}")


def _unsafe(member: str, *, is_file: bool) -> str:
    if not is_file:
        return "a link or device inside a packed file is not followed"
    path = PurePosixPath(member.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return "its name leads out of the packed file"
    return ""


@contextmanager
def _seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A zip is read from its end: one that comes through a pipe is first kept beside, unnamed."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(stream, kept)
        yield kept

"""Named arrays in one file: written once, then mapped, so that reading copies nothing.

    8 bytes   MAGIC
    4 bytes   VERSION of what the arrays mean, u32
    4 bytes   length of the directory, u32
    n bytes   directory: JSON, name -> [dtype, shape, offset]
    arrays    little-endian, C order, each at a multiple of ALIGNMENT from the beginning of the file

All numbers are little-endian.
"""

import json
import mmap
import os
import struct
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.disk import private
from search.engines.whoosh.sums import Sums, map_checked, map_file

Array = npt.NDArray[Any]
Shape = tuple[int, ...]
Plan = Mapping[str, tuple[str, Shape]]
"""For each array its dtype, as numpy writes it (`<u4`, `|u1`), and its shape."""

MAGIC = b"backfile"
VERSION = 1
ALIGNMENT = 64  # bytes: a cache line, and more than any dtype asks for

_HEADER = struct.Struct("<8sII")


class NotOurArrays(ValueError):  # noqa: N818  a state of the file, not a mistake
    """The file is none of ours, of another version, or cut short. It was not read."""


class OtherVersion(NotOurArrays):
    """The file is ours, written by another version of this program."""


def create_arrays(path: Path, plan: Plan) -> dict[str, Array]:
    """Make a file with these arrays, all zero, and map it to be filled.

    What is assigned reaches the file by itself; `archive.disk.sync` makes it durable. The room
    on the disk is taken at once: OSError here, rather than a dead process later, where there is
    none.
    """
    directory, size = _placed(plan)
    written = json.dumps(directory).encode()
    with open(path, "xb+", opener=private) as file:
        os.posix_fallocate(file.fileno(), 0, size)
        file.write(_HEADER.pack(MAGIC, VERSION, len(written)) + written)
        file.flush()
        return _arrays(mmap.mmap(file.fileno(), size), directory)


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Make a file with these arrays."""
    plan = {
        name: (array.dtype.newbyteorder("<").str, array.shape) for name, array in arrays.items()
    }
    for name, target in create_arrays(path, plan).items():
        target[...] = arrays[name]


def open_arrays(path: Path, sums: Sums | None = None) -> dict[str, Array]:
    """The arrays of a file, read-only and mapped; the file may be deleted meanwhile.

    sums: what its bytes are to add up to; None for a file that this process itself has just made.
    Raises Damaged, NotOurArrays and OSError.
    """
    mapped = map_checked(path, sums) if sums else map_file(path)
    magic, version, length = _HEADER.unpack(_exactly(_HEADER.size, mapped, path))
    if magic != MAGIC:
        raise NotOurArrays(f"{path} has no arrays of ours.")
    if version != VERSION:
        raise OtherVersion(f"{path} has version {version}, and this program reads {VERSION}.")
    directory = json.loads(_exactly(length, mapped, path))
    if len(mapped) < _end_of(directory):
        raise NotOurArrays(f"{path} is cut short: {len(mapped)} bytes.")
    return _arrays(mapped, directory)


Directory = dict[str, tuple[str, Shape, int]]


def _placed(plan: Plan) -> tuple[Directory, int]:
    """Where each array goes, and the size of the file. Offsets have ten digits' worth of room in
    the directory, so that its own length does not depend on them.
    """
    room = _HEADER.size + len(json.dumps(plan)) + 24 * len(plan)
    directory: Directory = {}
    end = room
    for name, (dtype, shape) in plan.items():
        offset = -(-end // ALIGNMENT) * ALIGNMENT
        directory[name] = dtype, shape, offset
        end = offset + _bytes_of(dtype, shape)
    return directory, end


def _end_of(directory: Directory) -> int:
    return max((at + _bytes_of(dtype, shape) for dtype, shape, at in directory.values()), default=0)


def _bytes_of(dtype: str, shape: Shape) -> int:
    return np.dtype(dtype).itemsize * prod(shape)


def _arrays(mapped: mmap.mmap, directory: Directory) -> dict[str, Array]:
    return {
        name: np.frombuffer(mapped, dtype, prod(shape), offset).reshape(shape)
        for name, (dtype, shape, offset) in directory.items()
    }


def _exactly(length: int, mapped: mmap.mmap, path: Path) -> bytes:
    found = mapped.read(length)
    if len(found) < length:
        raise NotOurArrays(f"{path} is cut short.")
    return found

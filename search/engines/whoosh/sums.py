"""Checksums of a file, block by block: of a large file a few blocks can be checked by themselves.

CRC-32, which `zlib` computes at the speed of memory, in as many threads as there are processors. It
tells every accident (a block that is damaged passes once in four thousand million times) and no
forgery; arrays are never unpickled, so nothing is to be gained by forging one.
"""

import mmap
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

BLOCK = 4 << 20
"""Bytes; the last block of a file is shorter. A millisecond each."""


class Damaged(ValueError):  # noqa: N818  a state of the file, not a mistake
    """A file is not what was written. The message names it and tells what is wrong."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The size of a file in bytes and the CRC-32 of each of its blocks."""

    size: int
    blocks: tuple[int, ...]


def sums_of(path: Path) -> Sums:
    """Raises OSError."""
    size = path.stat().st_size
    return Sums(size, block_sums(map_file(path))) if size else Sums(0, ())


def block_sums(mapped: mmap.mmap) -> tuple[int, ...]:
    """One file is summed by several threads: `zlib` lets the others run meanwhile."""
    with memoryview(mapped) as data:
        blocks = [data[at : at + BLOCK] for at in range(0, len(data), BLOCK)]
        if len(blocks) == 1:
            return (zlib.crc32(blocks[0]),)
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return tuple(threads.map(zlib.crc32, blocks))


def map_file(path: Path) -> mmap.mmap:
    """The file in memory, read-only, shared by all who read it and kept when it is deleted.

    Raises OSError, and Damaged where it is empty.
    """
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:  # which cannot be mapped
            raise Damaged(f"{path} is empty.")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def map_checked(path: Path, sums: Sums) -> mmap.mmap:
    """As `map_file`, after every byte was checked. Raises Damaged and OSError."""
    mapped = map_file(path)
    if len(mapped) != sums.size:
        raise Damaged(f"{path} has {len(mapped)} bytes and was written with {sums.size}.")
    found = block_sums(mapped)
    for number, (is_now, was) in enumerate(zip(found, sums.blocks, strict=True)):
        if is_now != was:
            raise Damaged(f"{path} was changed between its bytes {span_of(number, sums)}.")
    return mapped


def span_of(block: int, sums: Sums) -> str:
    return f"{block * BLOCK} and {min((block + 1) * BLOCK, sums.size)}"


def check_block(path: Path, sums: Sums, block: int) -> int:
    """Read a block of the file and check it; returns its size. Raises Damaged and OSError."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(block * BLOCK)
        data = file.read(BLOCK)
    if size != sums.size:
        raise Damaged(f"{path} has {size} bytes and was written with {sums.size}.")
    if zlib.crc32(data) != sums.blocks[block]:
        raise Damaged(f"{path} was changed between its bytes {span_of(block, sums)}.")
    return len(data)

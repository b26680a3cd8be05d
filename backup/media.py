"""The files of a backup. What has not changed since the last one is linked, not copied again.

Never linked to the archive's own files: damage to one of these must not reach its copy.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from backup.files import copy

Progress = Callable[[int], None]
"""Told the bytes of each file that is dealt with."""


class Kept(NamedTuple):
    """A file as it was copied: its path below media/, bytes, nanoseconds, SHA-256."""

    path: str
    size: int
    mtime: int
    sha256: str


class Found(NamedTuple):
    path: str
    size: int
    mtime: int


def walk(folder: Path, below: str = "") -> Iterator[Found]:
    """Each file in the folder, in the order of the parts of its path. No links are followed.

    What goes away meanwhile is left out.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(folder / entry.name, f"{below}{entry.name}/")
        elif entry.is_file(follow_symlinks=False):
            try:
                stat = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            yield Found(below + entry.name, stat.st_size, stat.st_mtime_ns)


def kept_in(backup: Path) -> Iterator[Kept]:
    """What a backup lists, in the same order."""
    with (backup / "media.jsonl").open(encoding="ascii") as lines:
        for line in lines:
            yield Kept(*json.loads(line))


def beside_earlier(
    found: Iterator[Found], earlier: Iterator[Kept]
) -> Iterator[tuple[Found, Kept | None]]:
    """Each file with its like in an earlier backup, if it has not changed since.

    Both in the same order, so neither is ever whole in memory.
    """
    old = next(earlier, None)
    for file in found:
        while old and old.path.split("/") < file.path.split("/"):
            old = next(earlier, None)
        yield file, (old if old and old[:3] == file else None)


def new_bytes(media: Path, earlier: Path | None) -> int:
    """How many have to be copied."""
    pairs = beside_earlier(walk(media), kept_in(earlier) if earlier else iter(()))
    return sum(file.size for file, old in pairs if not old)


def take_media(
    media: Path, backup: Path, earlier: Path | None, progress: Progress
) -> Iterator[Kept]:
    """Take each file into the backup, and say what was taken."""
    (backup / "media").mkdir()
    known = kept_in(earlier) if earlier else iter(())
    for file, old in beside_earlier(walk(media), known):
        target = backup / "media" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if earlier and old and linked(earlier / "media" / file.path, target):
            yield old
        else:
            try:
                size, sha256 = copy(media / file.path, target)
            except FileNotFoundError:  # it went away; the database is asked about that at the end
                continue
            yield Kept(file.path, size, file.mtime, sha256)
        progress(file.size)


def linked(old: Path, new: Path) -> bool:
    """One file under both names, where the disk can do that."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True

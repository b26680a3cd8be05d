"""A file system in memory which knows what a disk would have kept if the power went now.

The strictest reading of POSIX: nothing survives that was not synced.

- fsync or fdatasync of a file keeps its contents and its length, and not its name.
- fsync of a folder keeps what was created, renamed or removed in it until then, and nothing of the
  contents of these files.
- Without them, contents are what they were at the last sync (at first: nothing), and names too.

A real disk keeps some of the rest, in an order of its own. `survivors` takes a function that says,
for each list of what was not synced, which of it survives all the same: writes by themselves, and
changes of names by themselves. A rename within a folder is one change: it happens or does not. One
from folder to folder is two, as if the file were linked there and unlinked here.
"""

import errno
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

Keep = Callable[[list[Any]], list[Any]]


@dataclass(eq=False)
class File:
    """synced: what is on the disk; since: what was written after that. A change of length is a
    write of nothing there."""

    id: int
    mode: int
    mtime: int = 0
    data: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    since: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(eq=False)
class Folder:
    """since: the changes of names after the last sync, each to be done to a folder's names."""

    id: int
    mode: int
    mtime: int = 0
    names: "Names" = field(default_factory=dict)
    synced: "Names" = field(default_factory=dict)
    since: "list[Callable[[Names], None]]" = field(default_factory=list)
    size: int = 4096


Names = dict[str, File | Folder]


class PowerCut(BaseException):
    """There is no power from this moment on."""


class LosingFiles:
    """Begins with what is in a real folder, all of it synced.

    cut: before which change of anything the power goes, counted from 1; 0: not at all.
    """

    def __init__(self, source: Path, cut: int = 0) -> None:
        self._ids = count(1)
        self._nodes: dict[int, File | Folder] = {}
        self.root = self._load(source)
        self.changes, self._cut = 0, cut

    def node(self, id: int) -> File | Folder:
        return self._nodes[id]

    def find(self, folder: Folder, name: str) -> File | Folder:
        if name not in folder.names:
            raise FileNotFoundError(errno.ENOENT, name)
        return folder.names[name]

    def names(self, folder: Folder) -> list[tuple[str, File | Folder]]:
        return list(folder.names.items())

    def make(self, folder: Folder, name: str, mode: int) -> File | Folder:
        if name in folder.names:
            raise FileExistsError(errno.EEXIST, name)
        node = self._new(mode)
        self._alter(folder, lambda names: names.update({name: node}))
        return node

    def remove(self, folder: Folder, name: str) -> None:
        node = self.find(folder, name)
        if isinstance(node, Folder) and node.names:
            raise OSError(errno.ENOTEMPTY, name)

        def gone(names: Names) -> None:
            names.pop(name, None)

        self._alter(folder, gone)

    def rename(self, folder: Folder, old: str, target: Folder, new: str) -> None:
        node = self.find(folder, old)

        def renamed(names: Names) -> None:
            if folder is not target or names.pop(old, None):
                names[new] = node

        self._alter(target, renamed)
        if folder is not target:
            self._alter(folder, lambda names: names.pop(old, None) and None)

    def read(self, file: File, offset: int, size: int) -> bytes:
        return bytes(file.data[offset : offset + size])

    def write(self, file: File, offset: int, data: bytes) -> None:
        self._count(file)
        written(file.data, offset, data)
        file.since.append((offset, data))

    def resize(self, file: File, size: int) -> None:
        self._count(file)
        resized(file.data, size)
        file.since.append((size, b""))

    def sync(self, node: File | Folder) -> None:
        self._count(node)
        if isinstance(node, File):
            node.synced = bytes(node.data)
        else:
            node.synced = dict(node.names)
        node.since.clear()

    def survivors(self, target: Path, keep: Keep) -> None:
        """Write to a real folder what a power cut would leave now."""
        kept(self.root, target, keep)

    def _alter(self, folder: Folder, change: Callable[[Names], None]) -> None:
        self._count(folder)
        change(folder.names)
        folder.since.append(change)

    def _count(self, node: File | Folder) -> None:
        self.changes += 1
        if self.changes == self._cut:
            raise PowerCut
        node.mtime = time.time_ns()

    def _new(self, mode: int) -> File | Folder:
        kind = Folder if stat.S_ISDIR(mode) else File
        node = kind(next(self._ids), mode, time.time_ns())
        self._nodes[node.id] = node
        return node

    def _load(self, path: Path) -> File | Folder:
        found = path.stat()
        node = self._new(found.st_mode)
        node.mtime = found.st_mtime_ns
        if isinstance(node, File):
            node.synced = path.read_bytes()
            node.data = bytearray(node.synced)
        else:
            node.names = {each.name: self._load(each) for each in sorted(path.iterdir())}
            node.synced = dict(node.names)
        return node


def kept(node: File | Folder, path: Path, keep: Keep) -> None:
    if isinstance(node, Folder):
        path.mkdir(exist_ok=True)
        names = dict(node.synced)
        for change in keep(node.since):
            change(names)
        for name, each in names.items():
            kept(each, path / name, keep)
        return
    data = bytearray(node.synced)
    for offset, piece in keep(node.since):
        written(data, offset, piece) if piece else resized(data, offset)
    path.write_bytes(data)
    path.chmod(stat.S_IMODE(node.mode))


def written(data: bytearray, offset: int, piece: bytes) -> None:
    if offset > len(data):
        resized(data, offset)
    data[offset : offset + len(piece)] = piece


def resized(data: bytearray, size: int) -> None:
    del data[size:]
    data.extend(bytes(size - len(data)))

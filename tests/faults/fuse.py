"""The kernel's FUSE protocol, as much of it as an archive needs: requests are read from /dev/fuse
and answered there. No library: mount(2) and fifteen kinds of message.

The numbers and layouts are those of <linux/fuse.h>, protocol 7.31.
"""

import errno
import os
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from tests.faults.mounts import mount

MAX_WRITE = 128 * 1024
HEADER = struct.Struct("<IIQQIIIHH")  # length, opcode, unique, node, uid, gid, pid, …
REPLY = struct.Struct("<IiQ")  # length, -errno, unique
ATTRIBUTES = struct.Struct("<QQQQQQIIIIIIIIII")
ENTRY = struct.Struct("<QQQQII")  # node, generation, how long name and attributes stay valid
OPENED = struct.Struct("<QII")
ROOT = 1
LONG = 3600  # seconds the kernel may remember: nobody but it changes anything
NO_REPLY = {2, 36, 42}  # FORGET, INTERRUPT, BATCH_FORGET
SIZE_IS_SET = 8  # of SETATTR
EXCHANGE_OR_WHITEOUT = 2 | 4  # of RENAME2


class Node(Protocol):
    """A file or a folder. mode: as in stat(2), with the type. mtime: nanoseconds."""

    id: int
    mode: int
    mtime: int

    @property
    def size(self) -> int: ...


class Files(Protocol):
    """What a file system does, by nodes and names. Anything may raise OSError with an errno."""

    def node(self, id: int) -> Any: ...
    def find(self, folder: Any, name: str) -> Any: ...
    def names(self, folder: Any) -> list[tuple[str, Any]]: ...
    def make(self, folder: Any, name: str, mode: int) -> Any: ...
    def remove(self, folder: Any, name: str) -> None: ...
    def rename(self, folder: Any, old: str, target: Any, new: str) -> None: ...
    def read(self, file: Any, offset: int, size: int) -> bytes: ...
    def write(self, file: Any, offset: int, data: bytes) -> None: ...
    def resize(self, file: Any, size: int) -> None: ...
    def sync(self, node: Any) -> None: ...


def mounted(folder: Path) -> int:
    """Mount on the folder; the descriptor to `serve` from. Whoever waits for an answer gets an
    error when the last copy of it is closed. Raises OSError.
    """
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other"
    mount("backfile", folder, "fuse", options=options)
    return device


def serve(device: int, files: Files) -> None:
    """Answer until it is unmounted."""
    server = Server(files)
    while True:
        try:
            request = os.read(device, MAX_WRITE + 4096)
            if answer := server.reply(request):
                os.write(device, answer)
        except OSError as error:
            if error.errno == errno.ENODEV:
                return
            # Whoever asked was killed meanwhile.
            if error.errno not in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
                raise


class Server:
    """From messages to a file system and back."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._answers: dict[int, Callable[[Any, bytes], bytes]] = {
            1: self.look_up,
            3: lambda node, _: self._attributes(node),
            4: self.set_attributes,
            9: self.mkdir,
            10: self.remove,
            11: self.remove,
            12: lambda folder, body: self.rename(folder, body, header=8),
            14: self.open,
            15: self.read,
            16: self.write,
            17: lambda node, _: struct.pack("<QQQQQIIII24x", 9, 9, 9, 9, 9, 4096, 255, 4096, 0),
            18: lambda node, _: b"",
            20: self.sync,
            26: self.init,
            27: self.open,
            28: self.read_names,
            29: lambda node, _: b"",
            30: self.sync,
            35: self.create,
            43: self.allocate,
            45: lambda folder, body: self.rename(folder, body, header=16),
        }

    def reply(self, request: bytes) -> bytes:
        """The whole message to send back; empty where none is waited for."""
        _length, opcode, unique, id, *_ = HEADER.unpack_from(request)
        if opcode in NO_REPLY:
            return b""
        status, answer = 0, b""
        try:
            answer = self.answer(opcode, id, request[HEADER.size :])
        except OSError as error:
            status = -(error.errno or errno.EIO)
        return REPLY.pack(REPLY.size + len(answer), status, unique) + answer

    def answer(self, opcode: int, id: int, body: bytes) -> bytes:
        if opcode not in self._answers:
            raise OSError(errno.ENOSYS, "the kernel does without")
        return self._answers[opcode](self._files.node(id or ROOT), body)

    def init(self, _: Any, body: bytes) -> bytes:
        major, _minor, ahead, _flags = struct.unpack_from("<IIII", body)
        big_writes, many_pages = 1 << 5, 1 << 22
        flags = big_writes | many_pages
        return struct.pack(
            "<IIIIHHIIHHI28x", major, 31, ahead, flags, 16, 12, MAX_WRITE, 1, MAX_WRITE >> 12, 0, 0
        )

    def look_up(self, folder: Any, body: bytes) -> bytes:
        return self._entry(self._files.find(folder, _names(body)[0]))

    def set_attributes(self, node: Any, body: bytes) -> bytes:
        valid, _, _, size = struct.unpack_from("<IIQQ", body)
        if valid & SIZE_IS_SET:
            self._files.resize(node, size)
        if valid & 1:
            node.mode = stat.S_IFMT(node.mode) | struct.unpack_from("<I", body, 68)[0] & 0o7777
        return self._attributes(node)

    def mkdir(self, folder: Any, body: bytes) -> bytes:
        mode, umask = struct.unpack_from("<II", body)
        mode = stat.S_IFDIR | mode & ~umask & 0o7777
        return self._entry(self._files.make(folder, _names(body[8:])[0], mode))

    def create(self, folder: Any, body: bytes) -> bytes:
        _flags, mode, umask, _ = struct.unpack_from("<IIII", body)
        mode = stat.S_IFREG | mode & ~umask & 0o7777
        return self._entry(self._files.make(folder, _names(body[16:])[0], mode)) + OPENED.pack(
            0, 0, 0
        )

    def open(self, node: Any, body: bytes) -> bytes:
        return OPENED.pack(0, 2, 0)  # FOPEN_KEEP_CACHE: nobody else writes

    def remove(self, folder: Any, body: bytes) -> bytes:
        self._files.remove(folder, _names(body)[0])
        return b""

    def rename(self, folder: Any, body: bytes, header: int) -> bytes:
        target, flags = struct.unpack_from("<QI", body.ljust(16))
        if header == 16 and flags & EXCHANGE_OR_WHITEOUT:
            raise OSError(errno.EINVAL, "not here")
        old, new = _names(body[header:])[:2]
        self._files.rename(folder, old, self._files.node(target), new)
        return b""

    def read(self, file: Any, body: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", body)
        return self._files.read(file, offset, size)

    def write(self, file: Any, body: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", body)
        self._files.write(file, offset, body[40 : 40 + size])
        return struct.pack("<II", size, 0)

    def sync(self, node: Any, body: bytes) -> bytes:
        self._files.sync(node)
        return b""

    def allocate(self, file: Any, body: bytes) -> bytes:
        _, offset, length = struct.unpack_from("<QQQ", body)
        if offset + length > file.size:
            self._files.resize(file, offset + length)
        return b""

    def read_names(self, folder: Any, body: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", body)
        answer = b""
        for place, (name, node) in enumerate(self._files.names(folder)[offset:], offset + 1):
            written = name.encode()
            entry = struct.pack("<QQII", node.id, place, len(written), node.mode >> 12) + written
            entry += b"\0" * (-len(entry) % 8)
            if len(answer) + len(entry) > size:
                break
            answer += entry
        return answer

    def _entry(self, node: Any) -> bytes:
        return ENTRY.pack(node.id, 0, LONG, LONG, 0, 0) + _packed(node)

    def _attributes(self, node: Any) -> bytes:
        return struct.pack("<QII", LONG, 0, 0) + _packed(node)


def _packed(node: Node) -> bytes:
    seconds, nanoseconds = divmod(node.mtime, 10**9)
    times = (seconds,) * 3 + (nanoseconds,) * 3
    blocks = -(-node.size // 512)
    return ATTRIBUTES.pack(node.id, node.size, blocks, *times, node.mode, 1, 0, 0, 0, 4096, 0)


def _names(body: bytes) -> list[str]:
    return [name.decode() for name in body.split(b"\0")]

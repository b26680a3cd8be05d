"""mount(2) and umount2(2), which root may call, in a container only if it was given the right."""

import ctypes
import os
from pathlib import Path

READ_ONLY, REMOUNT, BIND = 1, 32, 4096
DETACH = 2


def mount(what: str, folder: Path, kind: str, flags: int = 0, options: str = "") -> None:
    """Raises OSError."""
    _called("mount", what.encode(), os.fsencode(folder), kind.encode(), flags, options.encode())


def unmount(folder: Path) -> None:
    """At once; who has files open there keeps them. Raises OSError."""
    _called("umount2", os.fsencode(folder), DETACH)


def _called(name: str, *arguments: bytes | int) -> None:
    """A function of the C library which returns 0 or sets errno."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")

"""Files that survive a power cut and that nobody else can read."""

import os
from contextlib import suppress
from pathlib import Path

from archive.disk import sync

OTHERS = 0o077
"""What a file or folder may allow others: nothing of this."""


def write_durably(path: Path, content: bytes) -> None:
    """Replace the file at once: readers, also after a power cut, see all old or all new."""
    beside = path.with_name(f"{path.name}.new")
    with open(beside, "wb", opener=private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def private(path: str, flags: int) -> int:
    """An `opener` for `open`: a new file is ours alone."""
    return os.open(path, flags, 0o600)


def make_private(folder: Path) -> None:
    """Take from others what they may do in a folder and with all in it.

    Raises OSError where that cannot be done, as when somebody else owns it.
    """
    for place, folders, files in os.walk(folder):  # which goes on where one is removed meanwhile
        for path in (Path(place, name) for name in ("", *folders, *files)):
            with suppress(FileNotFoundError):
                mode = path.stat().st_mode
                if mode & OTHERS:
                    path.chmod(mode & ~OTHERS & 0o7777)

"""Files that survive a power cut. Whoosh itself never asks the disk to keep anything."""

import mmap
import os
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import StructFile


def sync(path: Path) -> None:
    """Return when the file's contents, or the folder's list of names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str) -> None:
    """Replace the file at once: readers, also after a power cut, see all old or all new."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    sync(beside)
    beside.replace(path)
    sync(path.parent)


class DurableStorage(FileStorage):
    """A folder of index files in which nothing is named before it is on the disk.

    Whoosh commits by renaming a table of contents into place. Before the rename every file made
    since the last one is synced, the table of contents among them; after it the folder is. Only
    then does Whoosh delete what the new table no longer names.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._folder = folder
        self._unsynced: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:
        self._unsynced.add(name)
        return super().create_file(name, *args, **kwargs)

    def path_for(self, name: str) -> Path:
        """Where to make a new file that is not written through Whoosh. It is synced as well."""
        self._unsynced.add(name)
        return self._folder / name

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Where a writer puts aside what it collects. Nothing: our segments come ready-made, and to
        remove a folder, after so many syncs, takes longer than to write a small segment.
        """
        return RamStorage()

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """The file mapped into memory: shared by all who read it, and kept when it is deleted."""
        with (self._folder / name).open("rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0  # which cannot be mapped
            mapped = BytesIO() if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return StructFile(mapped, name=name, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in sorted(self._unsynced):
            if self.file_exists(name):
                sync(self._folder / name)
        self._unsynced.clear()
        super().rename_file(oldname, newname, safe=safe)
        sync(self._folder)

"""What Whoosh sees of a shelf's folder: the last commit that is signed, and nothing else.

    MANIFEST           the last commit, `manifest` says how
    MAIN_….arrays      its segments
    MAIN_WRITELOCK     Whoosh's own lock

Whoosh commits by making a table of contents and renaming it into place. Here that becomes a
manifest: every file that it names is synced before, its own bytes too, then it takes the place of
the last one, then the folder is synced. Only then is removed what it does not name: what was
merged, and what those have left behind who died.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC
from whoosh.util.filelock import LockBase

from archive.disk import sync, write_durably
from search.engines.whoosh.manifest import Manifest, read_manifest
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.sums import sums_of

INDEX = "MAIN"
"""What Whoosh calls the index of a folder."""

ARRAYS = ".arrays"
"""The extension of the only file of a segment: `segment.make_filename(ARRAYS)`."""

MANIFEST = "MANIFEST"


class DurableStorage(FileStorage):
    """One writer at a time; readers ask for `manifest` alone."""

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(str(folder))
        self.path = folder
        self._key = key
        self._place = f"{folder.parent.name}/{folder.name}"
        self._made = RamStorage()  # the tables of contents that are being written

    def manifest(self) -> Manifest:
        """The last commit. Raises Unsigned and OSError."""
        return read_manifest((self.path / MANIFEST).read_bytes(), self._key, self._place)

    def path_for(self, name: str) -> Path:
        """Where to make a file that the next commit is to name."""
        return self.path / name

    # What Whoosh asks

    def list(self) -> list[str]:
        try:
            return [self.manifest().table_name]
        except FileNotFoundError:  # before the first commit
            return []

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        manifest = self.manifest()
        if name != manifest.table_name:
            raise FileNotFoundError(f"{name} is not of the last commit.")
        return StructFile(BytesIO(manifest.table), name=name, **kwargs)

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:
        return self._made.create_file(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Commit. Raises OSError, and nothing has changed then."""
        self._made.rename_file(oldname, newname)
        try:
            self._commit(newname)
        finally:
            self._made.clean()

    def _commit(self, table_name: str) -> None:
        table = TOC.read(self._made, INDEX, schema=SCHEMA)
        known = self.manifest().segments if self.list() else {}
        names = [segment.make_filename(ARRAYS) for segment in table.segments]
        for name in names:
            if name not in known:
                sync(self.path / name)
        manifest = Manifest(
            place=self._place,
            commit=table.generation,
            table_name=table_name,
            table=self._made.files[table_name],
            segments={name: known.get(name) or sums_of(self.path / name) for name in names},
        )
        write_durably(self.path / MANIFEST, manifest.signed(self._key))
        self._remove_all_but({MANIFEST, f"{INDEX}_WRITELOCK", *names})

    def remove_unnamed(self) -> None:
        """Remove what the last commit does not name, so that no power cut brings it back.

        A writer who was killed behind its commit has left it. Raises Unsigned and OSError.
        """
        self._remove_all_but({MANIFEST, f"{INDEX}_WRITELOCK", *self.manifest().segments})
        sync(self.path)

    def _remove_all_but(self, names: set[str]) -> None:
        for path in self.path.iterdir():
            if path.name not in names:
                path.unlink(missing_ok=True)

    def lock(self, name: str) -> LockBase:
        (self.path / name).touch(0o600)  # Whoosh would let others read it
        return super().lock(name)

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Where a writer puts aside what it collects. Nothing: our segments come ready-made, and to
        remove a folder, after so many syncs, takes longer than to write a small segment.
        """
        return RamStorage()


def segments_in(manifest: Manifest) -> list[Any]:
    """The segments of a commit, unpickled: whoever made the manifest has signed them.

    Raises IndexVersionError where another version of Whoosh wrote them.
    """
    signed = RamStorage()
    signed.files[manifest.table_name] = manifest.table
    return list(TOC.read(signed, INDEX, schema=SCHEMA).segments)

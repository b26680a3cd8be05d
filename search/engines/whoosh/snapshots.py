"""The latest snapshot of a shelf, for all threads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from whoosh.index import TOC, FileIndex, IndexVersionError

from search.engines.base import IndexOutdated, IndexUnavailable
from search.engines.whoosh.arrays import OtherVersion
from search.engines.whoosh.codec import ARRAYS, Segment
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Part, Snapshot
from search.engines.whoosh.watched import Watched


class Snapshots:
    """Opens each commit of an index once, and of it only the segments that are new."""

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._folder = Path(index.storage.folder)
        self._lock = threading.Lock()
        self._latest = Watched(self._folder, self._read)
        self._opened: tuple[int, Snapshot] | None = None
        self._segments: dict[str, SegmentArrays] = {}

    def latest(self) -> Snapshot:
        """The last commit. Raises IndexUnavailable."""
        try:
            return self._latest.get()
        except Exception as cause:
            raise untrusted(self._folder, cause) from cause

    def _read(self) -> Snapshot:
        with self._lock:
            generation = self._index.latest_generation()
            if not self._opened or self._opened[0] != generation:
                self._opened = self._open()
            return self._opened[1]

    def _open(self) -> tuple[int, Snapshot]:
        try:
            return self._open_once()
        except FileNotFoundError:
            # A merge removed a file between our reading the table of contents and opening the
            # file; the next table of contents names files that are there.
            return self._open_once()

    def _open_once(self) -> tuple[int, Snapshot]:
        toc = TOC.read(self._index.storage, self._index.indexname, schema=SCHEMA)
        parts = {segment.segment_id(): self.part_of(segment) for segment in toc.segments}
        self._segments = {id: part.arrays for id, part in parts.items()}
        return toc.generation, Snapshot(list(parts.values()))

    def part_of(self, segment: Segment) -> Part:
        """A segment, opened unless the latest snapshot has it, and what is deleted from it.

        Raises NotOurArrays and OSError.
        """
        arrays = self._segments.get(segment.segment_id())
        if arrays is None:
            arrays = SegmentArrays.open(self._folder / segment.make_filename(ARRAYS))
        deleted = np.fromiter(segment.deleted_docs(), np.uint32, segment.deleted_count())
        return Part(arrays, np.sort(deleted))


@contextmanager
def trusting(folder: Path) -> Iterator[None]:
    """Raise `untrusted` where reading an index fails."""
    try:
        yield
    except Exception as cause:
        raise untrusted(folder, cause) from cause


def untrusted(folder: Path, cause: Exception) -> IndexUnavailable:
    """IndexUnavailable, and IndexOutdated where another version wrote the index.

    There are no checksums: damage can surface anywhere and as any exception.
    """
    another = isinstance(cause, OtherVersion | IndexVersionError)
    return (IndexOutdated if another else IndexUnavailable)(
        f"The search index in {folder} cannot be read ({cause!r}). It was left as it is; "
        "`python manage.py rebuild_index` makes a new one."
    )

"""A shelf as it is read: snapshots of its last commit, lent to one thread at a time."""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex
from whoosh.reading import EmptyReader, MultiReader, SegmentReader
from whoosh.searching import Searcher

from search.engines.base import IndexUnavailable
from search.engines.whoosh.columns import Columns, Mask, SegmentColumns, read_segment
from search.engines.whoosh.execute import WEIGHTING
from search.engines.whoosh.schema import SCHEMA

Commit = tuple[int, int]
"""A process and the number of a commit. A searcher must not be used on both sides of a fork."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The shelf as one commit left it. Later merges do not disturb it: its files are open."""

    searcher: Any
    columns: Columns
    commit: Commit


class Snapshots:
    """Lends snapshots of an index. Whoosh's searchers are not thread-safe, so each thread borrows
    one; as many are kept as were ever lent at once, and none that is older than the last commit.
    """

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._commit: Commit | None = None
        self._idle: list[Snapshot] = []
        self._segments: dict[str, SegmentColumns] = {}
        self._columns: tuple[int, Columns] | None = None

    @contextmanager
    def latest(self) -> Iterator[Snapshot]:
        """A snapshot of the last commit. Raises IndexUnavailable, also while it is being read."""
        with trusting(self._index.storage.folder):
            snapshot = self._borrow()
            try:
                yield snapshot
            finally:
                self._give_back(snapshot)

    def _borrow(self) -> Snapshot:
        commit = (os.getpid(), self._index.latest_generation())
        with self._lock:
            if commit != self._commit:
                self._commit = commit
                self._close_idle()
            return self._idle.pop() if self._idle else self._open()

    def _give_back(self, snapshot: Snapshot) -> None:
        with self._lock:
            if snapshot.commit == self._commit:
                self._idle.append(snapshot)
            else:
                snapshot.searcher.close()

    def _close_idle(self) -> None:
        for snapshot in self._idle:
            snapshot.searcher.close()
        self._idle.clear()

    def _open(self) -> Snapshot:
        try:
            return self._open_once()
        except FileNotFoundError:
            # A merge removed a file between our reading the table of contents and opening the
            # file; the next table of contents names files that are there.
            return self._open_once()

    def _open_once(self) -> Snapshot:
        toc = TOC.read(self._index.storage, self._index.indexname, schema=SCHEMA)
        with ExitStack() as opened:
            readers = []
            for segment in toc.segments:
                if segment.doc_count_all():  # merging deleted documents leaves one with nothing
                    reader = SegmentReader(self._index.storage, SCHEMA, segment)
                    opened.callback(reader.close)
                    open_files(reader)
                    readers.append(reader)
            searcher = Searcher(
                MultiReader(readers) if readers else EmptyReader(SCHEMA), weighting=WEIGHTING
            )
            columns = self._columns_of(readers, toc.generation)
            opened.pop_all()
        return Snapshot(searcher, columns, (os.getpid(), toc.generation))

    def _columns_of(self, readers: list[SegmentReader], generation: int) -> Columns:
        """Made once for all threads."""
        if self._columns is None or self._columns[0] != generation:
            self._segments = {
                name: self._segments.get(name) or read_segment(reader)
                for reader in readers
                for name in [reader.segment().segment_id()]
            }
            columns = Columns(list(self._segments.values()), live_mask(readers))
            self._columns = generation, columns
        return self._columns[1]


@contextmanager
def trusting(folder: str) -> Iterator[None]:
    """Raise IndexUnavailable, with the cause, where reading an index fails.

    Whoosh keeps pickles and no checksums: damage can surface anywhere and as any exception.
    """
    try:
        yield
    except Exception as cause:
        raise IndexUnavailable(
            f"The search index in {folder} cannot be read ({cause!r}). It was left as it is; "
            "`python manage.py rebuild_index` makes a new one."
        ) from cause


def open_files(reader: Any) -> None:
    """Open what Whoosh would open when first asked: a merge may have removed it by then."""
    for name, field in SCHEMA.items():
        if field.scorable:
            reader.doc_field_length(0, name)


def live_mask(readers: list[Any]) -> Mask:
    masks = [np.ones(reader.doc_count_all(), np.bool_) for reader in readers]
    for mask, reader in zip(masks, readers, strict=True):
        mask[list(reader.deleted_docs_set)] = False
    return np.concatenate([np.empty(0, np.bool_), *masks])

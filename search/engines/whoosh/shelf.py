"""One shelf: a Whoosh index in a folder of its own, and what is written to it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import FileIndex, LockError

from search.document import IndexDocument
from search.engines.base import EngineBusy
from search.engines.whoosh.codec import SegmentCodec
from search.engines.whoosh.durable import DurableStorage
from search.engines.whoosh.schema import SCHEMA, fields_of
from search.engines.whoosh.snapshots import Snapshot, Snapshots, trusting

WRITER_MEGABYTES = 256
"""Postings that a writer holds before it spills them to a file: about 6,500 articles of
a news agency. Spilling costs a third of the speed."""


class ShelfIndex:
    """Safe to share between threads. Writers take turns by `Store.writing`; Whoosh's own lock is
    the second bolt on that door.
    """

    def __init__(self, folder: Path) -> None:
        """Open what `create` made. Raises IndexUnavailable."""
        with trusting(str(folder)):
            self._index = FileIndex(DurableStorage(folder), SCHEMA)
        self._snapshots = Snapshots(self._index)

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index, and the folder for it."""
        folder.mkdir(parents=True)
        FileIndex.create(DurableStorage(folder), SCHEMA)

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """The shelf as it is now. Raises IndexUnavailable."""
        return self._snapshots.latest()

    def apply(self, leaving: Collection[int], entering: Collection[IndexDocument]) -> None:
        """Articles leave by id, then documents enter: one durable commit, all of it or nothing."""
        with self.snapshot() as snapshot:
            columns = snapshot.columns
            numbers = np.flatnonzero(columns.live & columns.holding(leaving)).tolist()
        if not numbers and not entering:
            return
        with self._writer() as writer:
            for number in numbers:
                writer.delete_document(number)
            add(writer, entering)

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        """Documents that are not in it yet enter in one durable commit, in bounded memory."""
        with self._writer() as writer:
            add(writer, documents)

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """A Whoosh writer, committed at the end. After any failure it is cancelled: a document that
        failed halfway leaves postings behind, which would land on the next one.
        """
        try:
            writer = self._index.writer(
                codec=SegmentCodec(), limitmb=WRITER_MEGABYTES, compound=False
            )
        except LockError as held:
            raise EngineBusy("Somebody writes to the index without `writing`.") from held
        try:
            yield writer
            writer.commit()
        except BaseException:
            if not writer.is_closed:  # a commit that fails closes it
                writer.cancel()
            raise


def add(writer: Any, documents: Iterable[IndexDocument]) -> None:
    for document in documents:
        writer.add_document(**fields_of(document))

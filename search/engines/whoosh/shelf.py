"""One shelf: a Whoosh index in a folder of its own, and what is written to it."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from whoosh.index import FileIndex, LockError
from whoosh.writing import SegmentWriter

from search.document import IndexDocument
from search.engines.base import EngineBusy
from search.engines.whoosh.build import Builder, build_segment
from search.engines.whoosh.codec import Segment, SegmentCodec
from search.engines.whoosh.merge_policy import cleared, merge_by_tiers
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.snapshots import Snapshots
from search.engines.whoosh.storage import ARRAYS, DurableStorage
from search.engines.whoosh.sums import Damaged, Sums, check_block
from search.engines.whoosh.trouble import trusting


class Block(NamedTuple):
    """A block of one of the files of a shelf."""

    shelf: "ShelfIndex"
    path: Path
    sums: Sums
    number: int


class ShelfIndex:
    """Safe to share between threads. Writers take turns by `Store.writing`; Whoosh's own lock is
    the second bolt on that door.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        """What `create` made. key: what commits are signed with."""
        self._storage = DurableStorage(folder, key)
        self._snapshots = Snapshots(self._storage)

    @staticmethod
    def create(folder: Path, key: bytes) -> None:
        """Make an empty index, and the folder for it."""
        folder.mkdir(mode=0o700)
        FileIndex.create(DurableStorage(folder, key), SCHEMA)

    def snapshot(self) -> Snapshot:
        """The shelf as it is now. Raises IndexUnavailable."""
        return self._snapshots.latest()

    def commits(self) -> int:
        """How many there were. Raises IndexUnavailable."""
        with trusting(self._storage.path):
            return self._storage.manifest().commit

    def blocks(self) -> list[Block]:
        """All of the last commit. Raises IndexUnavailable."""
        with trusting(self._storage.path):
            segments = self._storage.manifest().segments
        return [
            Block(self, self._storage.path_for(name), sums, number)
            for name, sums in segments.items()
            for number in range(len(sums.blocks))
        ]

    def check(self, block: Block) -> int:
        """Read a block again; returns its size, 0 where a merge has removed it meanwhile.

        Raises IndexUnavailable.
        """
        with trusting(self._storage.path):
            try:
                return check_block(block.path, block.sums, block.number)
            except FileNotFoundError:
                if block.path.name in self._storage.manifest().segments:
                    raise Damaged(f"{block.path} is missing.") from None
                return 0

    def apply(self, leaving: Collection[int], entering: Collection[IndexDocument]) -> None:
        """Articles leave by id, then documents enter: one durable commit, all of it or nothing."""
        numbers = numbers_of(self.snapshot(), leaving)
        if numbers or entering:
            self._commit(numbers, lambda path: build_segment(path, entering))

    def fill(self, builder: Builder) -> None:
        """What a builder has collected enters in one durable commit."""
        self._commit([], builder.finish)

    def purge(self) -> None:
        """Write anew what documents were deleted from, in one durable commit: no file has them,
        nor one that an earlier purge was to remove when it was killed.
        """
        if any(part.deleted.size for part in self.snapshot().parts):
            with self._writer() as writer:
                part_of = self._snapshots.part_of
                writer.commit(mergetype=lambda writer, old: cleared(writer, old, part_of))
        self._storage.remove_unnamed()

    def _commit(self, leaving: Collection[int], build: Callable[[Path], int]) -> None:
        """build: writes a new segment at a path and tells how many documents it has."""
        with self._writer() as writer:
            for number in leaving:
                writer.delete_document(number)
            new = writer.codec.new_segment(writer.storage, writer.indexname)
            new.set_doc_count(build(writer.storage.path_for(new.make_filename(ARRAYS))))
            writer.commit(mergetype=lambda writer, old: self._merged(writer, old, new))

    def _merged(self, writer: SegmentWriter, old: list[Segment], new: Segment) -> list[Segment]:
        """All segments of a commit. One without documents is none."""
        segments = [*old, new] if new.doc_count_all() else old
        return merge_by_tiers(writer, segments, self._snapshots.part_of)

    @contextmanager
    def _writer(self) -> Iterator[SegmentWriter]:
        """A Whoosh writer to be committed. After any failure it is cancelled, and that failure is
        what is raised, whatever the cancelling comes to.
        """
        try:
            index = FileIndex(self._storage, SCHEMA)
            writer = index.writer(codec=SegmentCodec(), compound=False)
        except LockError as held:
            raise EngineBusy("Somebody writes to the index without `writing`.") from held
        try:
            yield writer
        finally:
            if not writer.is_closed:  # a commit closes it, also most that fail
                with suppress(Exception):
                    writer.cancel()


def numbers_of(snapshot: Snapshot, ids: Collection[int]) -> list[int]:
    """The documents of these articles that are not deleted, in Whoosh's numbers: segments are
    numbered through, one behind the other.
    """
    numbers: list[int] = []
    first = 0
    for part in snapshot.parts:
        held = np.setdiff1d(part.arrays.holding(ids), part.deleted, assume_unique=True)
        numbers += (held + first).tolist()
        first += part.arrays.size
    return numbers

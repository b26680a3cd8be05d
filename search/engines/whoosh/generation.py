"""A generation: one complete index, with a shelf for the public and one for the desk."""

import random
from collections.abc import Iterable
from pathlib import Path

from archive.disk import sync, sync_names
from search.engines.base import Change, Position, Remains, Shelf
from search.engines.whoosh.build import Builder
from search.engines.whoosh.remains import remains
from search.engines.whoosh.shelf import ShelfIndex
from search.engines.whoosh.snapshot import Snapshot


class Generation:
    """Both shelves, in one folder."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """What `create` made. key: what its commits are signed with."""
        self.folder = folder
        self._shelves = {shelf: ShelfIndex(folder / shelf, key) for shelf in Shelf}

    @classmethod
    def create(cls, folder: Path, key: bytes) -> "Generation":
        """Make both shelves, empty and durable."""
        folder.mkdir(mode=0o700)
        for shelf in Shelf:
            ShelfIndex.create(folder / shelf, key)
        sync(folder)
        sync_names(folder, folder.parent)
        return cls(folder, key)

    @property
    def name(self) -> str:
        """No other generation, here or elsewhere, has the same."""
        return self.folder.name

    def snapshot(self, shelf: Shelf) -> Snapshot:
        """The shelf as it is now. Raises IndexUnavailable."""
        return self._shelves[shelf].snapshot()

    def position(self) -> Position:
        """As `Engine.position`."""
        return Position(self.name, sum(shelf.commits() for shelf in self._shelves.values()))

    def check_bytes(self, blocks: int | None) -> int:
        """As `Engine.check_bytes`."""
        found = [block for shelf in self._shelves.values() for block in shelf.blocks()]
        if blocks is not None:
            found = random.sample(found, min(blocks, len(found)))
        return sum(block.shelf.check(block) for block in found)

    def update(self, changes: Iterable[Change]) -> None:
        """As `Engine.update`. The last change of an article counts.

        The public shelf commits first: whatever fails after that, what was withdrawn is gone from
        it. A failure between the shelves is mended by doing it again.
        """
        last = {change.id: change for change in changes}
        for shelf in (Shelf.PUBLIC, Shelf.DESK):
            entering = [change.document for change in last.values() if change.shelf is shelf]
            self._shelves[shelf].apply(last.keys(), [document for document in entering if document])

    def remains(self) -> Remains:
        """As `Engine.remains`."""
        return remains(self.snapshot(Shelf.PUBLIC), self.snapshot(Shelf.DESK))

    def purge(self) -> None:
        """Write both shelves' files anew as far as they have documents that left."""
        for shelf in self._shelves.values():
            shelf.purge()

    def builder(self, shelf: Shelf) -> Builder:
        """To collect many new documents in, for `take`."""
        folder = self.folder / f"{shelf}-runs"
        folder.mkdir(mode=0o700, exist_ok=True)
        return Builder(folder)

    def take(self, shelf: Shelf, builder: Builder) -> None:
        """Commit what a builder has collected."""
        self._shelves[shelf].fill(builder)

"""The folder of the index: who writes, who rebuilds, and what becomes of what they leave.

    CURRENT                  the name of the live generation
    current.lock             held for the moment in which CURRENT is written
    write.lock               held by who writes
    rebuild.lock             held by who rebuilds, or makes the first generation
    g000002-5f3a9c1e/        a generation: one Whoosh index per shelf
      public/
      desk/
    aside-g000001-0b7c41d2/  one that could not be trusted when another took its place

The folder is closed to others. An index that cannot be trusted is left as it is and
`IndexUnavailable` says why; only a rebuild, beside it, puts things right.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.base import EngineError, IndexOutdated, IndexUnavailable, Ledger, Shelf
from search.engines.whoosh.generation import Generation
from search.engines.whoosh.generations import (
    generations,
    new_name,
    remove_all_but,
    remove_set_aside,
    set_aside_all_but,
)
from search.engines.whoosh.live import Live
from search.engines.whoosh.locks import is_locked, locked
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.trouble import trusting

REBUILD_WAIT = 1.0
"""Seconds: longer than `rebuilding` looks at the lock."""


class Store:
    """The generations in one folder. Safe to share between threads and processes."""

    def __init__(self, folder: Path, key: bytes, ledger: Ledger) -> None:
        self._folder = folder
        self._key = key
        self._live = Live(folder, key, ledger)

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """As `Engine.writing`."""
        self._make_folder()
        with locked(self._folder / "write.lock", wait):
            self._remove_leftovers()
            yield

    def rebuilding(self) -> bool:
        """As `Engine.rebuilding`."""
        self._make_folder()
        return is_locked(self._folder / "rebuild.lock")

    @contextmanager
    def reading(self, shelf: Shelf) -> Iterator[Snapshot]:
        """What the live generation has on a shelf. Raises IndexUnavailable, also where what is
        read makes no sense.
        """
        snapshot = self._live.ask(lambda live: live.snapshot(shelf))
        with trusting(self._folder):
            yield snapshot

    def check_bytes(self, blocks: int | None) -> int:
        """As `Engine.check_bytes`."""
        return self._live.ask(lambda live: live.check_bytes(blocks))

    def live(self) -> Generation:
        """The live generation; where there is none and none was lost, an empty one is made.

        Raises IndexUnavailable.
        """
        return self._live.generation()

    @contextmanager
    def next_generation(self) -> Iterator[Generation]:
        """A new, empty generation beside the live one; removed at the end if it is not live then.

        Raises EngineBusy. What dead rebuilds left behind is removed first.
        """
        with suppress(IndexUnavailable):
            self.live()  # in a new folder the first one: under the lock nobody can make it
        self._make_folder()
        with locked(self._folder / "rebuild.lock", REBUILD_WAIT):
            self._remove_all_but_live()
            generation = Generation.create(self._folder / new_name(self._folder), self._key)
            try:
                yield generation
            finally:
                if not self._is_live(generation):
                    shutil.rmtree(generation.folder)

    def switch(self, generation: Generation) -> None:
        """Make it live, durably and at once. What it takes the place of is removed, or set aside if
        it could not be trusted.

        Who still reads it has its files open and goes on reading them.
        """
        if self._is_doubtful():
            set_aside_all_but(generation.name, self._folder)
        self._live.put(generation)
        remove_all_but(generation.name, self._folder)

    def purge(self) -> None:
        """As `Engine.purge`. What was set aside goes too: it may hold what nobody is to have."""
        self.live().purge()
        self._remove_leftovers()
        remove_set_aside(self._folder)

    def _is_doubtful(self) -> bool:
        """May the live generation have been damaged?"""
        try:
            return not self._live.name() or not self._live.ask(can_be_read)
        except IndexOutdated:
            return False
        except IndexUnavailable:
            return True

    def _is_live(self, generation: Generation) -> bool:
        with suppress(IndexUnavailable):
            return self._live.name() == generation.name
        return False

    def _remove_leftovers(self) -> None:
        """What rebuilds have left behind that died. A rebuild that lives holds the lock."""
        if len(generations(self._folder)) > 1:
            with suppress(EngineError), locked(self._folder / "rebuild.lock", wait=0):
                self._remove_all_but_live()

    def _remove_all_but_live(self) -> None:
        """Nothing, where nobody knows what is live."""
        with suppress(IndexUnavailable):
            if live := self._live.name():
                remove_all_but(live, self._folder)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def can_be_read(generation: Generation) -> bool:
    """True, or it raises."""
    for shelf in Shelf:
        generation.snapshot(shelf)
    return True

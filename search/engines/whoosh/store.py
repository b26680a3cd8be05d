"""The folder of the index: which generation is live, who writes, what a rebuild leaves behind.

    CURRENT                  the layout and the name of the live generation
    current.lock             held for the moment in which CURRENT is written
    write.lock               held by who writes
    rebuild.lock             held by who rebuilds
    g000002-5f3a9c1e/        a generation: one Whoosh index per shelf
      public/
      desk/
    aside-g000001-0b7c41d2/  one that could not be trusted when another took its place

The folder is closed to others. An index that cannot be trusted is left as it is and
`IndexUnavailable` says why; only a rebuild, beside it, puts things right.
"""

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.base import EngineError, IndexOutdated, IndexUnavailable, Shelf
from search.engines.whoosh.current import Current, Live, Senseless
from search.engines.whoosh.durable import make_private
from search.engines.whoosh.generation import Generation
from search.engines.whoosh.generations import (
    generations,
    holds_articles,
    new_name,
    remove_all_but,
    remove_set_aside,
    set_aside,
)
from search.engines.whoosh.locks import is_locked, locked
from search.engines.whoosh.schema import LAYOUT
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.snapshots import untrusted
from search.engines.whoosh.sums import Damaged

CURRENT_WAIT = 20.0
"""Seconds: making an empty generation, on a very slow disk."""

REBUILD_WAIT = 1.0
"""Seconds: longer than `rebuilding` looks at the lock."""

logger = logging.getLogger(__name__)


class Store:
    """The generations in one folder. Safe to share between threads and processes."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._lock = threading.Lock()
        self._live: Generation | None = None
        self._damaged: dict[str, str] = {}  # also where CURRENT cannot be written
        self._current = Current(folder)

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
        read turns out to be damaged.
        """
        snapshot = self._snapshot(shelf)
        try:
            yield snapshot
        except Exception as cause:
            raise untrusted(self._folder, cause) from cause

    def _snapshot(self, shelf: Shelf) -> Snapshot:
        while True:
            live = self.live()
            try:
                return live.snapshot(shelf)
            except IndexUnavailable as trouble:
                # A switch may have removed the generation after we read its name. Then CURRENT
                # names another one now.
                if self._live_name().name == live.name:
                    self._distrust(live, trouble)
                    raise

    def live(self) -> Generation:
        """The live generation; in an empty folder a first, empty one is made.

        Raises IndexUnavailable.
        """
        layout, name, trouble = self._live_name()
        if layout != LAYOUT:
            raise IndexOutdated(self._said(f"has layout {layout}, and this version reads {LAYOUT}"))
        if trouble or name in self._damaged:
            raise self._unavailable(f"cannot be trusted ({trouble or self._damaged[name]})")
        live = self._live
        if live is None or live.name != name:
            with self._lock:
                live = self._live
                if live is None or live.name != name:
                    live = self._live = self._opened(name)
        return live

    def _opened(self, name: str) -> Generation:
        try:
            make_private(self._folder)
        except OSError as cause:
            raise self._unavailable(f"is open to others, and stays so ({cause!r})") from cause
        return Generation(self._folder / name, self._key)

    def _distrust(self, live: Generation, trouble: IndexUnavailable) -> None:
        """Have no process read what somebody has found damaged. What is only unreadable for now, or
        for us alone (another key, no permission), is not.
        """
        if not isinstance(trouble.__cause__, Damaged):
            return
        self._damaged[live.name] = reason = str(trouble.__cause__)
        logger.error("The search index is set aside until a rebuild: %s", reason)
        try:
            with locked(self._folder / "current.lock", CURRENT_WAIT):
                if self._current.get() == Live(LAYOUT, live.name):
                    self._current.put(Live(LAYOUT, live.name, reason))
        except (OSError, EngineError):
            logger.exception("Other processes could not be told.")

    @contextmanager
    def next_generation(self) -> Iterator[Generation]:
        """A new, empty generation beside the live one; removed at the end if it is not live then.

        Raises EngineBusy. What dead rebuilds left behind is removed first.
        """
        self._make_folder()
        with locked(self._folder / "rebuild.lock", REBUILD_WAIT):
            with suppress(IndexUnavailable):  # then nobody knows what is live: all of it is kept
                remove_all_but(self._live_name().name, self._folder)
            generation = Generation.create(self._folder / new_name(self._folder), self._key)
            try:
                yield generation
            finally:
                if not self._is_live(generation):
                    shutil.rmtree(generation.folder)

    def switch(self, generation: Generation) -> None:
        """Make it live, durably and at once. Another one is removed, or set aside unless it can be
        trusted.

        Who still reads one of these has its files open and goes on reading them.
        """
        doubtful = [path for path in generations(self._folder) if self._is_doubtful(path.name)]
        for path in doubtful:
            if path != generation.folder:
                set_aside(path)
        self._make_live(generation)
        remove_all_but(generation.name, self._folder)

    def purge(self) -> None:
        """As `Engine.purge`. What was set aside goes too: it may hold what nobody is to have."""
        self.live().purge()
        self._remove_leftovers()
        remove_set_aside(self._folder)

    def _is_doubtful(self, name: str) -> bool:
        """Is this generation to be kept when another one takes its place?"""
        try:
            if self._live_name().name != name:
                return False
            for shelf in Shelf:
                self._snapshot(shelf)
        except IndexOutdated:
            return False
        except IndexUnavailable:
            return True
        return False

    def _live_name(self) -> Live:
        try:
            try:
                return self._current.get()
            except FileNotFoundError:
                self._create_first()
                return self._current.get()
        except (OSError, Senseless) as cause:
            raise self._unavailable(f"cannot be read ({cause!r})") from cause

    def _create_first(self) -> None:
        """Several readers and writers may come to an empty folder at once: one makes it, once."""
        self._make_folder()
        with locked(self._folder / "current.lock", CURRENT_WAIT):
            if (self._folder / "CURRENT").exists():
                return
            leftovers = generations(self._folder)
            if any(holds_articles(folder) for folder in leftovers):
                raise self._unavailable("has lost its file CURRENT")
            for folder in leftovers:  # of somebody who died doing this
                shutil.rmtree(folder)
            first = Generation.create(self._folder / new_name(self._folder), self._key)
            self._current.put(Live(LAYOUT, first.name))

    def _make_live(self, generation: Generation) -> None:
        with locked(self._folder / "current.lock", CURRENT_WAIT):
            self._current.put(Live(LAYOUT, generation.name))
        with self._lock:
            self._live = generation

    def _is_live(self, generation: Generation) -> bool:
        with suppress(IndexUnavailable):
            return self._live_name().name == generation.name
        return False

    def _remove_leftovers(self) -> None:
        """What rebuilds have left behind that died. A rebuild that lives holds the lock."""
        if len(generations(self._folder)) > 1:
            with suppress(EngineError), locked(self._folder / "rebuild.lock", wait=0):
                remove_all_but(self._live_name().name, self._folder)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _unavailable(self, what: str) -> IndexUnavailable:
        return IndexUnavailable(self._said(what))

    def _said(self, what: str) -> str:
        return (
            f"The search index in {self._folder} {what}. It was left as it is; "
            "`python manage.py rebuild_index` makes a new one."
        )

"""The folder of the index: which generation is live, who writes, what a rebuild leaves behind.

    CURRENT        the layout and the name of the live generation
    write.lock     held by who writes
    rebuild.lock   held by who rebuilds
    create.lock    held for the moment in which the first, empty generation is made
    g000001/       a generation: one Whoosh index per shelf
      public/
      desk/

Whoosh keeps pickles: nobody but the service may write here, so the folder is closed to others. An
index that cannot be trusted is left as it is and `IndexUnavailable` says so; only a rebuild, beside
it, puts things right.
"""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from search.engines.base import EngineBusy, IndexOutdated, IndexUnavailable, Shelf
from search.engines.whoosh.durable import write_durably
from search.engines.whoosh.generation import Generation
from search.engines.whoosh.locks import is_locked, locked
from search.engines.whoosh.schema import LAYOUT
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.snapshots import untrusted
from search.engines.whoosh.watched import Watched

CREATE_WAIT = 20.0
"""Seconds: making an empty generation, on a very slow disk."""

REBUILD_WAIT = 1.0
"""Seconds: longer than `rebuilding` looks at the lock."""

_CURRENT = re.compile(r"(?P<layout>\d+) (?P<name>g\d{6})\n")


class Store:
    """The generations in one folder. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._live: Generation | None = None
        self._watched = Watched(folder / "CURRENT", self._read_current)

    def writing(self, wait: float) -> AbstractContextManager[None]:
        """As `Engine.writing`."""
        self._make_folder()
        return locked(self._folder / "write.lock", wait)

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
        try:
            return self.live().snapshot(shelf)
        except IndexUnavailable:
            # A switch may have removed the generation after we read its name. Then CURRENT
            # names another one now; otherwise the same fails again.
            return self.live().snapshot(shelf)

    def live(self) -> Generation:
        """The live generation; in an empty folder a first, empty one is made.

        Raises IndexUnavailable.
        """
        layout, name = self._current()
        if layout != LAYOUT:
            raise IndexOutdated(self._said(f"has layout {layout}, and this version reads {LAYOUT}"))
        live = self._live
        if live is None or live.folder.name != name:
            with self._lock:
                live = self._live
                if live is None or live.folder.name != name:
                    live = self._live = Generation(self._folder / name)
        return live

    @contextmanager
    def next_generation(self) -> Iterator[Generation]:
        """A new, empty generation beside the live one; removed at the end if it is not live then.

        Raises EngineBusy. What dead rebuilds left behind is removed first.
        """
        self._make_folder()
        with locked(self._folder / "rebuild.lock", REBUILD_WAIT):
            with suppress(IndexUnavailable):  # then nobody knows what is live: all of it is kept
                self._remove_all_but(self._current()[1])
            number = max((int(folder.name[1:]) for folder in self._generations()), default=0) + 1
            generation = Generation.create(self._folder / f"g{number:06}")
            try:
                yield generation
            finally:
                if not self._is_live(generation):
                    shutil.rmtree(generation.folder)

    def switch(self, generation: Generation) -> None:
        """Make it live, durably and at once, and remove the others.

        Who still reads one of these has its files open and goes on reading them.
        """
        self._write_current(generation)
        with self._lock:
            self._live = generation
        self._remove_all_but(generation.folder.name)

    def purge(self) -> None:
        """As `Engine.purge`."""
        live = self.live()
        live.purge()
        with suppress(EngineBusy), locked(self._folder / "rebuild.lock", 0):
            self._remove_all_but(live.folder.name)

    def _current(self) -> tuple[int, str]:
        """The layout and the name of the live generation."""
        try:
            try:
                return self._watched.get()
            except FileNotFoundError:
                self._create_first()
                return self._watched.get()
        except (OSError, UnicodeDecodeError) as cause:
            raise self._unavailable(f"cannot be read ({cause!r})") from cause

    def _read_current(self) -> tuple[int, str]:
        text = (self._folder / "CURRENT").read_text(encoding="ascii")
        if not (found := _CURRENT.fullmatch(text)):
            raise self._unavailable("has a file CURRENT that makes no sense")
        return int(found["layout"]), found["name"]

    def _create_first(self) -> None:
        """Several readers and writers may come to an empty folder at once: one makes it, once."""
        self._make_folder()
        with locked(self._folder / "create.lock", CREATE_WAIT):
            if (self._folder / "CURRENT").exists():
                return
            leftovers = self._generations()
            if any(holds_articles(folder) for folder in leftovers):
                raise self._unavailable("has lost its file CURRENT")
            for folder in leftovers:  # of somebody who died doing this
                shutil.rmtree(folder)
            self._write_current(Generation.create(self._folder / "g000001"))

    def _write_current(self, generation: Generation) -> None:
        write_durably(self._folder / "CURRENT", f"{LAYOUT} {generation.folder.name}\n")

    def _is_live(self, generation: Generation) -> bool:
        with suppress(IndexUnavailable):
            return self._current()[1] == generation.folder.name
        return False

    def _generations(self) -> list[Path]:
        return sorted(self._folder.glob("g" + "[0-9]" * 6))

    def _remove_all_but(self, name: str) -> None:
        for folder in self._generations():
            if folder.name != name:
                shutil.rmtree(folder)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _unavailable(self, what: str) -> IndexUnavailable:
        return IndexUnavailable(self._said(what))

    def _said(self, what: str) -> str:
        return (
            f"The search index in {self._folder} {what}. It was left as it is; "
            "`python manage.py rebuild_index` makes a new one."
        )


def holds_articles(generation: Path) -> bool:
    """Was anything ever written to it? Whoosh names the files of its segments like this."""
    return any(generation.glob("*/MAIN_*.*"))

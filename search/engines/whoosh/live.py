"""The live generation: found by CURRENT, read only if nothing is known against it.

Where there is none, and none can have been lost, an empty one is begun.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path
from time import monotonic
from typing import NoReturn, TypeVar

from archive.disk import make_private
from search.engines.base import (
    EngineBusy,
    EngineError,
    IndexOutdated,
    IndexUnavailable,
    Ledger,
)
from search.engines.whoosh.current import Current, Entry, Senseless
from search.engines.whoosh.generation import Generation
from search.engines.whoosh.generations import new_name, set_aside_all_but
from search.engines.whoosh.locks import locked
from search.engines.whoosh.schema import LAYOUT
from search.engines.whoosh.sums import Damaged
from search.engines.whoosh.trouble import said

BEGIN_WAIT = 5.0
"""Seconds for somebody else who makes the first generation, on a slow disk."""

REMEMBERED = 5.0
"""Seconds in which what the ledger said against a generation is not asked again."""

LOST = "is gone, and the database has articles that it held"
STRANGE = "belongs to another database, or to an earlier hour of this one"

NOWHERE = Entry(LAYOUT, "")
"""No generation is live."""

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Live:
    """Safe to share between threads and processes."""

    def __init__(self, folder: Path, key: bytes, ledger: Ledger) -> None:
        self._folder = folder
        self._key = key
        self._ledger = ledger
        self._current = Current(folder)
        self._lock = threading.Lock()
        self._opened: Generation | None = None
        self._refused: dict[str, tuple[float, str]] = {}  # by name: until when, and why

    def name(self) -> str:
        """What CURRENT says; "" where there is none. Raises IndexUnavailable."""
        return self._entry().name

    def ask(self, question: Callable[[Generation], Answer]) -> Answer:
        """What the live generation says. Raises IndexUnavailable; damage that the question brings
        to light is made known to all.
        """
        while True:
            name = self.name()
            try:
                return question(self.generation())
            except IndexUnavailable as trouble:
                # A switch may have removed the generation after we read its name. Then CURRENT
                # names another one now.
                if self.name() == name:
                    self._note(name, trouble.__cause__)
                    raise

    def generation(self) -> Generation:
        """Raises IndexUnavailable."""
        entry = self._entry()
        if entry.layout != LAYOUT:
            what = f"has layout {entry.layout}, and this version reads {LAYOUT}"
            raise IndexOutdated(said(self._folder, what))
        if entry.damage:
            raise self._unavailable(f"is damaged: {entry.damage}")
        until, why = self._refused.get(entry.name, (0.0, ""))
        if monotonic() < until:
            raise self._unavailable(why)
        opened = self._opened
        return opened if opened and opened.name == entry.name else self._admitted(entry.name)

    def put(self, generation: Generation) -> None:
        """Make it live, durably and at once."""
        self._ledger.add(generation.position())
        self._current.put(Entry(LAYOUT, generation.name))
        self._ledger.keep_only(generation.name)
        self._opened = generation

    def _admitted(self, name: str) -> Generation:
        """The generation, unless the database knows better; "" for none."""
        self._make_private()
        generation = Generation(self._folder / name, self._key)
        if not name or not self._is_known(generation):
            if not self._ledger.is_new():
                self._refuse(name, STRANGE if name else LOST)
            self._begin(name)
            return self.generation()
        with self._lock:
            if not self._opened or self._opened.name != name:
                self._opened = generation
            return self._opened

    def _is_known(self, generation: Generation) -> bool:
        """A commit between our looks at the index and at the database only makes it look older."""
        position = generation.position()
        while not self._ledger.knows(position):
            before, position = position, generation.position()
            if position == before:
                return False
        return True

    def _begin(self, stranger: str) -> None:
        """An empty generation, for a database that has nothing in any index, instead of what is no
        index of its own. Several may come at once: one makes it, once.
        """
        try:
            with locked(self._folder / "rebuild.lock", BEGIN_WAIT):
                if self.name() == stranger:
                    set_aside_all_but("", self._folder)
                    self.put(Generation.create(self._folder / new_name(self._folder), self._key))
        except (OSError, EngineBusy) as cause:
            raise self._unavailable(f"could not be begun ({cause})") from cause

    def _make_private(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_private(self._folder)
        except OSError as cause:
            raise self._unavailable(f"cannot be made, or closed to others ({cause})") from cause

    def _refuse(self, name: str, why: str) -> NoReturn:
        self._refused[name] = monotonic() + REMEMBERED, why
        raise self._unavailable(why)

    def _note(self, name: str, cause: BaseException | None) -> None:
        """Have no process read what is damaged. What is only unreadable for now, or for us alone
        (another key, no permission), is not noted.
        """
        if not isinstance(cause, Damaged):
            return
        self._refused[name] = inf, f"is damaged: {cause}"  # also where CURRENT cannot be written
        logger.error("The search index is out of use until a rebuild: %s", cause)
        try:
            self._current.add_damage(name, str(cause))
        except (OSError, Senseless, EngineError):
            logger.exception("Other processes could not be told.")

    def _entry(self) -> Entry:
        try:
            with suppress(FileNotFoundError):
                return self._current.get()
        except (OSError, Senseless) as cause:
            raise self._unavailable(f"cannot be read ({cause})") from cause
        return NOWHERE

    def _unavailable(self, what: str) -> IndexUnavailable:
        return IndexUnavailable(said(self._folder, what))

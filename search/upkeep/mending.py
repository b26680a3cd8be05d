"""An index that cannot be trusted is made anew, without anybody's asking.

By the worker where there is one; else by a process that a request starts and does not wait for. If
that fails it is tried again, ever less often.
"""

import logging
import time

from search import outbox
from search.engines import get_engine
from search.engines.base import IndexUnavailable, Shelf
from search.request import SearchRequest
from search.upkeep import background
from search.upkeep.notes import remembered

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 6 * 3600.0
"""Seconds between the beginnings of two tries. Each pause is four times as long as the last."""

FORGOTTEN = 24 * 3600.0
"""Seconds after which a try counts no more."""

logger = logging.getLogger(__name__)


def mend_soon(trouble: IndexUnavailable) -> None:
    """Have a new index made, as soon as one is due. Never raises, and waits for nobody."""
    logger.warning("The search index could not be used: %s", trouble)
    try:
        if not outbox.is_inline():
            ask(str(trouble))
        elif not get_engine().rebuilding() and take_turn():
            logger.error("A new search index is made, because: %s", trouble)
            background.start("rebuild_index")
    except Exception:
        logger.exception("No new search index could be begun. Run: manage.py rebuild_index")


def ask(why: str) -> None:
    """Tell the worker, who may not see for itself that an index is damaged. Raises OSError."""
    with remembered("rebuild") as notes:
        if "asked" not in notes and is_time(notes):
            notes["asked"] = why


def trouble() -> str:
    """Why the index cannot be used, as far as anybody knows; "" where it can. Raises OSError."""
    try:
        for shelf in Shelf:
            get_engine().search(SearchRequest(limit=0, facets=()), shelf=shelf)
    except IndexUnavailable as found:
        return str(found)
    with remembered("rebuild") as notes:
        return str(notes.get("asked", ""))


def take_turn() -> bool:
    """Is it time to try a rebuild? Then it is the caller's turn, and nobody else's for a while.

    Raises OSError.
    """
    with remembered("rebuild") as notes:
        if not is_time(notes):
            return False
        tries = notes.get("tries", 0) if since(notes) < FORGOTTEN else 0
        notes |= {"tried": time.time(), "tries": tries + 1}
        notes.pop("asked", None)
        return True


def made() -> None:
    """A new index is live: whoever still had trouble with the old one has no cause for another."""
    with remembered("rebuild") as notes:
        notes.pop("asked", None)
        notes |= {"tried": time.time(), "tries": notes.get("tries") or 1}


def is_time(notes: dict[str, float]) -> bool:
    return not 0 <= since(notes) < pause(int(notes.get("tries", 0)))


def since(notes: dict[str, float]) -> float:
    """Seconds since the last try. Less than none if the clock was put back: then nobody knows."""
    return time.time() - notes.get("tried", 0.0)


def pause(tries: int) -> float:
    """Seconds to wait after so many tries."""
    return min(FIRST_PAUSE * 4.0 ** (tries - 1), LONGEST_PAUSE) if tries else 0.0

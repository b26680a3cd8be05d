"""What was withdrawn, deleted or edited leaves the files of the index, too.

A document that leaves an index is only marked in it, until its segment is written anew. What is
gone is purged within REST, unless purges take so long that they would take more than one part in
SHARE of the time: then they wait for that. Earlier texts of what is there still go along, once a
DAY at least.

By the worker where there is one; else by a process that a search starts and does not wait for.
"""

import logging
import time

from search.engines import get_engine
from search.engines.base import IndexUnavailable, Remains
from search.upkeep import background
from search.upkeep.notes import remembered

REST = 60.0
SHARE = 20
DAY = 24 * 3600.0

LOOKS_APART = 10.0
"""Seconds between two looks of one process at what remains: of many documents it takes a while."""

logger = logging.getLogger(__name__)


class Looks:
    """When this process looks again. Two threads that come at once may both look."""

    def __init__(self) -> None:
        self._next = 0.0

    def is_time(self) -> bool:
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + LOOKS_APART
        return True


looks = Looks()


def purge_soon() -> None:
    """Have a purge begun where one is due. Never raises, and waits for nobody."""
    if not looks.is_time():
        return
    try:
        if take_turn():
            background.start("purge_index")
    except IndexUnavailable:
        return  # the search that asks for this will say so
    except Exception:
        logger.exception("What left the index could not be purged. Run: manage.py purge_index")


def take_turn() -> bool:
    """Is a purge due? Then it is the caller's turn, and nobody else's for REST.

    Raises IndexUnavailable and OSError.
    """
    remains = get_engine().remains()
    if not any(remains):
        return False
    with remembered("purge") as notes:
        if not is_due(remains, time.time() - notes.get("ended", 0.0), notes.get("took", 0.0)):
            return False
        notes["ended"] = time.time()
        return True


def is_due(remains: Remains, since: float, took: float) -> bool:
    """since: seconds since the last purge; less than none if the clock was put back. took: seconds
    that it took."""
    if remains.gone:
        return not 0 <= since < max(REST, SHARE * took)
    return remains.replaced > 0 and not 0 <= since < DAY


def purge(wait: float) -> Remains:
    """Purge now what remains, and return what that was.

    Raises EngineBusy if another writer is not done after `wait` seconds, IndexUnavailable, OSError.
    """
    engine = get_engine()
    with engine.writing(wait):
        began, remains = time.time(), engine.remains()
        engine.purge()
    with remembered("purge") as notes:
        notes |= {"ended": time.time(), "took": max(time.time() - began, 0.0)}
    logger.info("Purged the index: %d articles gone, %d replaced.", remains.gone, remains.replaced)
    return remains

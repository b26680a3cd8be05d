"""A new index from the database alone, beside the live one, which serves until the switch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from archive.models import Article
from search import outbox
from search.engines import get_engine
from search.engines.base import Change, EngineError, Rebuild, Shelf
from search.models import IndexChange
from search.noted import finish, noted, noted_since
from search.reading import Names
from search.shelving import HOUSE_PROBLEMS, article_ids, changes_of, update
from search.upkeep import mending

CHUNK = 2000
SWITCH_WAIT = 600.0  # seconds: what was built for hours is not thrown away over a busy writer

Progress = Callable[[int, int], None]
Refused = dict[int, Exception]
Ids = npt.NDArray[np.int64]


class RebuildError(EngineError):
    """The new index is not what it should be; the live one was left as it is."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new index is made of, in articles."""

    indexed: int
    set_aside: int


def rebuild(progress: Progress | None = None, chunk: int = CHUNK) -> Rebuilt:
    """Make a new generation of all articles and switch to it. progress: (articles done, in all).

    Changes made meanwhile reach the live index as ever, and the new one before the switch. If this
    ends in any other way, the live index is what it was. Raises EngineBusy where a rebuild is
    going on, RebuildError, and what the engine raises.
    """
    engine = get_engine()
    with engine.rebuild() as new:
        forget_the_replayed()  # of a rebuild that died: its rows say nothing to this one
        outbox.note_due()
        rows = noted()  # what these tell of is read now, not replayed
        fill(new, progress or ignore, chunk)
        # Most is replayed while the live index still follows; under the lock, only what came since.
        rows, changed = noted_since(rows)
        refused = replay(new, changed, {}, chunk)
        with engine.writing(SWITCH_WAIT):
            outbox.note_due()
            rows, changed = noted_since(rows)
            refused = replay(new, changed, refused, chunk)
            indexed = check(new)
            new.switch()
            finish(rows, refused)
    mending.made()
    return Rebuilt(indexed, len(refused))


def fill(new: Rebuild, progress: Progress, chunk: int) -> None:
    """Add every article, `chunk` of them in memory at a time.

    Bad ones are noted, so that the replay meets them again and sets them aside. If not a single
    article goes in, the engine is to blame and its own failure is raised.
    """
    done, total, names = 0, Article.objects.count(), Names()
    progress(done, total)
    for ids in article_ids(chunk):
        try:
            add(new, ids, names)
        except HOUSE_PROBLEMS:
            raise
        except Exception:
            refused = update(new, ids)
            if not done and len(refused) == len(ids):
                raise
            outbox.note(list(refused))
        done += len(ids)
        progress(done, max(done, total))


def add(new: Rebuild, ids: list[int], names: Names) -> None:
    changes = changes_of(ids, names)
    for shelf in Shelf:
        documents = [change.document for change in changes if change.shelf is shelf]
        new.add(shelf, [document for document in documents if document])


def replay(new: Rebuild, ids: list[int], refused: Refused, chunk: int) -> Refused:
    """Bring the new generation to what these articles are now.

    refused: those that it did not take before. Returns those that it does not take now.
    """
    again = set(ids)
    refused = {id: error for id, error in refused.items() if id not in again}
    for start in range(0, len(ids), chunk):
        refused |= update(new, ids[start : start + chunk])
    # Also where there are none: what the engine has put off until now keeps nobody waiting yet.
    new.update([Change(id) for id in refused])
    return refused


def check(new: Rebuild) -> int:
    """How many articles the new generation holds. Raises RebuildError unless that is each, once.

    What is in the outbox does not count: it may have changed since it was replayed.
    """
    there = array_of(id for shelf in Shelf for id, _ in new.contents(shelf))
    held, times = np.unique(there, return_counts=True)
    existing = ids_in(Article.objects.values_list("pk", flat=True))
    wrong = np.union1d(np.setxor1d(held, existing, assume_unique=True), held[times > 1])
    if wrong.size:
        wrong = np.setdiff1d(
            wrong, ids_in(IndexChange.objects.values_list("article_id", flat=True))
        )
    if wrong.size:
        raise RebuildError(
            f"The new index was to hold each article once, and does not for {wrong.size}, "
            f"among them {wrong[0]}. The live index was left as it is."
        )
    return len(held)


def ids_in(found: QuerySet[Any, int]) -> Ids:
    return array_of(found.order_by().iterator(10_000))


def array_of(ids: Iterable[int]) -> Ids:
    return np.fromiter(ids, np.int64)


def forget_the_replayed() -> None:
    IndexChange.objects.filter(applied=True).delete()


def ignore(done: int, total: int) -> None:
    """Tell nobody how far it is."""

"""A new index from the database alone, beside the live one, which serves until the switch."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.models import Article
from search import outbox
from search.engines import get_engine
from search.engines.base import Change, EngineError, Rebuild, Shelf
from search.models import IndexChange
from search.shelving import HOUSE_PROBLEMS, article_ids, by_article, changes_of, update

CHUNK = 2000
SWITCH_WAIT = 600.0  # seconds: what was built for hours is not thrown away over a busy writer

Progress = Callable[[int, int], None]
Refused = dict[int, Exception]


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
        fill(new, progress or ignore, chunk)
        # Most is replayed while the live index still follows; under the lock, only what came since.
        seen = outbox.rows_of(IndexChange.objects.all())
        refused = replay(new, list(seen), {}, chunk)
        with engine.writing(SWITCH_WAIT):
            outbox.note_due()
            rows = outbox.rows_of(IndexChange.objects.all())
            changed = [id for id, own in rows.items() if own != seen.get(id)]
            refused = replay(new, changed, refused, chunk)
            indexed = check(new)
            new.switch()
            outbox.settle(rows, refused, keep=False)
    return Rebuilt(indexed, len(refused))


def fill(new: Rebuild, progress: Progress, chunk: int) -> None:
    """Add every article, `chunk` of them in memory at a time.

    Bad ones are noted, so that the replay meets them again and sets them aside. If not a single
    article goes in, the engine is to blame and its own failure is raised.
    """
    done, total = 0, Article.objects.count()
    for ids in article_ids(chunk):
        try:
            add(new, ids)
        except HOUSE_PROBLEMS:
            raise
        except Exception:
            refused = update(new, ids)
            if not done and len(refused) == len(ids):
                raise
            outbox.note(list(refused))
        done += len(ids)
        progress(done, max(done, total))


def add(new: Rebuild, ids: list[int]) -> None:
    changes = changes_of(ids)
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
    if refused:
        new.update([Change(id) for id in refused])
    return refused


def check(new: Rebuild) -> int:
    """How many articles the new generation holds. Raises RebuildError unless that is each, once.

    What is in the outbox does not count: it may have changed since it was replayed.
    """
    shelves = heapq.merge(*(ids_of(new.contents(shelf)) for shelf in Shelf))
    existing = ((id, None) for ids in article_ids(10_000) for id in ids)
    held, wrong = 0, set[int]()
    for id, there, wanted in by_article(((id, None) for id in shelves), existing):
        held += bool(there)
        if there != wanted:
            wrong.add(id)
    wrong.difference_update(IndexChange.objects.values_list("article_id", flat=True))
    if wrong:
        raise RebuildError(
            f"The new index was to hold each article once, and does not for {len(wrong)}, "
            f"among them {min(wrong)}. The live index was left as it is."
        )
    return held


def ids_of(contents: Iterable[tuple[int, str]]) -> Iterator[int]:
    return (id for id, _ in contents)


def forget_the_replayed() -> None:
    IndexChange.objects.filter(applied=True).delete()


def ignore(done: int, total: int) -> None:
    """Tell nobody how far it is."""

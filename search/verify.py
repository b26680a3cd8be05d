"""Does the index say what the database says? Compared by id, shelf and content hash, and mended."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import groupby
from operator import itemgetter

from search import outbox
from search.engines import get_engine
from search.engines.base import Engine, Shelf
from search.models import IndexChange
from search.reading import Names
from search.shelving import article_ids, readable_changes

CHUNK = 1000

Held = tuple[Shelf, str]
"""Where an article stands and the hash of its document there."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Articles that the index has wrong: ids, ascending.

    missing: not in the index. phantom: in the index only. misplaced: on the wrong shelf, or on
    both. stale: with another content.
    """

    missing: tuple[int, ...] = ()
    phantom: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    misplaced: tuple[int, ...] = ()

    def ids(self) -> list[int]:
        return sorted(id for kind in astuple(self) for id in kind)


def verify(mend: bool = True) -> Differences:
    """Compare the index with the database, article by article, in flat memory.

    Returns what differed; with `mend` it does not any more, unless it was set aside. Without, the
    index is only read. What waits in the outbox is no difference. Raises EngineBusy and
    IndexUnavailable.
    """
    engine = get_engine()
    outbox.note_due()
    if mend:
        outbox.drain_all()
    suspects = compare(held(engine), wanted(article_ids(CHUNK))).ids()
    if not suspects:
        return Differences()
    with engine.writing(outbox.COMMAND_WAIT):
        differences = confirm(engine, suspects)
        if mend:
            outbox.note(differences.ids())
    if mend:
        outbox.drain_all()
    return differences


def confirm(engine: Engine, suspects: list[int]) -> Differences:
    """Which of these differ indeed? Some have only changed while they were compared.

    Call it under `Engine.writing`: what has changed since has a row in the outbox now.
    """
    suspected = set(suspects)
    there = (entry for entry in held(engine) if entry[0] in suspected)
    chunks = (suspects[at : at + CHUNK] for at in range(0, len(suspects), CHUNK))
    differences = compare(there, wanted(chunks))
    in_outbox = set(IndexChange.objects.filter(applied=False).values_list("article_id", flat=True))
    return Differences(
        *(tuple(id for id in kind if id not in in_outbox) for kind in astuple(differences))
    )


def compare(held: Iterable[tuple[int, Held]], wanted: Iterable[tuple[int, Held]]) -> Differences:
    """A merge join: both by ascending id, neither kept in memory."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for id, there, right in by_article(held, wanted):
        if there != right:
            found[kind_of(there, right)].append(id)
    return Differences(**{kind: tuple(ids) for kind, ids in found.items()})


def by_article(
    held: Iterable[tuple[int, Held]], wanted: Iterable[tuple[int, Held]]
) -> Iterator[tuple[int, list[Held], list[Held]]]:
    """Both sides' entries of each article that is on either; both come by ascending id."""
    left = ((id, 0, entry) for id, entry in held)
    right = ((id, 1, entry) for id, entry in wanted)
    for id, entries in groupby(heapq.merge(left, right, key=itemgetter(0)), key=itemgetter(0)):
        sides: tuple[list[Held], list[Held]] = ([], [])
        for _, side, entry in entries:
            sides[side].append(entry)
        yield id, *sides


def kind_of(there: list[Held], right: list[Held]) -> str:
    if not there:
        return "missing"
    if not right:
        return "phantom"
    same_place = [shelf for shelf, _ in there] == [shelf for shelf, _ in right]
    return "stale" if same_place else "misplaced"


def held(engine: Engine) -> Iterator[tuple[int, Held]]:
    """What the live index holds, by ascending id."""
    return heapq.merge(*(on_shelf(engine, shelf) for shelf in Shelf))


def on_shelf(engine: Engine, shelf: Shelf) -> Iterator[tuple[int, Held]]:
    return ((id, (shelf, content)) for id, content in engine.contents(shelf))


def wanted(chunks: Iterable[list[int]]) -> Iterator[tuple[int, Held]]:
    """What it should hold of the articles with these ids, by ascending id."""
    names = Names()
    for ids in chunks:
        for change in readable_changes(ids, names):
            if change.document and change.shelf:
                yield change.id, (change.shelf, change.document.hash())

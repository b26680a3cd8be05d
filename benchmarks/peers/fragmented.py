"""Backfile after twenty updates, with 5 % of what they brought deleted again."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.peers.backfile import WRITER_WAIT, Backfile, engine_in
from benchmarks.peers.base import Articles
from search.engines.base import Change, Shelf

UPDATES = 20
ONE_IN = 19
"""Articles of which one comes twice; its double is deleted: 1 in 20 of all."""

DOUBLE = 1_000_000_000
"""Added to an article's id for its double."""


class Fragmented(Backfile):
    """Holds what the compact index holds. The engine decides how many segments are left of it."""

    name = "fragmented"
    index = "fragmented"

    @classmethod
    def build(cls, folder: Path, documents: Articles) -> None:
        engine = engine_in(folder)
        doubles = []
        remaining = iter(documents)
        with engine.writing(WRITER_WAIT):
            while batch := list(islice(remaining, -(-len(documents) // UPDATES))):
                again = [replace(one, id=one.id + DOUBLE) for one in batch[::ONE_IN]]
                doubles += [one.id for one in again]
                engine.update(Change(one.id, one, Shelf.PUBLIC) for one in [*batch, *again])
            engine.update(map(Change, doubles))


ENGINE = Fragmented

"""How long an edit takes until a search can find it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

import numpy as np

from benchmarks.peers.backfile import WRITER_WAIT, engine_in
from benchmarks.queries import JOB
from search.document import IndexDocument
from search.engines.base import Change, Shelf
from search.engines.whoosh.engine import WhooshEngine
from search.language.parser import parse

WORD = "bxqzword"
"""Found in no article before."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Milliseconds, medians. visible: from the change to the answer that has it, a whole job.
    synced: those of them that a disk was waited for (fsync)."""

    visible: float
    synced: float


def edits(folder: Path, documents: Sequence[IndexDocument]) -> Edit:
    """Give one article after the other a new headline, in a copy of Backfile's index."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        engine = engine_in(Path(shutil.copytree(folder, Path(place) / "copy")))
        engine.search(JOB)
        with syncs() as waited, engine.writing(WRITER_WAIT):
            measured = [edit(engine, document, waited) for document in documents]
    visible, synced = np.median(np.array(measured), axis=0) * 1e3
    return Edit(float(visible), float(synced))


def edit(engine: WhooshEngine, document: IndexDocument, waited: list[float]) -> tuple[float, float]:
    """Seconds until it is visible, and those of them that were waited for the disk."""
    word = f"{WORD}{document.id}"
    changed = replace(document, headline=f"{document.headline} {word}")
    wanted = replace(JOB, query=parse(word))
    before, started = sum(waited), perf_counter()
    engine.update([Change(document.id, changed, Shelf.PUBLIC)])
    found = engine.search(wanted)
    seconds = perf_counter() - started
    if [match.id for match in found.matches] != [document.id]:
        raise RuntimeError(f"Article {document.id} was edited and is not found by its new word.")
    return seconds, sum(waited) - before


@contextmanager
def syncs() -> Iterator[list[float]]:
    """The seconds of every fsync, as they come."""
    seconds: list[float] = []
    fsync = os.fsync

    def timed(descriptor: int) -> None:
        started = perf_counter()
        fsync(descriptor)
        seconds.append(perf_counter() - started)

    with patch("os.fsync", timed):
        yield seconds

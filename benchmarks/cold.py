"""What is not warm costs: opening an index and the first use of everything in it."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

from benchmarks.peers import peer_class
from benchmarks.peers.base import Peer
from benchmarks.queries import JOB, Query

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Cold:
    """Milliseconds. opening: of an index, with the answer of a whole job for all articles.
    first: each query's first answer, the mean and what 95 % take at most. again: the same at once.
    """

    opening: float
    first: float
    first_p95: float
    again: float


def cold(name: str, folder: Path, queries: Sequence[Query], *, from_disk: bool) -> Cold:
    """Open an index in this process, which is to be a fresh one, and ask every query twice.

    from_disk: without what the operating system holds of its files in memory.
    """
    peer = peer_class(name)  # imports what it needs, which is not measured
    if from_disk:
        drop(folder)
    opening, opened = timed(lambda: with_all_articles(peer, folder))
    jobs = [opened.prepared(query.request) for query in queries]
    first, again = np.array([(timed(job)[0], timed(job)[0]) for job in jobs]).T
    return Cold(opening, first.mean(), float(np.percentile(first, 95)), again.mean())


def with_all_articles(peer: type[Peer], folder: Path) -> Peer:
    opened = peer(folder)
    opened.prepared(JOB)()
    return opened


def drop(folder: Path) -> None:
    """Let the operating system forget the files, where nobody else has them mapped."""
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Milliseconds, and what came of it."""
    started = perf_counter()
    result = work()
    return (perf_counter() - started) * 1e3, result

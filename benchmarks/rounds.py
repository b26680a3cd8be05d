"""The same queries to all engines in turn, and how long each took."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.progress import Meter
from benchmarks.peers.base import Peer
from benchmarks.queries import Query

IN_A_ROW = 3
"""Times that a query is answered before the next engine's turn: what others have driven out of the
processor's caches comes back with the first."""

SLOW = 0.02
"""Seconds. An answer that takes longer is not repeated in a row: no cache matters to it."""


class Runner:
    """One engine in the race."""

    def __init__(self, peer: Peer, queries: Sequence[Query]) -> None:
        self.peer = peer
        self.rounds = 0
        self.queries = len(queries)
        self._jobs: list[Callable[[], Any]] = [peer.prepared(query.request) for query in queries]
        self._seconds: list[list[float]] = [[] for _ in queries]

    def visit(self, number: int) -> None:
        """Answer a query, a few times if it is quick."""
        for _ in range(IN_A_ROW):
            started = perf_counter()
            self._jobs[number]()
            seconds = perf_counter() - started
            self._seconds[number].append(seconds)
            if seconds > SLOW:
                break

    def spent(self) -> float:
        """Seconds, of all that was timed."""
        return sum(map(sum, self._seconds))

    def medians(self) -> npt.NDArray[np.float64]:
        """Milliseconds for each query."""
        return np.array([np.median(seconds) for seconds in self._seconds]) * 1e3


def race(runners: Sequence[Runner], rounds: int, patience: float, shown: Meter) -> None:
    """Let every engine answer every query `rounds` times, in turn, in one thread.

    An engine that has taken longer than `patience` seconds in all stays out of further rounds.
    The order of the engines changes with each round, so that none always follows the same one.
    """
    with without_collections():
        for done in range(rounds):
            running = [one for one in runners if not one.rounds or one.spent() < patience]
            at = done % len(running)
            order = running[at:] + running[:at]
            for number in range(order[0].queries):
                for runner in order:
                    runner.visit(number)
            for runner in order:
                runner.rounds += 1
            gc.collect()
            shown.show(done + 1, rounds, done + 1)


@contextmanager
def without_collections() -> Iterator[None]:
    """Python's garbage is collected between measurements, not within one."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()

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

IN_A_ROW = 5
"""Times that an engine answers a query when its turn comes: what the others drove out of the
processor's caches comes back with the first, and the median is of a warm engine."""

SLOW = 0.02
"""Seconds. An answer that takes longer is not given again at once: no cache matters to it."""

Times = npt.NDArray[np.float64]
"""Milliseconds: the median of each query, in the order of the queries."""


class Runner:
    """One engine in the race."""

    def __init__(self, peer: Peer, queries: Sequence[Query]) -> None:
        self.peer = peer
        self.rounds = 0
        self._jobs: list[Callable[[], Any]] = [peer.prepared(query.request) for query in queries]
        self._seconds: list[list[float]] = [[] for _ in queries]

    def turn(self, number: int) -> None:
        """Answer a query, a few times if that is quick."""
        job, seconds = self._jobs[number], self._seconds[number]
        for _ in range(IN_A_ROW):
            started = perf_counter()
            job()
            seconds.append(perf_counter() - started)
            if seconds[-1] > SLOW:
                break

    def spent(self) -> float:
        """Seconds, of all that was timed."""
        return sum(map(sum, self._seconds))

    def times(self) -> Times:
        return np.array([np.median(seconds) for seconds in self._seconds]) * 1e3


def race(
    runners: Sequence[Runner], queries: int, rounds: int, patience: float, shown: Meter
) -> None:
    """Let every engine answer every query in every round, one after the other, in one thread.

    An engine that has taken longer than `patience` seconds in all stays out of further rounds.
    Who begins changes with each round, so that none always comes after the same one.
    """
    with without_collections():
        for done in range(rounds):
            running = [one for one in runners if not one.rounds or one.spent() < patience]
            if not running:
                break
            first = done % len(running)
            for number in range(queries):
                for runner in running[first:] + running[:first]:
                    runner.turn(number)
                answered = done * queries + number + 1
                shown.show(answered, rounds * queries, answered)
            for runner in running:
                runner.rounds += 1
            gc.collect()


@contextmanager
def without_collections() -> Iterator[None]:
    """Python's garbage is collected between rounds and not within one."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

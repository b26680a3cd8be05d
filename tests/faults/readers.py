"""Readers who come when they come: in an open loop, whatever became of those before them.

The moments are fixed in advance (a Poisson process), and a reader has waited since the moment that
was planned, so that an answer that is late makes all those late who stand behind it, and they
count.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Lock

import numpy as np

from tests.faults.asked import Asked
from tests.faults.doors import Answered, Door

AT_ONCE = 64
"""Readers that can wait at the same time; more of them wait here, and their time counts too."""

IN_PARALLEL = 4
"""Enough to keep a server process busy."""


class Readers:
    """What became of all of them: seconds since the planned moment, and the answers that no reader
    should get."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.broken: list[tuple[Asked, Answered]] = []
        self._lock = Lock()

    def read(self, door: Door, asked: Asked, planned: float) -> None:
        """planned: on the monotonic clock."""
        answered = door.ask(asked)
        with self._lock:
            self.seconds.append(time.monotonic() - planned)
            if answered.status != 200:
                self.broken.append((asked, answered))


def percentile(seconds: Sequence[float], rank: float) -> float:
    """One of them; infinite where there are none."""
    return float(np.percentile(seconds or [np.inf], rank, method="higher"))


def moments(rate: float, seconds: float, random: Random) -> list[float]:
    """When somebody comes, in seconds from the beginning. rate: of them in a second, on average."""
    found: list[float] = []
    moment = random.expovariate(rate)
    while moment < seconds:
        found.append(moment)
        moment += random.expovariate(rate)
    return found


def read_openly(
    door: Door, pages: Sequence[Asked], rate: float, seconds: float, random: Random
) -> Readers:
    readers = Readers()
    planned = moments(rate, seconds, random)
    begin = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for moment in planned:
            time.sleep(max(0.0, begin + moment - time.monotonic()))
            pool.submit(readers.read, door, random.choice(pages), begin + moment)
    return readers


def capacity(door: Door, pages: Sequence[Asked], seconds: float, random: Random) -> float:
    """Answers in a second, to a few readers who each ask again as soon as they are answered."""
    end = time.monotonic() + seconds

    def read(random: Random) -> int:
        answers = 0
        while time.monotonic() < end:
            door.ask(random.choice(pages))
            answers += 1
        return answers

    return sum(in_parallel(read, [Random(random.random()) for _ in range(IN_PARALLEL)])) / seconds


def in_parallel(read: Callable[[Random], int], randoms: Sequence[Random]) -> list[int]:
    with ThreadPoolExecutor(len(randoms)) as pool:
        return list(pool.map(read, randoms))

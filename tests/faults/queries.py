"""Requests that nobody should send, by the million: none is answered with an error of ours, none
takes long, and no worker of a server dies of them.

    python3 dev.py faults queries [--count 10000] [--minutes M] [--seed S] [--documents 20000]
        [--keep FOLDER] [--served] [--only NUMBER]

They are asked of the application in this process, with --served of gunicorn. What is ordinary is
measured first, with the sixty queries of the benchmarks.
"""

import argparse
import logging
import os
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from pathlib import Path
from re import findall
from typing import Any, NamedTuple

import numpy as np

from tests.faults.archives import archive_of, ordinary_searches
from tests.faults.asked import Asked, made
from tests.faults.doors import Answered, Door, Inside
from tests.faults.sentences import Vocabulary
from tests.faults.served import gunicorn
from tests.faults.shrinking import shrunk

LONGEST = 1.0
"""Seconds that an answer may take."""

ORDINARY_ROUNDS = 20
TIMES_ORDINARY = 10
SLOWEST = 10
SAMPLE = 2_000


class Slow(NamedTuple):
    seconds: float
    number: int
    asked: Asked
    answered: Answered


@dataclass
class Tally:
    """What became of the requests so far."""

    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    slowest: list[Slow] = field(default_factory=list)
    broken: list[Slow] = field(default_factory=list)
    """Answered with an error of ours, or not at all."""

    def add(self, number: int, asked: Asked, answered: Answered) -> None:
        self.kinds[asked.kind] += 1
        self.statuses[answered.status] += 1
        self.seconds.append(answered.seconds)
        one = Slow(answered.seconds, number, asked, answered)
        if is_broken(answered):
            self.broken.append(one)
        keep = heappush if len(self.slowest) < SLOWEST else heappushpop
        keep(self.slowest, one)

    @property
    def p99(self) -> float:
        return float(np.percentile(self.seconds, 99))

    @property
    def long(self) -> int:
        return sum(seconds > LONGEST for seconds in self.seconds)


def is_broken(answered: Answered) -> bool:
    """501 and 505 are a server's own: of methods and versions of HTTP that there are not."""
    return not 200 <= answered.status < 500 and answered.status not in (501, 505)


def vocabulary() -> Vocabulary:
    """What the archive at hand holds; of the texts, what a sample of them does."""
    from archive.models import Person, Section, Source, Tag
    from archive.selectors import public_articles

    texts = public_articles().values_list("headline", "body")[:SAMPLE]
    words = Counter(word for text in texts for word in findall(r"\w+", " ".join(text).lower()))
    people = Person.objects.order_by("pk").values_list("name", "slug")[:200]
    others = (model.objects.values_list("slug", flat=True)[:40] for model in (Tag, Section, Source))
    slugs = [slug for _, slug in people] + [slug for some in others for slug in some]
    frequent = [word for word, _ in words.most_common()]
    return Vocabulary(frequent, [name for name, _ in people], slugs)


def ask_all(
    door: Door, seed: int, numbers: Iterable[int], known: Vocabulary, until: float = float("inf")
) -> Tally:
    """until: on the monotonic clock, when to stop."""
    tally = Tally()
    for number in numbers:
        asked = made(seed, number, known)
        tally.add(number, asked, door.ask(asked))
        if time.monotonic() > until:
            break
    return tally


def ordinary(door: Door, size: int) -> list[float]:
    """Seconds of the benchmarks' queries, each asked as often as the others, once warm."""
    asked = ordinary_searches(size)
    for one in asked:
        door.ask(one)
    return [door.ask(one).seconds for _ in range(ORDINARY_ROUNDS) for one in asked]


def main(arguments: list[str]) -> int:
    options = read(arguments)
    with ExitStack() as stack:
        stack.enter_context(archive_of(options.documents, options.keep))
        logging.disable()  # a line for each request, and thousands of refusals
        known = vocabulary()
        door = Inside()
        if options.only is not None:
            return show_one(door, made(options.seed, options.only, known))
        served = stack.enter_context(gunicorn()) if options.served else None
        workers = served.workers() if served else set()
        usual = ordinary(served.door if served else door, options.documents)
        until = time.monotonic() + 60 * options.minutes
        tally = ask_all(
            served.door if served else door, options.seed, range(options.count), known, until
        )
        dead = len(workers - served.workers()) if served else 0
        told = Verdict(options.seed, tally, float(np.percentile(usual, 99)), dead)
        told.show()
        for one in tally.broken[:SLOWEST]:
            show_broken(door, one)
        return 0 if told.holds else 1


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults queries", description=__doc__)
    add = parser.add_argument
    add("--count", type=int, default=10_000, metavar="N")
    add("--minutes", type=float, default=float("inf"), help="stop after so many, if not before")
    add("--seed", type=int, default=int(time.time()))
    add("--documents", type=int, default=20_000, metavar="N", help="articles (20,000)")
    add("--keep", type=Path, metavar="FOLDER", help="keep the archive there for the next run")
    add("--served", action="store_true", help="ask gunicorn")
    add("--only", type=int, metavar="NUMBER", help="ask one of the requests again, and show it")
    return parser.parse_args(arguments)


class Verdict(NamedTuple):
    """usual: seconds, the 99th percentile of ordinary searches."""

    seed: int
    tally: Tally
    usual: float
    dead: int

    @property
    def holds(self) -> bool:
        is_quick = self.tally.p99 <= TIMES_ORDINARY * self.usual
        return not (self.tally.broken or self.tally.long or self.dead) and is_quick

    def show(self) -> None:
        tally = self.tally
        print(f"By kind: {listed(tally.kinds)}. By status: {listed(tally.statuses)}.")
        print("The slowest, in ms (of these, the processor worked), to be asked again by --only:")
        for slow in sorted(tally.slowest, reverse=True):
            whole, worked = slow.seconds * 1e3, slow.answered.processor * 1e3
            print(f"{whole:7,.0f} ({worked:5,.0f}) {slow.number:9} {slow.asked.address[:110]}")
        print(
            f"seed {self.seed}: {len(tally.seconds):,} requests: {len(tally.broken)} errors, "
            f"{self.dead} dead workers, {tally.long} over {LONGEST:g} s; p99 "
            f"{tally.p99 * 1e3:.1f} ms, {tally.p99 / self.usual:.1f} times the ordinary "
            f"{self.usual * 1e3:.1f} ms: {'holds' if self.holds else 'DOES NOT HOLD'}. "
            f"Load average {os.getloadavg()[0]:.1f}."
        )


def listed(counts: Counter[Any]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))


def show_one(door: Door, asked: Asked) -> int:
    door.ask(asked)
    answered = door.ask(asked)
    print(asked, *answered, sep="\n")
    return int(is_broken(answered))


def show_broken(door: Door, one: Slow) -> None:
    """The request, the same as small as it can be, and what it dies of."""
    print(f"\nnumber {one.number} was answered {one.answered.status}: {one.answered.error[-900:]}")
    if is_broken(door.ask(one.asked)):
        print(shrunk(one.asked, lambda asked: is_broken(door.ask(asked))))

"""A kind of fault, tried case by case, and the verdict in one line."""

import shlex
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from django.db import connections

from search import engines
from tests.faults.ground import Ended, Ground, Tell, Work
from tests.faults.judge import Problem, found_by, problems
from tests.faults.scenarios import BY_NAME, SCENARIOS, Scenario, closing
from tests.faults.seeded import Defect

Measured = TypeVar("Measured")


class Unable(Exception):  # noqa: N818  a state, not a mistake
    """This machine does not let us make such a fault; the text says why."""


class Outcome(NamedTuple):
    """fired: was there a fault at all, or was the work over before it came?"""

    problems: list[Problem]
    fired: bool = True


@dataclass
class Lab:
    """The ground, what is broken on purpose if anything is, what is to be done there, and what was
    measured.
    """

    ground: Ground
    seed: int
    defect: Defect | None = None
    scenarios: Sequence[Scenario] = SCENARIOS
    measured: dict[str, Any] = field(default_factory=dict)

    def work(self, scenario: Scenario) -> Work:
        """What a child is to do, with the seeded defect in it."""
        work = closing(scenario.work)

        def do(tell: Tell) -> None:
            with self.planted():
                work(tell)

        return do

    def planted(self) -> AbstractContextManager[object]:
        return self.defect.plant() if self.defect else nullcontext()

    def begin(self, scenario: Scenario) -> None:
        """The archive, as it is before the scenario."""
        scenario.prepare(self.ground)
        self.measure(f"warmth for {scenario.name}", lambda: self._warm_up(scenario))
        self.ground.lay_out(scenario.name)

    def _warm_up(self, scenario: Scenario) -> None:
        """Do it once in this process: what Python loads at first use, no child need load again,
        and the calls of a scenario are its own."""
        self.ground.lay_out(scenario.name)
        said: list[str] = []
        closing(scenario.work)(said.append)
        if found := list(problems(scenario, said)):
            raise RuntimeError(f"{scenario.name} without any fault: {found}")
        connections.close_all()
        engines._engine_at.cache_clear()

    def judged(self, scenario: Scenario, ended: Ended) -> list[Problem]:
        """What is wrong now, and whether the child ended as a child may: it may fail and say so."""
        found = found_by(self.ground, lambda: problems(scenario, ended.said))
        if ended.how in ("done", "killed") or ended.how.startswith("raised"):
            return found
        return [Problem("stuck", ended.how), *found]

    def measure(self, name: str, how: Callable[[], Measured]) -> Measured:
        """Measured once for each name."""
        if name not in self.measured:
            self.measured[name] = how()
        return cast(Measured, self.measured[name])


class Kind(Protocol):
    """A kind of fault. A case is named by a few words, from which it can be made again."""

    name: str
    label: str
    enough: int  # cases in a run that is given neither their number nor a time

    def cases(self, lab: Lab, random: Random) -> Iterator[str]:
        """In an order that depends on `random` alone; as many as there are, or without end."""

    def attempt(self, lab: Lab, scenario: Scenario, words: list[str]) -> Outcome:
        """Begin anew, do what the scenario says under this fault, and judge. Raises Unable."""


@dataclass
class Tally:
    """What became of the cases of a kind."""

    tried: int = 0
    fired: int = 0
    recovered: int = 0
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        self.tried += 1
        self.fired += outcome.fired
        self.recovered += not outcome.problems
        self.problems.update({problem.kind for problem in outcome.problems})

    def is_enough(self, limits: "Limits", seconds: float) -> bool:
        found = limits.stop and self.problems
        return bool(found or self.tried >= limits.cases or seconds > limits.seconds)

    def verdict(self, label: str, seed: int, seconds: float) -> str:
        bad = ", ".join(f"{self.problems[kind]} {kind}" for kind in ("lost", "phantom", "partial"))
        others = [kind for kind in ("unanswered", "stuck") if self.problems[kind]]
        bad += "".join(f", {self.problems[kind]} {kind}" for kind in others)
        return (
            f"{label}: {self.recovered:,} of {self.tried:,} recovered, {bad}; "
            f"{self.fired:,} fired, seed {seed}, {seconds:,.0f} s"
        )


def attempt(kind: Kind, lab: Lab, case: str) -> Outcome:
    scenario, *words = case.split()
    return kind.attempt(lab, BY_NAME[scenario], words)


class Limits(NamedTuple):
    """How many cases, and for how long; and whether one that fails is enough."""

    cases: int
    seconds: float
    stop: bool = False


def run(kind: Kind, lab: Lab, cases: Iterator[str], limits: Limits) -> Tally:
    """Try these up to a limit; say which fail, and how to repeat them. Raises Unable."""
    tally, began = Tally(), time.monotonic()
    with suppress(KeyboardInterrupt):  # what was tried until then counts
        for case in cases:
            if tally.is_enough(limits, time.monotonic() - began):
                break
            outcome = attempt(kind, lab, case)
            tally.add(outcome)
            if outcome.problems:
                report(kind, lab, case, outcome)
    print(tally.verdict(kind.label, lab.seed, time.monotonic() - began), flush=True)
    return tally


def report(kind: Kind, lab: Lab, case: str, outcome: Outcome) -> None:
    defect = f" --defect {lab.defect.name}" if lab.defect else ""
    print(f"FAILED {kind.name}, {case}")
    for problem in outcome.problems:
        print(f"  {problem.kind}: {problem.text}")
    print(
        f"  again: python3 dev.py faults {kind.name} --only {shlex.quote(case)}{defect}", flush=True
    )

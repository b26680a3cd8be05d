"""SIGKILL at a random moment of any scenario."""

import time
from collections.abc import Iterator
from random import Random

from tests.faults.scenarios import Scenario
from tests.faults.trial import Lab, Outcome

name, label, enough = "kills", "random kills", 1_000


def cases(lab: Lab, random: Random) -> Iterator[str]:
    """`import 0.137`: killed after so much of the time that it takes when it is let be."""
    while True:
        yield f"{random.choice(lab.scenarios).name} {random.random():.4f}"


def attempt(lab: Lab, scenario: Scenario, words: list[str]) -> Outcome:
    whole = lab.measure(f"seconds of {scenario.name}", lambda: seconds_of(lab, scenario))
    lab.begin(scenario)
    child = lab.ground.child(lab.work(scenario))
    child.go()
    time.sleep(float(words[0]) * whole)
    child.kill()
    ended = child.end()
    return Outcome(lab.judged(scenario, ended), fired=ended.how == "killed")


def seconds_of(lab: Lab, scenario: Scenario) -> float:
    """How long it takes when nothing happens to it."""
    lab.begin(scenario)
    child = lab.ground.child(lab.work(scenario))
    began = time.perf_counter()
    child.go()
    ended = child.end()
    if ended.how != "done":
        raise RuntimeError(f"{scenario.name} by itself: {ended.how}; see {lab.ground.log}")
    return time.perf_counter() - began

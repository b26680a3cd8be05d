"""No room, no right to write, no file that large: what does not fail at once fails at some point
in the middle.

The archive lies on a small disk in memory. While it is full or may not be written, searches still
answer, or say that they cannot; when there is room again, the judge comes.
"""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random

from django.db import DatabaseError

from search.engines.base import IndexUnavailable
from tests.faults.ground import Tell, Work
from tests.faults.judge import Problem, found_by, wrong_answers
from tests.faults.mounts import BIND, READ_ONLY, REMOUNT, mount, unmount
from tests.faults.scenarios import Scenario
from tests.faults.trial import Lab, Outcome, Unable

name, label, enough = "room", "full, read-only and limited disks", 200

DISK = 64 * 1024  # kilobytes
USED = 2_000  # kilobytes that a scenario may need
LARGEST = 900  # kilobytes that its largest file has


def cases(lab: Lab, random: Random) -> Iterator[str]:
    """`import full 37`: with 37 kB left; `import limit 37`: no file longer than that;
    `import index-locked 0`, `import all-locked 0`: not to be written."""
    while True:
        scenario = random.choice(lab.scenarios).name
        way = random.choices(list(WAYS), weights=(10, 10, 1, 1))[0]
        size = random.choice((random.randrange(100), random.randrange(USED)))
        yield f"{scenario} {way} {size if way in ('full', 'limit') else 0}"


def attempt(lab: Lab, scenario: Scenario, words: list[str]) -> Outcome:
    way, size = words[0], int(words[1])
    lab.begin(scenario)
    with small_disk(lab.ground.data):
        lab.ground.lay_out(scenario.name)
        work = lab.work(scenario)
        with WAYS[way](lab.ground.data, size):
            ended = lab.ground.run(limited(work, size) if way == "limit" else work)
            wrong = found_by(lab.ground, answers_meanwhile)
        fired = ended.how != "done" or way == "index-locked"
        return Outcome([*wrong, *lab.judged(scenario, ended)], fired)


def answers_meanwhile() -> Iterator[Problem]:
    """Wrong answers; none where none can be given: a database takes room to be opened, and the
    first index to be made."""
    try:
        yield from wrong_answers()
    except (DatabaseError, IndexUnavailable):
        return


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    try:
        mount("backfile", folder, "tmpfs", options=f"size={DISK}k")
    except OSError as error:
        raise Unable(f"A disk cannot be mounted here: {error}.") from error
    try:
        yield
    finally:
        unmount(folder)


@contextmanager
def full(data: Path, size: int) -> Iterator[None]:
    """All but `size` kB is taken."""
    ballast = data / "ballast"
    free = os.statvfs(data).f_bavail * os.statvfs(data).f_frsize
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free - size * 1024))
    yield
    ballast.unlink()


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Not to be written."""
    mount("backfile", data, "tmpfs", READ_ONLY | REMOUNT, f"size={DISK}k")
    yield
    mount("backfile", data, "tmpfs", REMOUNT, f"size={DISK}k")


@contextmanager
def index_locked(data: Path) -> Iterator[None]:
    """The folder of the index alone; where there is none, none can be made."""
    (index := data / "index").mkdir(exist_ok=True)
    mount(str(index), index, "", BIND)
    mount("", index, "", BIND | REMOUNT | READ_ONLY)
    yield
    unmount(index)


def limited(work: Work, size: int) -> Work:
    """Work in a process that may write no file longer than `size` kB."""

    def do(tell: Tell) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size * 1024, resource.RLIM_INFINITY))
        work(tell)

    return do


@contextmanager
def as_ever(data: Path, size: int) -> Iterator[None]:
    yield


WAYS: dict[str, Callable[[Path, int], AbstractContextManager[None]]] = {
    "full": full,
    "limit": as_ever,
    "index-locked": lambda data, size: index_locked(data),
    "all-locked": lambda data, size: locked(data),
}

"""Each system call of each scenario, failed in turn: once with EIO, once with ENOSPC, once by
SIGKILL just before the call.

strace puts the fault in (`inject`) and marks it in its log, so that a fault which never came does
not count as survived. What no disk can fail (`getpid`, `munmap`) is left out; a full disk is what
a call meets that could need room; and a kill before a call that changes nothing leaves what a kill
before the last one that did left already.
"""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from random import Random

from tests.faults.ground import Child, Ended
from tests.faults.scenarios import Scenario
from tests.faults.trial import Lab, Outcome, Unable

name, label, enough = "calls", "system calls", 1_000_000

NO_DISK = {"brk", "exit", "exit_group", "futex", "geteuid", "getpid", "getrandom", "gettid",
           "madvise", "munmap", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_yield",
           "mprotect"}  # fmt: skip
ALTERING = {"chmod", "copy_file_range", "fallocate", "fchmod", "fchown", "fdatasync", "fsync",
            "ftruncate", "link", "mkdir", "openat", "pwrite64", "rename", "rmdir", "sendfile",
            "unlink", "unlinkat", "write"}  # fmt: skip
ROOM = ALTERING - {"chmod", "fchmod", "unlink", "unlinkat"} | {"mmap"}

FAULTS = {"EIO": None, "ENOSPC": ROOM, "KILL": ALTERING}
"""What goes wrong, and in which calls; None: in all."""

MADE = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)


def cases(lab: Lab, random: Random) -> Iterator[str]:
    """`drain fsync 3 EIO`: every case there is, shuffled, so that any number of them is a fair
    sample."""
    every = [
        f"{scenario.name} {call} {number} {fault}"
        for scenario in lab.scenarios
        for call, times in calls_of(lab, scenario).items()
        for number, fault in product(range(1, times + 1), FAULTS)
        if call not in NO_DISK and (FAULTS[fault] is None or call in (FAULTS[fault] or ()))
    ]
    random.shuffle(every)
    print(f"{label}: {len(every):,} cases", flush=True)
    yield from every


def attempt(lab: Lab, scenario: Scenario, words: list[str]) -> Outcome:
    call, number, fault = words
    lab.begin(scenario)
    how = "signal=KILL" if fault == "KILL" else f"error={fault}"
    options = ("-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}")
    ended, log = traced(lab, scenario, *options)
    fired = ended.how == "killed" if fault == "KILL" else "(INJECTED)" in log
    return Outcome(lab.judged(scenario, ended), fired)


def calls_of(lab: Lab, scenario: Scenario) -> Counter[str]:
    """How often it makes each system call when it is let be."""

    def count() -> Counter[str]:
        lab.begin(scenario)
        return Counter(MADE.findall(traced(lab, scenario)[1]))

    return lab.measure(f"calls of {scenario.name}", count)


def traced(lab: Lab, scenario: Scenario, *options: str) -> tuple[Ended, str]:
    """Do it under strace: how it ended, and the log. Raises Unable."""
    log = lab.ground.folder / "trace"
    child = lab.ground.child(lab.work(scenario))
    with attached(child, "-o", str(log), *options):
        child.go()
        ended = child.end()
    return ended, log.read_text(errors="replace")


@contextmanager
def attached(child: Child, *options: str) -> Iterator[None]:
    """strace, holding on to a child that has not gone yet. Raises Unable."""
    if not shutil.which("strace"):
        child.end(patience=0)
        raise Unable("strace is not installed (apt install strace).")
    command = ["strace", "-f", "-p", str(child.pid), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        said = strace.stderr.readline() if strace.stderr else ""
        if "attached" not in said:
            child.end(patience=0)
            raise Unable(f"strace cannot attach here: {said.strip()}")
        yield

"""How far something is, for whoever waits: a bar on a terminal, a line now and then elsewhere.

All of it on stderr: what goes to stdout is for programs.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

EVERY = 5.0  # seconds between two plain lines

WriteLine = Callable[[str], object]


class Meter(Protocol):
    """Shows how far something is, `done` of `total`, and how fast its records come. What is said
    meanwhile is said through it, so that it does not run into the bar."""

    def show(self, done: int, total: int, records: int) -> None: ...

    def say(self, line: str) -> None: ...


class Bar:
    def __init__(self, progress: Progress, label: str) -> None:
        self._progress = progress
        self._task: TaskID = progress.add_task(label, total=None, records=0, rate=0.0)
        self._pace = Pace()

    def show(self, done: int, total: int, records: int) -> None:
        rate = self._pace.rate(done, records)
        self._progress.update(
            self._task, completed=done, total=total or None, records=records, rate=rate
        )

    def say(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


class Lines:
    def __init__(self, label: str, write_line: WriteLine) -> None:
        self._label, self._write_line = label, write_line
        self._pace = Pace()
        self._last = monotonic()

    def show(self, done: int, total: int, records: int) -> None:
        rate = self._pace.rate(done, records)
        if monotonic() - self._last < EVERY:
            return
        self._last = monotonic()
        share = f", {100 * done / total:.0f} %" if total else ""
        left = self._pace.left(done, total)
        self.say(f"{self._label}: {records:,} at {rate:,.0f} a second{share}{left}")

    def say(self, line: str) -> None:
        self._write_line(line)


class Pace:
    """How fast a run is since it began; what was done before it was resumed is not its."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._behind: tuple[int, int] | None = None

    def rate(self, done: int, records: int) -> float:
        """Records a second."""
        self._behind = self._behind or (done, records)
        return (records - self._behind[1]) / max(monotonic() - self._began, 0.001)

    def left(self, done: int, total: int) -> str:
        """How long the rest will take, in words; empty where that cannot be told."""
        advanced = done - (self._behind[0] if self._behind else 0)
        if advanced <= 0 or total <= 0:
            return ""
        seconds = (monotonic() - self._began) * (total - done) / advanced
        return f", {seconds:.0f} s left" if seconds < 90 else f", {seconds / 60:.0f} min left"


@contextmanager
def meter(label: str, write_line: WriteLine) -> Iterator[Meter]:
    if not sys.stderr.isatty():
        yield Lines(label, write_line)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[records]:,}"),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield Bar(progress, label)

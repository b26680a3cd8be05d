"""How far a long command is: a bar on a terminal, a few plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f}/s")


@contextmanager
def progress(
    label: str, write_line: Callable[[str], object]
) -> Iterator[Callable[[int, int], None]]:
    """A function to call with (done, in all). Bars go to the terminal on stderr, if it is one."""
    if not sys.stderr.isatty():
        yield plain(label, write_line)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def plain(label: str, write_line: Callable[[str], object]) -> Callable[[int, int], None]:
    """A line for each tenth of the way."""
    told = 0

    def report(done: int, total: int) -> None:
        nonlocal told
        tenth = done * 10 // total if total else 10
        if tenth > told:
            told = tenth
            write_line(f"{label}: {done} of {total}")

    return report

"""A run's figures as tables to read."""

from collections.abc import Iterable, Iterator
from itertools import compress

import numpy as np
from rich.table import Table

from benchmarks.editing import Edit
from benchmarks.figures import Figures, build_json, memory_json
from benchmarks.queries import Kind


def tables(figures: Figures) -> Iterator[Table]:
    yield speed(figures)
    yield costs(figures)
    if figures.edit:
        yield cold(figures, figures.edit)


def speed(figures: Figures) -> Table:
    names = list(figures.times)
    rows = table("Milliseconds for the whole job (times Backfile's)", ["", "found", *names])
    for kind in Kind:
        of_kind = [query.kind is kind for query in figures.queries]
        found = np.mean(list(compress(figures.found, of_kind)))
        rows.add_row(kind, f"{found:,.0f}", *(mean(figures, name, kind) for name in names))
    rows.add_section()
    rows.add_row("mean", "", *(mean(figures, name) for name in names))
    for percent, label in ((50, "median"), (95, "p95")):
        cells = (f"{figures.percentile(name, percent):,.2f}" for name in names)
        rows.add_row(label, "", *cells)
    return rows


def mean(figures: Figures, name: str, kind: Kind | None = None) -> str:
    return f"{figures.mean(name, kind):,.2f} ({figures.ratio(name, kind):,.1f})"


def costs(figures: Figures) -> Table:
    rows = table(
        "What an index costs",
        [
            "",
            "articles/s built",
            "a processor s",
            "peak MB",
            "index MB",
            "private MB",
            "proportional MB",
            "before opening MB",
        ],
    )
    for name in figures.times:
        values = build_json(figures.built[name]) | memory_json(figures.held[name])
        rows.add_row(name, *(f"{value:,.0f}" for value in values.values()))
    return rows


def cold(figures: Figures, edit: Edit) -> Table:
    rows = table(
        "Milliseconds in a fresh process, from memory / from disk",
        ["", "opened", "each query's first", "p95 of them", "the second"],
    )
    for name, (memory, disk) in figures.cold.items():
        pairs = zip(
            (memory.opening, memory.first, memory.first_p95, memory.again),
            (disk.opening, disk.first, disk.first_p95, disk.again),
            strict=True,
        )
        rows.add_row(name, *(f"{warm:,.2f} / {cold:,.2f}" for warm, cold in pairs))
    rows.caption = (
        f"An edit is visible after {edit.visible:.1f} ms, of which fsync takes {edit.synced:.1f}."
    )
    return rows


def table(title: str, columns: Iterable[str]) -> Table:
    made = Table(title=title)
    for column in columns:
        made.add_column(column, justify="right" if column else "left")
    return made

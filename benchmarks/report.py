"""A run's figures as tables to read."""

import numpy as np
from rich.table import Table

from benchmarks.figures import Figures
from benchmarks.queries import Kind


def speed(figures: Figures) -> Table:
    table = Table(title="Milliseconds for the whole job (times Backfile's)")
    table.add_column("")
    table.add_column("found", justify="right")
    for name in figures.times:
        table.add_column(name, justify="right")
    for kind in Kind:
        found = [
            total
            for query, total in zip(figures.queries, figures.found, strict=True)
            if query.kind is kind
        ]
        cells = [
            f"{figures.mean(name, kind):,.2f} ({figures.ratio(name, kind):,.1f})"
            for name in figures.times
        ]
        table.add_row(str(kind), f"{np.mean(found):,.0f}", *cells)
    table.add_section()
    means = [f"{figures.mean(name):,.2f} ({figures.ratio(name):,.1f})" for name in figures.times]
    table.add_row("mean", "", *means)
    for percent, label in ((50, "median"), (95, "p95")):
        cells = [f"{figures.percentile(name, percent):,.2f}" for name in figures.times]
        table.add_row(label, "", *cells)
    return table


def costs(figures: Figures) -> Table:
    table = Table(title="What an index costs")
    for column in (
        "",
        "articles/s built",
        "articles/processor s",
        "peak MB",
        "index MB",
        "private MB",
        "proportional MB",
        "before opening MB",
    ):
        table.add_column(column, justify="right")
    for name in figures.times:
        built, held = figures.built[name], figures.held[name]
        megabytes = [
            f"{size / 1e6:,.0f}"
            for size in (
                built.peak_bytes,
                built.index_bytes,
                held.private,
                held.proportional,
                held.before,
            )
        ]
        paces = [
            f"{built.articles / seconds:,.0f}"
            for seconds in (built.seconds, built.processor_seconds)
        ]
        table.add_row(name, *paces, *megabytes)
    return table

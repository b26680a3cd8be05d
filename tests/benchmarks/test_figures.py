"""The figures: ratios of means, by kind and over all."""

import numpy as np
import pytest

from benchmarks.cold import Cold
from benchmarks.editing import Edit
from benchmarks.figures import Figures
from benchmarks.footprint import Footprint
from benchmarks.kept import Built
from benchmarks.queries import Kind
from benchmarks.report import tables

BUILT = Built(300, seconds=3.0, processor_seconds=2.0, peak_bytes=4_000_000, index_bytes=5_000_000)
HELD = Footprint(private=7_000_000, proportional=8_000_000, before=6_000_000)
COLD = Cold(opening=9.0, first=3.0, first_p95=4.0, again=2.0)


@pytest.fixture
def figures(queries):
    """Backfile takes 1 to 60 milliseconds for the queries, the other twice that, and three times
    for the last kind."""
    ours = np.arange(1.0, 61.0)
    theirs = np.where(np.arange(60) < 55, 2, 3) * ours
    return Figures(
        documents=300,
        queries=queries,
        found=[1] * 60,
        times={"backfile": ours, "other": theirs},
        built={"backfile": BUILT, "other": BUILT},
        held={"backfile": HELD, "other": HELD},
        cold={},
        edit=None,
    )


def test_a_ratio_is_that_of_the_means(figures):
    ratios = figures.as_json()["ratios"]["other"]
    assert ratios["mean"] == pytest.approx((2 * sum(range(1, 56)) + 3 * sum(range(56, 61))) / 1830)
    assert ratios["by_kind"] == dict.fromkeys(Kind, 2.0) | {Kind.EVERYTHING: 3.0}


def test_backfiles_own_times_are_in_milliseconds(figures):
    ours = figures.as_json()["backfile_ms"]
    assert (ours["mean"], ours["p50"]) == (30.5, 30.5)
    assert ours["p95"] == pytest.approx(57.05)
    assert ours["by_kind"][Kind.RARE] == 3.0


def test_the_costs_are_for_each_engine(figures):
    written = figures.as_json()
    assert written["build"]["other"]["articles_a_second"] == 100
    assert written["build"]["other"]["articles_a_processor_second"] == 150
    assert written["build"]["other"]["index_mb"] == 5
    assert written["memory"]["other"]["private_mb"] == 7


def test_cold_costs_are_written_where_they_were_measured(figures, queries):
    assert "cold" not in figures.as_json()
    measured = Figures(
        300, queries, [1] * 60, figures.times, figures.built, figures.held,
        cold={"backfile": (COLD, COLD)}, edit=Edit(visible=5.0, synced=1.0),
    )  # fmt: skip
    cold = measured.as_json()["cold"]
    assert cold["opened"]["backfile"]["from_disk"]["opening"] == 9.0
    assert cold["edit"]["visible"] == 5.0
    assert len(list(tables(measured))) == 3


def test_there_is_a_row_for_each_kind_and_three_for_all(figures):
    speed, costs = tables(figures)
    assert speed.row_count == len(Kind) + 3
    assert costs.row_count == 2

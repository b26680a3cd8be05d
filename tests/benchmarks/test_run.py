"""A run from its options to its figures."""

import json
import os

import pytest

from benchmarks import run
from benchmarks.cold import cold
from benchmarks.editing import edits
from benchmarks.footprint import memory
from benchmarks.options import read
from benchmarks.peers import NAMES
from benchmarks.peers.backfile import Backfile


@pytest.fixture
def few_sentences(monkeypatch, settings, tmp_path):
    """Those of the sample archive, also in the processes that build."""
    monkeypatch.setenv("BACKFILE_SHARED", str(tmp_path))
    settings.BACKFILE_SHARED = tmp_path


@pytest.fixture
def index(corpus, tmp_path):
    Backfile.build(tmp_path / "index", corpus)
    return tmp_path / "index"


@pytest.mark.usefixtures("few_sentences")
def test_a_run_writes_its_figures(tmp_path, capsys):
    file = tmp_path / "figures.json"
    options = ["--documents", "200", "--peers", "tantivy", "--rounds", "1", "--json", str(file)]
    assert run.main(options) == 0
    figures = json.loads(file.read_text())
    assert (figures["documents"], figures["queries"], figures["agree"]) == (200, 60, True)
    assert figures["ratios"].keys() == {"tantivy"}
    assert figures["build"].keys() == figures["memory"].keys() == {"backfile", "tantivy"}
    assert "queries are equal in backfile, tantivy." in capsys.readouterr().out


def test_engines_that_disagree_stop_the_run(monkeypatch, capsys):
    def disagree(wanted, console):
        raise run.DisagreementError("phrase: the total is 3 in backfile, 4 in other")

    monkeypatch.setattr(run, "run", disagree)
    assert run.main([]) == 1
    assert "3 in backfile, 4 in other" in capsys.readouterr().err


def test_backfile_takes_part_whoever_is_named():
    assert read(["--peers", "sqlite", "tantivy"]).peers == ("backfile", "tantivy", "sqlite")


def test_all_take_part_where_nobody_is_named():
    assert read([]).peers == tuple(name for name in NAMES if name != "fragmented")


def test_cold_costs_include_those_of_a_fragmented_index():
    assert read(["--peers", "--cold"]).peers == ("backfile", "fragmented")


def test_an_engine_that_cannot_run_here_is_left_out_with_the_reason(monkeypatch, capsys):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    assert run.available(["backfile", "postgresql"]) == [Backfile]
    assert "Without postgresql: TEST_DATABASE_URL is not set" in capsys.readouterr().err


def test_an_edit_is_found_in_a_copy_and_the_index_is_as_it_was(corpus, queries, index):
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    measured = edits(index, list(corpus.between(5, 8)))
    assert measured.visible > measured.synced > 0
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


def test_cold_figures_are_of_every_query(index, queries):
    measured = cold("backfile", index, queries, from_disk=True)
    assert measured.opening > 0
    assert measured.first_p95 >= measured.first > 0


def test_memory_is_what_linux_accounts_for():
    private, proportional = memory(os.getpid())
    assert 0 < private <= proportional

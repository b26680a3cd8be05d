"""Indexes on disk: built once, and anew only when they must be."""

import pytest

from benchmarks import kept as keeping
from benchmarks.kept import Built, Kept, indexes
from benchmarks.peers.backfile import Backfile


@pytest.fixture
def building(monkeypatch):
    """Notes what is built, and builds nothing."""
    log = []

    def pretended(function, name, folder, size):
        (folder / "index").write_text(name)
        log.append((name, size))
        return Built(size, 2.0, 1.0, 10, 20)

    monkeypatch.setattr(keeping, "in_fresh_process", pretended)
    return log


def test_an_index_is_built_once(building, tmp_path, corpus):
    first = Kept(tmp_path, corpus).built(Backfile)
    assert Kept(tmp_path, corpus).built(Backfile) == first
    assert building == [("backfile", 300)]


def test_it_is_built_again_when_asked(building, tmp_path, corpus):
    Kept(tmp_path, corpus).built(Backfile)
    Kept(tmp_path, corpus).built(Backfile, again=True)
    assert len(building) == 2


def test_what_was_broken_off_is_begun_anew(building, tmp_path, corpus):
    half = Kept(tmp_path, corpus).folder(Backfile) / "half"
    half.mkdir(parents=True)
    Kept(tmp_path, corpus).built(Backfile)
    assert building
    assert not half.exists()


def test_without_a_folder_to_keep_them_in_they_are_gone_afterwards(building, corpus):
    with indexes(None, corpus, [Backfile]) as kept:
        kept.built(Backfile)
        folder = kept.folder(Backfile)
        assert (folder / "index").exists()
    assert not folder.exists()

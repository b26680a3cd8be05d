"""What is read again, and when."""

import os
from pathlib import Path

import pytest

from search.engines.whoosh.watched import TICK, Watched


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "CURRENT"
    path.write_text("old")
    long_ago(path)
    return path


def long_ago(path: Path, ticks: int = 10) -> None:
    stamp = path.stat().st_mtime_ns - ticks * TICK
    os.utime(path, ns=(stamp, stamp))


def replaced(path: Path, text: str) -> None:
    """A rename, as commits do it, that leaves the time of the last change as it was."""
    stamp = path.stat().st_mtime_ns
    beside = path.with_name("new")
    beside.write_text(text)
    os.utime(beside, ns=(stamp, stamp))
    beside.replace(path)


def test_what_stays_as_it_is_is_read_once(file: Path) -> None:
    reads = []
    watched = Watched(file, lambda: reads.append(1) or file.read_text())  # type: ignore[func-returns-value]
    assert [watched.get(), watched.get()] == ["old", "old"]
    assert len(reads) == 1


def test_a_file_that_was_replaced_is_read_again(file: Path) -> None:
    watched = Watched(file, file.read_text)
    assert watched.get() == "old"
    replaced(file, "new")
    assert watched.get() == "new"


def test_a_folder_is_read_again_when_its_names_have_changed(tmp_path: Path) -> None:
    long_ago(tmp_path)
    watched = Watched(tmp_path, lambda: [path.name for path in tmp_path.iterdir()])
    assert watched.get() == []
    (tmp_path / "a").touch()
    assert watched.get() == ["a"]


def test_two_changes_within_a_tick_are_told_apart(file: Path) -> None:
    """As far as the clock shows nothing happens between the two readings."""
    os.utime(file)
    just_now = file.stat().st_mtime_ns
    watched = Watched(file, file.read_text)
    assert watched.get() == "old"
    file.write_text("new")
    os.utime(file, ns=(just_now, just_now))
    assert watched.get() == "new"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Watched(tmp_path / "none", lambda: 1).get()

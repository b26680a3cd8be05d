"""The disk that forgets: what is not synced is gone, and what is synced is not."""

import stat
from pathlib import Path
from typing import Any

import pytest

from tests.faults.losing import Keep, LosingFiles, PowerCut

FILE, FOLDER = stat.S_IFREG | 0o600, stat.S_IFDIR | 0o700


def nothing(changes: list[Any]) -> list[Any]:
    return []


@pytest.fixture
def disk(tmp_path: Path) -> LosingFiles:
    """With one file, `old`, that says "old"."""
    (source := tmp_path / "source").mkdir()
    (source / "old").write_bytes(b"old")
    return LosingFiles(source)


@pytest.fixture
def left(disk: LosingFiles, tmp_path: Path):
    """What is on the disk after a power cut: name to contents."""

    def left(keep: Keep = nothing) -> dict[str, bytes]:
        target = tmp_path / "left"
        disk.survivors(target, keep)
        files = [path for path in target.rglob("*") if path.is_file()]
        return {str(path.relative_to(target)): path.read_bytes() for path in files}

    return left


def made(disk: LosingFiles, name: str, data: bytes) -> Any:
    file = disk.make(disk.root, name, FILE)
    disk.write(file, 0, data)
    return file


def test_what_was_there_before_stays(left):
    assert left() == {"old": b"old"}


def test_a_file_that_was_not_synced_is_gone(disk, left):
    made(disk, "new", b"new")
    assert left() == {"old": b"old"}


def test_a_file_that_was_synced_in_a_folder_that_was_not_is_gone(disk, left):
    disk.sync(made(disk, "new", b"new"))
    assert left() == {"old": b"old"}


def test_a_file_in_a_folder_that_was_synced_is_there_and_empty(disk, left):
    made(disk, "new", b"new")
    disk.sync(disk.root)
    assert left() == {"old": b"old", "new": b""}


def test_a_file_is_there_when_both_were_synced(disk, left):
    disk.sync(made(disk, "new", b"new"))
    disk.sync(disk.root)
    assert left() == {"old": b"old", "new": b"new"}


def test_a_rename_that_was_not_synced_has_not_happened(disk, left):
    disk.sync(made(disk, "new", b"new"))
    disk.rename(disk.root, "new", disk.root, "old")
    assert disk.read(disk.find(disk.root, "old"), 0, 9) == b"new"
    assert left() == {"old": b"old"}
    disk.sync(disk.root)
    assert left() == {"old": b"new"}


def test_a_rename_of_what_was_not_synced_leaves_an_empty_file_in_its_place(disk, left):
    made(disk, "new", b"new")
    disk.rename(disk.root, "new", disk.root, "old")
    disk.sync(disk.root)
    assert left() == {"old": b""}


def test_a_removal_that_was_not_synced_has_not_happened(disk, left):
    disk.remove(disk.root, "old")
    assert left() == {"old": b"old"}


def test_a_folder_that_was_not_synced_is_gone_with_all_that_was(disk, left):
    folder = disk.make(disk.root, "folder", FOLDER)
    file = disk.make(folder, "new", FILE)
    disk.sync(file)
    disk.sync(folder)
    assert left() == {"old": b"old"}
    disk.sync(disk.root)
    assert left() == {"old": b"old", "folder/new": b""}


def test_contents_are_as_they_were_at_the_last_sync(disk, left):
    old = disk.find(disk.root, "old")
    disk.write(old, 3, b"er")
    disk.sync(old)
    disk.write(old, 0, b"c")
    disk.resize(old, 1)
    assert left() == {"old": b"older"}


def test_a_disk_may_keep_the_last_of_what_was_not_synced_and_not_the_first(disk, left):
    old = disk.find(disk.root, "old")
    disk.write(old, 0, b"b")
    disk.write(old, 5, b"er")
    assert left(lambda changes: changes[-1:]) == {"old": b"old\0\0er"}


def test_the_power_goes_before_the_change_that_was_named(tmp_path: Path):
    disk = LosingFiles(tmp_path, cut=2)
    disk.make(disk.root, "new", FILE)
    with pytest.raises(PowerCut):
        disk.sync(disk.root)

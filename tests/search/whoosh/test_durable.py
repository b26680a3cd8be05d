"""A power cut may take whatever was not synced: nothing is named before it is on the disk."""

import os
from pathlib import Path

import pytest

from search.engines.base import Change, Shelf
from search.engines.whoosh.durable import DurableStorage, write_durably
from search.engines.whoosh.engine import WhooshEngine
from tests.search.contract.shelves import document, tell


class Disk:
    """Watches what the process asks of the disk, and notes what a power cut could undo."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.named: list[str] = []
        self.faults: list[str] = []
        self._synced: dict[Path, int] = {}
        self._unsynced_names: set[Path] = set()
        self._fsync, self._rename, self._remove = os.fsync, os.rename, os.remove
        patch.setattr(os, "fsync", self.fsync)
        patch.setattr(os, "rename", self.rename)
        patch.setattr(os, "replace", self.rename)
        patch.setattr(os, "remove", self.remove)

    def fsync(self, descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self._fsync(descriptor)
        self._synced[path] = path.stat().st_size
        self._unsynced_names.discard(path)

    def rename(self, old: str, new: str) -> None:
        """A rename is what makes files count: the table of contents, or CURRENT."""
        source, target = Path(old), Path(new)
        for path in [source, *target.parent.glob("MAIN_*.*")]:
            if self._synced.get(path) != path.stat().st_size:
                self.faults.append(f"{path.name} was not synced before {target.name} named it")
        self._rename(old, new)
        self.named.append(target.name)
        self._unsynced_names.add(target.parent)

    def remove(self, path: str) -> None:
        """A file may go when the disk knows the names of those that take its place."""
        if Path(path).parent in self._unsynced_names:
            self.faults.append(f"{path} was removed before the rename was synced")
        self._remove(path)

    def finish(self) -> list[str]:
        """Everything that a power cut could have undone, now that the call has returned."""
        return [*self.faults, *(f"the names in {folder}" for folder in self._unsynced_names)]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_when_an_update_returns_a_power_cut_does_not_undo_it(tmp_path: Path, disk: Disk) -> None:
    engine = WhooshEngine(tmp_path / "index")
    for number in range(12):  # until Whoosh merges and removes what it merged
        id = number % 5
        tell(engine, Change(id, document(id, "Harbour", body="B-52"), Shelf.PUBLIC))
        assert disk.finish() == []
    assert disk.named[-1] == "_MAIN_12.toc"


def test_when_a_switch_returns_a_power_cut_does_not_undo_it(tmp_path: Path, disk: Disk) -> None:
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as rebuild:
        rebuild.add(Shelf.PUBLIC, [document(1, "Harbour")])
        with engine.writing(0):
            rebuild.switch()
    assert disk.finish() == []
    assert disk.named[-1] == "CURRENT"


def test_a_file_that_was_made_by_path_is_on_the_disk_before_it_is_named(
    tmp_path: Path, disk: Disk
) -> None:
    storage = DurableStorage(tmp_path)
    storage.path_for("MAIN_cancelled.arrays")  # and never made
    for number in (1, 2):
        storage.path_for(f"MAIN_{number}.arrays").write_bytes(b"harbour")
        storage.create_file("_MAIN.toc.new").close()
        storage.rename_file("_MAIN.toc.new", f"_MAIN_{number}.toc")
        assert disk.finish() == []


def test_what_is_written_durably_is_all_old_or_all_new(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "CURRENT"
    path.write_text("old")
    write_durably(path, "new")
    assert path.read_text() == "new"
    assert disk.finish() == []
    assert list(tmp_path.iterdir()) == [path]


def test_an_open_file_can_be_read_after_it_was_removed(tmp_path: Path) -> None:
    storage = DurableStorage(tmp_path)
    for content in (b"harbour", b""):
        with storage.create_file("a.col") as file:
            file.write(content)
        with storage.open_file("a.col") as file:
            storage.delete_file("a.col")
            assert file.read() == content

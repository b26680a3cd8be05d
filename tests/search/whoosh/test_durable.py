"""A power cut may take whatever was not synced: nothing is named before it is on the disk."""

import json
import os
from pathlib import Path

import pytest

from archive.disk import make_private, write_durably
from search.engines.base import Change, Shelf
from tests.search.contract.shelves import document, tell
from tests.search.whoosh.signed import engine_in


class Disk:
    """Watches what the process asks of the disk, and notes what a power cut could undo."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.named: list[str] = []
        self.faults: list[str] = []
        self.synced: dict[Path, int] = {}
        self._unsynced_names: set[Path] = set()
        self._fsync, self._rename, self._remove = os.fsync, os.rename, os.remove
        patch.setattr(os, "fsync", self.fsync)
        patch.setattr(os, "rename", self.rename)
        patch.setattr(os, "replace", self.rename)
        patch.setattr(os, "remove", self.remove)

    def fsync(self, descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self._fsync(descriptor)
        self.synced[path] = path.stat().st_size
        self._unsynced_names.discard(path)

    def rename(self, old: str, new: str) -> None:
        """A rename is what makes files count: the manifest, or CURRENT."""
        source, target = Path(old), Path(new)
        named = segments(source) if target.name == "MANIFEST" else []
        for path in [source, *named]:
            if self.synced.get(path) != path.stat().st_size:
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


def segments(manifest: Path) -> list[Path]:
    said = json.loads(manifest.read_bytes().splitlines()[1])
    return [manifest.parent / name for name in said["segments"]]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_the_way_to_the_first_generation_is_on_the_disk(tmp_path: Path, disk: Disk) -> None:
    engine_in(tmp_path / "index").generation()
    assert {tmp_path, tmp_path / "index"} <= disk.synced.keys()


def test_when_an_update_returns_a_power_cut_does_not_undo_it(tmp_path: Path, disk: Disk) -> None:
    engine = engine_in(tmp_path / "index")
    for number in range(12):  # until Whoosh merges and removes what it merged
        id = number % 5
        tell(engine, Change(id, document(id, "Harbour", body="B-52"), Shelf.PUBLIC))
        assert disk.finish() == []
    assert disk.named[-1] == "MANIFEST"


def test_when_a_switch_returns_a_power_cut_does_not_undo_it(tmp_path: Path, disk: Disk) -> None:
    engine = engine_in(tmp_path / "index")
    with engine.rebuild() as rebuild:
        rebuild.add(Shelf.PUBLIC, [document(1, "Harbour")])
        with engine.writing(0):
            rebuild.switch()
    assert disk.finish() == []
    assert disk.named[-1] == "CURRENT"


def test_what_is_written_durably_is_all_old_or_all_new(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "CURRENT"
    path.write_text("old")
    write_durably(path, b"new")
    assert path.read_text() == "new"
    assert disk.finish() == []
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_written_durably_is_ours_alone(tmp_path: Path) -> None:
    write_durably(tmp_path / "CURRENT", b"new")
    assert (tmp_path / "CURRENT").stat().st_mode & 0o777 == 0o600


def test_a_folder_is_closed_to_others_with_all_in_it(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir(mode=0o755)
    (tmp_path / "public" / "MANIFEST").write_bytes(b"")
    (tmp_path / "public" / "MANIFEST").chmod(0o664)
    make_private(tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"public": 0o700, "MANIFEST": 0o600}
    assert tmp_path.stat().st_mode & 0o777 == 0o700

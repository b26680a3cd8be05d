"""What is acknowledged has been synced: the file, and each name on the way to it."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from archive.disk import DurableStorage, sync_names


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the process has asked the disk to keep, in order."""
    paths: list[Path] = []

    def fsync(descriptor: int) -> None:
        paths.append(Path(f"/proc/self/fd/{descriptor}").readlink())

    monkeypatch.setattr(os, "fsync", fsync)
    return paths


def test_a_file_is_on_the_disk_when_it_was_saved_and_so_is_the_way_to_it(
    tmp_path: Path, synced: list[Path]
) -> None:
    media = tmp_path / "media"
    DurableStorage(location=media).save("2009/12/ferry.jpg", ContentFile(b"fog"))
    folder = media / "2009" / "12"
    assert synced == [folder / "ferry.jpg", folder, media / "2009", media, tmp_path]


def test_media_are_kept_in_such_a_storage() -> None:
    assert isinstance(default_storage, DurableStorage)


def test_the_names_are_synced_up_to_the_folder_that_holds_the_last_of_them(
    tmp_path: Path, synced: list[Path]
) -> None:
    made = tmp_path / "imports" / "7"
    made.mkdir(parents=True)
    sync_names(made, tmp_path / "imports")
    assert synced == [tmp_path / "imports", tmp_path]

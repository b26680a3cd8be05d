"""A backup holds all that was acknowledged before it began, and one that died is none."""

import contextlib
import json
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import time_machine

from backup import postgresql, taking
from backup.databases import database_of
from backup.errors import BackupError
from backup.files import only_one
from backup.manifest import Manifest, backups_in, chosen
from backup.media import kept_in, walk
from backup.verifying import problems
from tests.backup.archives import Killed, add_file, add_tag, backed_up, dies_at, quietly
from tests.backup.conftest import IS_SQLITE, manage

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def wrong(backup: Path) -> list[str]:
    return list(problems(backup, Manifest.read(backup), quietly))


def test_a_backup_is_whole_and_says_what_it_holds(archive, folder):
    backup = backed_up(archive, folder)
    manifest = Manifest.read(backup)
    assert wrong(backup) == []
    assert manifest.counts["archive_article"] == 153
    assert manifest.files == len(list(walk(archive.media))) > 0
    assert manifest.missing == 0
    assert "search.0001_initial" in manifest.migrations


def test_nobody_else_may_read_any_of_it(archive, folder):
    backup = backed_up(archive, folder)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, backup, *backup.rglob("*"))}
    assert modes == {0o600, 0o700}


def test_the_secret_key_is_not_in_it(archive, folder):
    key = (archive.data / "secret-key").read_bytes().strip()
    backup = backed_up(archive, folder)
    assert not any(key in path.read_bytes() for path in backup.rglob("*") if path.is_file())


def test_what_is_saved_meanwhile_neither_stops_it_nor_comes_in_half(archive, folder, monkeypatch):
    """Pairs of tags, each pair in one transaction, while the copy is made in many small steps."""
    if IS_SQLITE:
        monkeypatch.setattr("backup.sqlite.PAGES", 1)
    done, stopped = [], threading.Event()

    def write() -> None:
        for number in count():
            if stopped.is_set():
                return
            add_tag(archive, f"first-{number}", f"second-{number}")
            done.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(done) < 3 and writer.is_alive():
            stopped.wait(0.001)
        before = len(done)
        backup = backed_up(archive, folder)
        after = len(done)
    finally:
        stopped.set()
        writer.join()
    counted = Manifest.read(backup).counts
    pairs, odd = divmod(counted["archive_tag"] - len_of_tags(archive, done), 2)
    assert odd == 0
    assert before <= pairs <= after + 1
    assert wrong(backup) == []


def len_of_tags(archive, done) -> int:
    """How many tags there were before the writer began."""
    with database_of(archive.database).rows() as rows:
        [(everything,)] = rows("SELECT count(*) FROM archive_tag")
    return everything - 2 * len(done)


def test_a_file_that_comes_after_its_database_was_copied_is_taken_as_well(
    archive, folder, monkeypatch
):
    def late(*arguments):
        add_file(archive, "late/photo.png")
        return take_media(*arguments)

    take_media = taking.take_media
    monkeypatch.setattr(taking, "take_media", late)
    backup = backed_up(archive, folder)
    assert (backup / "media/late/photo.png").read_bytes() == b"a photo"
    assert wrong(backup) == []


def test_a_file_that_goes_meanwhile_is_left_out(archive, folder, monkeypatch):
    add_file(archive, "fleeting.png")
    copy = taking.take_media.__globals__["copy"]

    def gone(source, target):
        if source.name == "fleeting.png":
            source.unlink()
        return copy(source, target)

    monkeypatch.setattr("backup.media.copy", gone)
    backup = backed_up(archive, folder)
    assert "fleeting.png" not in {file.path for file in kept_in(backup)}
    assert wrong(backup) == []


def test_files_that_the_archive_had_lost_are_counted(archive, folder):
    lost = next(walk(archive.media))
    (archive.media / lost.path).unlink()
    assert Manifest.read(backed_up(archive, folder)).missing == 1


def test_links_are_not_followed(archive, folder):
    (archive.media / "leak").symlink_to(archive.data / "secret-key")
    assert not (backed_up(archive, folder) / "media/leak").exists()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_what_has_not_changed_is_kept_once_and_never_with_the_archive(archive, folder, clock):
    same, changed = add_file(archive, "same.png"), add_file(archive, "changed.png")
    first = backed_up(archive, folder)
    clock.shift(DAY)
    changed.write_bytes(b"another photo")
    second = backed_up(archive, folder)
    assert (first / "media/same.png").samefile(second / "media/same.png")
    assert not (second / "media/same.png").samefile(same)
    assert (first / "media/changed.png").read_bytes() == b"a photo"
    assert (second / "media/changed.png").read_bytes() == b"another photo"
    assert wrong(first) == wrong(second) == []


def test_as_many_are_kept_as_was_asked_for(archive, folder, clock):
    for _ in range(3):
        backed_up(archive, folder, keep=2)
        clock.shift(DAY)
    assert [backup.name for backup in backups_in(folder)] == [
        "20261124T120000Z",
        "20261125T120000Z",
    ]
    assert wrong(chosen(folder)) == []


def test_one_at_a_time(archive, folder):
    folder.mkdir()
    with only_one(folder, "backup"), pytest.raises(BackupError, match="Another backup"):
        backed_up(archive, folder)


def test_without_room_none_is_begun(archive, folder, monkeypatch):
    free = os.statvfs(archive.data)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": free.f_bsize}))
    with pytest.raises(BackupError, match="has room for"):
        backed_up(archive, folder)
    assert backups_in(folder) == []


@pytest.mark.skipif(not IS_SQLITE, reason="the same code, and each dump takes a second")
def test_wherever_it_dies_the_backups_are_whole_and_the_next_one_is_made(archive, folder, clock):
    first = backed_up(archive, folder)
    for number in count(1):
        clock.shift(DAY)
        with pytest.MonkeyPatch.context() as patch:
            calls = dies_at(patch, number, "fsync", "rename", "link", "mkdir", "unlink", "rmdir")
            with contextlib.suppress(Killed):
                backed_up(archive, folder, keep=1)
        whole = backups_in(folder)
        assert whole, f"none is left at step {number}"
        assert [wrong(backup) for backup in whole] == [[]] * len(whole), f"at step {number}"
        if calls() < number:
            break
    assert number > 20
    assert first not in backups_in(folder)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_damage_is_found(archive, folder):
    add_file(archive, "a.png")
    backup = backed_up(archive, folder)
    for name in ("database.*", "media.jsonl", "named.jsonl", "manifest.json", "media/a.png"):
        [path] = backup.glob(name)
        content, middle = path.read_bytes(), path.stat().st_size // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        for damaged in (content[:middle], changed, None):
            path.unlink()
            if damaged is not None:
                path.write_bytes(damaged)
            assert is_refused(backup), (name, damaged)
            path.write_bytes(content)
    assert wrong(backup) == []


def is_refused(backup: Path) -> bool:
    try:
        return wrong(backup) != []
    except BackupError:
        return True


def test_a_manifest_of_tomorrow_is_refused(archive, folder):
    backup = backed_up(archive, folder)
    said = json.loads((backup / "manifest.json").read_text())
    (backup / "manifest.json").write_text(json.dumps({**said, "format": 2}))
    with pytest.raises(BackupError, match="another version"):
        Manifest.read(backup)


def test_the_command_takes_one_and_checks_it(archive, folder):
    assert "whole" in manage(archive, "backup", str(folder)).stdout
    assert manage(archive, "backup", "--verify", str(folder)).returncode == 0
    next(chosen(folder).glob("database.*")).write_bytes(b"nothing")
    done = manage(archive, "backup", "--verify", str(folder))
    assert done.returncode == 1
    assert "is damaged or gone" in done.stderr


@pytest.mark.skipif(IS_SQLITE, reason="SQLite needs no programs")
@pytest.mark.parametrize(
    ("says", "wanted"), [("pg_dump (PostgreSQL) 9.6", "another version"), (None, "is not there")]
)
def test_programs_that_do_not_fit_are_named(archive, folder, monkeypatch, tmp_path, says, wanted):
    programs = tmp_path / "programs"
    programs.mkdir()
    if says:
        (programs / "pg_dump").write_text(f"#!/bin/sh\necho '{says}'\n")
        (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(BackupError, match=wanted):
        backed_up(archive, folder)


@pytest.mark.skipif(IS_SQLITE, reason="SQLite has no password")
def test_no_argument_of_a_program_is_a_password(archive, folder, monkeypatch):
    seen = []
    called = postgresql.called
    monkeypatch.setattr(
        postgresql, "called", lambda *given: (seen.append(given[0]), called(*given))[1]
    )
    backed_up(archive, folder)
    password = archive.database["PASSWORD"]
    assert seen
    assert not password or not any(password in argument for command in seen for argument in command)

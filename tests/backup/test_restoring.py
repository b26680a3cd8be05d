"""The way back ends with the old archive or with the new one, wherever it is cut off."""

import contextlib
import sqlite3
from itertools import count
from pathlib import Path

import pytest

from backup import restoring
from backup.databases import database_of
from backup.errors import BackupError
from backup.manifest import NAME, Manifest
from backup.restoring import articles_in, restore
from backup.switching import finish
from tests.backup.archives import (
    Killed,
    add_file,
    add_tag,
    backed_up,
    dies_at,
    quietly,
    state,
)
from tests.backup.conftest import IS_SQLITE, manage

pytestmark = pytest.mark.database


@pytest.fixture
def unprepared(monkeypatch):
    """Of this version: there is nothing to migrate, which takes seconds."""
    monkeypatch.setattr(restoring, "prepare", lambda folder, staged: None)


def restored(place, backup: Path, replace: bool = True) -> Path:
    return restore(place, backup, replace=replace, verifying=quietly)


@pytest.fixture
def backup(archive, folder) -> Path:
    """Of the archive as it was; since then it has lost a photo, and got another and a tag."""
    add_file(archive, "old.png", b"an old photo")
    add_file(archive, "both.png", b"as it was")
    made = backed_up(archive, folder)
    (archive.media / "old.png").unlink()
    add_file(archive, "new.png", b"a new photo")
    add_file(archive, "both.png", b"as it became")
    add_tag(archive, "newer")
    return made


def test_the_archive_is_what_it_was_and_what_it_became_is_kept(archive, backup, unprepared):
    became = state(archive)
    aside = restored(archive, backup)
    files, tags = state(archive)
    assert files["old.png"]
    assert "new.png" not in files
    assert ("newer", "newer") not in tags
    assert (aside / "media/new.png").read_bytes() == b"a new photo"
    assert {path.name for path in aside.iterdir()} >= {"media", "index"}
    assert state(archive) != became
    assert not (archive.data / "index").exists()


def test_in_an_empty_place_an_older_backup_becomes_a_whole_archive_of_this_version(
    archive, folder, new_place
):
    assert manage(archive, "migrate", "-v0", "search", "0001").returncode == 0
    backup = backed_up(archive, folder)
    fresh = new_place("fresh")
    done = manage(fresh, "restore", str(folder))
    assert done.returncode == 0, done.stderr
    assert state(fresh) == state(archive)
    told = manage(fresh, "verify_index")  # also whether the triggers are there
    assert "agree" in told.stdout, told.stdout + told.stderr
    assert Manifest.read(backup).counts["archive_article"] == articles_in(fresh)


def test_a_backup_of_a_newer_version_is_refused(archive, backup):
    before = state(archive)
    with database_of(archive.database).rows() as rows:
        rows(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('archive', '9999_of_tomorrow', CURRENT_TIMESTAMP)"
        )
    newer = backed_up(archive, backup.parent / "newer")
    with pytest.raises(BackupError, match="newer Backfile"):
        restored(archive, newer)
    assert state(archive) == before


def test_an_archive_with_articles_stays_unless_told(archive, backup):
    before = state(archive)
    with pytest.raises(BackupError, match="153 articles here"):
        restored(archive, backup, replace=False)
    assert state(archive) == before


@pytest.mark.parametrize("name", ["database.*", "media.jsonl", "media/old.png", NAME])
def test_a_damaged_backup_is_refused_before_anything_is_touched(archive, backup, name):
    before = state(archive)
    [path] = backup.glob(name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BackupError, match="damaged"):
        restored(archive, backup)
    assert state(archive) == before
    assert not list(archive.data.glob("before-*"))


def test_while_somebody_uses_the_archive_it_is_not_moved(archive, backup, unprepared):
    before = state(archive)
    with open_elsewhere(archive), pytest.raises(BackupError, match="stop the web processes"):
        restored(archive, backup)
    assert state(archive) == before


def open_elsewhere(place):
    """As a web process has it: read from, and idle."""
    if not IS_SQLITE:
        return database_of(place.database).connected()
    elsewhere = sqlite3.connect(place.database["NAME"], check_same_thread=False)
    elsewhere.execute("SELECT 1 FROM archive_article").fetchall()
    return elsewhere_closed(elsewhere)


def elsewhere_closed(connection):
    from contextlib import closing

    return closing(connection)


@pytest.mark.skipif(not IS_SQLITE, reason="a server looks after its own files")
def test_a_database_that_cannot_be_read_is_replaced_when_told(archive, backup, unprepared):
    for path in database_of(archive.database).files():
        path.unlink(missing_ok=True)
    Path(archive.database["NAME"]).write_bytes(b"no database " * 1000)
    with pytest.raises(BackupError, match="--replace"):
        restored(archive, backup, replace=False)
    aside = restored(archive, backup)
    assert articles_in(archive) == 153
    assert (aside / "backfile.sqlite3").read_bytes().startswith(b"no database")


@pytest.mark.skipif(not IS_SQLITE, reason="each takes a second there; see the next one")
def test_wherever_it_dies_there_is_the_old_archive_or_the_new_one(archive, backup, unprepared):
    became = state(archive)
    for number in count(1):
        with pytest.MonkeyPatch.context() as patch:
            calls = dies_at(patch, number, "fsync", "rename", "mkdir", "unlink", "rmdir")
            with contextlib.suppress(Killed):
                restored(archive, backup)
        finish(archive)  # what the next process does first
        files, tags = now = state(archive)
        is_new = "old.png" in files
        assert is_new == ("new.png" not in files) == (("newer", "newer") not in tags), number
        assert is_new or now == became, f"a mixture at step {number}"
        assert is_new != (archive.data / "index").exists(), number
        if calls() < number:
            break
        if is_new:
            put_back(archive)
    assert number > 40


def put_back(place) -> None:
    """What was moved aside."""
    import shutil

    [aside] = [one for one in place.data.glob("before-*") if any(one.iterdir())]
    shutil.rmtree(place.media)
    for path in aside.iterdir():
        path.replace(place.data / path.name)
    for left in place.data.glob("before-*"):
        shutil.rmtree(left)


@pytest.mark.skipif(IS_SQLITE, reason="the renaming of databases")
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_switch_of_databases_that_dies_is_ended_by_the_next_process(
    archive, backup, unprepared, monkeypatch, when
):
    from backup.postgresql import PostgreSQL

    real = PostgreSQL.replace_by

    def dies(self, staged, aside):
        if when == "after":
            real(self, staged, aside)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgreSQL, "replace_by", dies)
        with pytest.raises(Killed):
            restored(archive, backup)
    finish(archive)
    files, tags = state(archive)
    assert "old.png" in files
    assert ("newer", "newer") not in tags

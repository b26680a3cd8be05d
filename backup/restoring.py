"""The way back: a whole archive is made of a backup, beside the one there is, and takes its place.

What there was is moved aside, never deleted. Until the switch nothing of it is touched.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from archive.models import Article
from backup.databases import Database, database_of
from backup.errors import BackupError
from backup.files import copy, for_us_alone, only_one, require_room, sync_folders
from backup.manifest import Manifest
from backup.media import kept_in
from backup.place import Place
from backup.switching import Plan, switch
from backup.taking import count_of
from backup.verifying import Progress, problems
from search.models import IndexChange

STAGE = "restoring"


def restore(place: Place, backup: Path, *, replace: bool, verifying: Progress) -> Path:
    """Have the archive be what the backup holds. Returns the folder that what there was is in now.

    Raises BackupError and OSError, and nothing was changed then.
    """
    manifest = Manifest.read(backup)
    refuse_what_does_not_fit(place, manifest)
    if not replace and (articles := articles_in(place)):
        raise BackupError(
            f"There is an archive with {articles} articles here. --replace moves it aside first."
        )
    if found := list(islice(problems(backup, manifest, verifying), 10)):
        raise BackupError(f"{backup} is damaged: {'; '.join(found)}.")
    connections.close_all()
    with only_one(place.data, "restore"), for_us_alone():
        staged = stage(place, backup, manifest)
        alone(place)
        began = f"before-{timezone.now():%Y%m%dT%H%M%SZ}-"
        aside = Path(tempfile.mkdtemp(prefix=began, dir=place.data))
        switch(place, plan_of(place, staged, aside))
        shutil.rmtree(place.data / STAGE)
    return aside


def refuse_what_does_not_fit(place: Place, manifest: Manifest) -> None:
    if manifest.vendor != database_of(place.database).vendor:
        raise BackupError(f"This is a backup of {manifest.vendor}: set DATABASE_URL accordingly.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"A newer Backfile made this backup ({manifest.version}; {newer[0]} is not known "
            "here). Install that version, or a later one, first."
        )


def articles_in(place: Place) -> int:
    """How many the archive that is there has."""
    database = database_of(place.database)
    if not database.is_there():
        return 0
    try:
        with database.rows() as rows:
            is_made = Article._meta.db_table in database.tables(rows)
            return count_of(rows, Article._meta.db_table) if is_made else 0
    except (sqlite3.DatabaseError, psycopg.Error) as problem:
        raise BackupError(
            f"The database that is here cannot be read ({problem}). --replace moves it aside first."
        ) from problem


def stage(place: Place, backup: Path, manifest: Manifest) -> Database:
    """Make the archive beside ours, ready to be used. Returns its database."""
    folder = place.data / STAGE
    shutil.rmtree(folder, ignore_errors=True)  # of a restore that died
    folder.mkdir()
    database = database_of(place.database)
    dump = backup / database.file
    require_room(place.data, 2 * dump.stat().st_size + manifest.bytes)
    staged = database.staged(folder)
    staged.fill(dump)
    compare(staged, manifest)
    bring_media(backup, folder)
    prepare(folder, staged)
    staged.settled()
    sync_folders(folder)
    return staged


def bring_media(backup: Path, folder: Path) -> None:
    """Copy each file, and see that what arrived is what was kept."""
    (folder / "media").mkdir()
    for file in kept_in(backup):
        target = folder / "media" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if copy(backup / "media" / file.path, target)[1] != file.sha256:
            raise BackupError(f"media/{file.path} of {backup} is damaged.")
        os.utime(target, ns=(file.mtime, file.mtime))


def compare(staged: Database, manifest: Manifest) -> None:
    with staged.rows() as rows:
        for table, count in manifest.counts.items():
            found = count_of(rows, table)
            if found != count:
                raise BackupError(f"{table} came out with {found} rows, and not {count}.")


def prepare(folder: Path, staged: Database) -> None:
    """Bring the database to this version, with its triggers, and have every article indexed: what
    is left of an index that another archive has says nothing of this one.
    """
    manage("migrate", "--verbosity", "0", folder=folder, database=staged)
    outbox, articles = IndexChange._meta.db_table, Article._meta.db_table
    with staged.rows() as rows:
        rows(f"DELETE FROM {outbox}")  # noqa: S608
        rows(f"INSERT INTO {outbox} (article_id) SELECT id FROM {articles}")  # noqa: S608


def manage(*arguments: str, folder: Path, database: Database) -> None:
    """Run a command on the archive in `folder`. Raises BackupError."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BACKFILE_DATA": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "1" if settings.DEBUG else "0",
        **database.environment(),
    }
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(  # noqa: S603  our own arguments
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"manage.py {arguments[0]} failed: {done.stderr.strip()[-2000:]}")


def alone(place: Place) -> None:
    """Nobody may go on writing into an archive that is moved aside. Raises BackupError."""
    database = database_of(place.database)
    if database.is_there():
        database.settled()


def plan_of(place: Place, staged: Database, aside: Path) -> Plan:
    """What there is goes aside, into a new folder; what was staged takes its place."""
    ours = database_of(place.database)
    files = ours.files()
    leaving = [path for path in (*files, place.media, place.index) if path.exists()]
    coming = [place.data / STAGE / path.name for path in (*files[:1], place.media)]
    moves = [(path, aside / path.name) for path in leaving]
    moves += [(path, place.data / path.name) for path in coming]
    sync_folders(aside)
    below = [(str(a.relative_to(place.data)), str(b.relative_to(place.data))) for a, b in moves]
    return Plan(below, staged=staged.name, aside=f"{ours.name}_{aside.name.replace('-', '_')}")

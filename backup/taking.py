"""A backup is taken, of an archive that goes on being used.

The database first: a file is on the disk before a row names it, and stays there. So all that the
copy of the database names is there when the files are taken, with what came later.
"""

import json
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from archive.disk import private
from archive.models import Media
from backup.databases import Rows, database_of
from backup.files import checksum, for_us_alone, only_one, require_room, sync_folders
from backup.manifest import NAME, Manifest, backups_in, begun_in
from backup.media import Kept, new_bytes, take_media
from backup.place import Place

Progress = Callable[[int, int], None]
"""Told how many bytes of media are done, of how many."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a database says of itself, at one moment."""

    counts: dict[str, int]
    migrations: list[str]


def take(place: Place, folder: Path, keep: int, progress: Progress) -> Path:
    """Take a backup into `folder`, then remove all but the `keep` latest; none if that is 0.

    Raises BackupError and OSError; what was begun is removed then, or when the next is taken.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with only_one(folder, "backup"), for_us_alone():
        remove_unfinished(folder)
        whole = backups_in(folder)
        earlier = whole[-1] if whole else None
        require_room(folder, database_of(place.database).size() + new_bytes(place.media, earlier))
        new = folder / f"{timezone.now():%Y%m%dT%H%M%SZ}"
        new.mkdir()
        try:
            filled(place, new, earlier, progress).write(new)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        sync_folders(new)
        for old in backups_in(folder)[:-keep] if keep else ():
            remove(old)
    return new


def filled(place: Place, new: Path, earlier: Path | None, progress: Progress) -> Manifest:
    """Put all into the folder, durably. Returns what may be said of it."""
    database = database_of(place.database)
    made = timezone.now().isoformat(timespec="seconds")
    with database.dump(new / database.file) as rows:
        known = known_by(rows, database.tables(rows))
        write_lines(new / "named.jsonl", named_by(rows))
    total = sum(file.stat().st_size for file in place.media.rglob("*") if file.is_file())
    taken = Tally(total, progress)
    write_lines(new / "media.jsonl", taken.of(take_media(place.media, new, earlier, taken.done)))
    missing = sum(1 for _ in missing_files(new))
    sync_folders(new)
    return Manifest(
        version=version(),
        made=made,
        vendor=database.vendor,
        migrations=known.migrations,
        counts=known.counts,
        sums={name: checksum(new / name) for name in (database.file, "named.jsonl", "media.jsonl")},
        files=taken.files,
        bytes=taken.bytes,
        missing=missing,
    )


class Tally:
    """Counts what is taken, and shows how far it is."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.files = self.bytes = self._done = 0
        self._total, self._progress = total, progress

    def of(self, taken: Iterator[Kept]) -> Iterator[Kept]:
        for file in taken:
            self.files += 1
            self.bytes += file.size
            yield file

    def done(self, size: int) -> None:
        self._done += size
        self._progress(self._done, max(self._total, self._done))


def known_by(rows: Rows, tables: list[str]) -> Known:
    applied = rows("SELECT app, name FROM django_migrations ORDER BY app, name")
    return Known(
        counts={table: count_of(rows, table) for table in tables},
        migrations=[f"{app}.{name}" for app, name in applied],
    )


def count_of(rows: Rows, table: str) -> int:
    [(count,)] = rows(f'SELECT count(*) FROM "{table}"')  # noqa: S608  a table of ours
    return int(count)


def named_by(rows: Rows) -> Iterator[str]:
    """The files that the record names, by their paths in media/."""
    table = Media._meta.db_table
    asked = rows(f"SELECT DISTINCT file FROM {table} WHERE file <> '' ORDER BY file")  # noqa: S608
    return (name for (name,) in asked)


def missing_files(backup: Path) -> Iterator[str]:
    """Those that the database names and the backup has not: the archive had lost them before."""
    with (backup / "named.jsonl").open(encoding="ascii") as lines:
        for line in lines:
            name = str(json.loads(line))
            if not (backup / "media" / name).is_file():
                yield name


def write_lines(path: Path, values: Iterable[object]) -> None:
    with open(path, "x", opener=private) as file:
        file.writelines(json.dumps(value) + "\n" for value in values)


def version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def remove_unfinished(folder: Path) -> None:
    """Of those that died."""
    for begun in begun_in(folder):
        if not (begun / NAME).exists():
            shutil.rmtree(begun)


def remove(backup: Path) -> None:
    """The manifest first: what is left of a backup is none."""
    (backup / NAME).unlink()
    sync_folders(backup)
    shutil.rmtree(backup)

"""An import that is killed (SIGKILL) again and again at random, and run again to its end: the
archive equals one whose import was never killed.

    python3 dev.py faults resume [PATH…] [--kills 50] [--seed 1]

Without a PATH it is Reuters-21578 of BACKFILE_SHARED.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared"))
REUTERS = SHARED / "data" / "reuters21578.tar.xz"
CLOCKS = {"created_at", "updated_at", "made_at", "started_at", "finished_at", "at"}
CHANCE = {"trace"}  # the id of each run


class Archive(NamedTuple):
    """A data folder, and the import into it."""

    folder: Path
    paths: list[str]

    def manage(self, *arguments: str) -> "subprocess.Popen[bytes]":
        settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "BACKFILE_DATA": str(self.folder),
            "DATABASE_URL": "",
            "SEARCH_SYNC": "worker",
        }
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, "DEBUG": "1", **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def begin_import(self) -> "subprocess.Popen[bytes]":
        return self.manage("import_articles", *self.paths)

    def progress(self) -> tuple[int, bool]:
        """How many records the import has dealt with, and whether it has come to its end."""
        with closing(sqlite3.connect(self.folder / "backfile.sqlite3")) as database:
            rows = database.execute("SELECT read, state FROM archive_importbatch").fetchall()
        return sum(read for read, _state in rows), any(state == "finished" for _read, state in rows)

    def contents(self) -> dict[str, str]:
        """A hash of each table of the record, but for what a clock or chance wrote."""
        with closing(sqlite3.connect(self.folder / "backfile.sqlite3")) as database:
            names = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'archive_%'"
            )
            return {name: _hash(database, name) for (name,) in sorted(names)}


def kill_and_compare(paths: list[str], kills: int, seed: int) -> list[str]:
    """The tables in which an archive whose import was killed differs from one whose was not."""
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as killed:
        one, other = Archive(Path(whole), paths), Archive(Path(killed), paths)
        one.manage("migrate").wait()
        shutil.copytree(one.folder, other.folder, dirs_exist_ok=True)
        process = one.begin_import()
        _wait_for_the_lock(one, process)
        start = time.monotonic()
        process.wait()
        _kill_often(other, kills, time.monotonic() - start, seed)
        if not other.progress()[1]:
            other.begin_import().wait()
        ours, theirs = one.contents(), other.contents()
        return [name for name in ours if ours[name] != theirs[name]]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py faults resume", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", default=[str(REUTERS)])
    parser.add_argument("--kills", type=int, default=50, metavar="N")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args(arguments)
    paths = [str(Path(path).absolute()) for path in options.paths]
    different = kill_and_compare(paths, options.kills, options.seed)
    verdict = f"they differ in {', '.join(different)}" if different else "the archives are equal"
    print(f"seed {options.seed}: {verdict}")
    return 1 if different else 0


def _kill_often(archive: Archive, kills: int, whole: float, seed: int) -> None:
    """whole: seconds of an import that is let be. All runs together live about as long.

    Every other one lives until it has come further: where to begin takes long, all the others may
    be killed before their first commit.
    """
    random = Random(seed)
    read, is_finished = 0, False
    for number in range(1, kills + 1):
        process = archive.begin_import()
        _wait_for_the_lock(archive, process)
        while number % 2 and process.poll() is None and archive.progress()[0] == read:
            time.sleep(0.01)
        time.sleep(random.random() * 1.5 * whole / kills)
        process.kill()
        process.wait()
        read, is_finished = archive.progress()
        print(f"kill {number}: {read:,} records are in", flush=True)
        if is_finished:
            return


def _wait_for_the_lock(archive: Archive, process: "subprocess.Popen[bytes]") -> None:
    """Until the import has begun: it writes its process into the lock's file."""
    lock = archive.folder / "import.lock"
    mine = f"process {process.pid} "
    while process.poll() is None and not (lock.exists() and lock.read_text().startswith(mine)):
        time.sleep(0.01)


def _hash(database: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(f'"{name}"' for name in columns if name not in CLOCKS | CHANCE)
    digest = sha256()
    for row in database.execute(f"SELECT {kept} FROM {table} ORDER BY 1"):
        digest.update(repr(row).encode())
    return digest.hexdigest()

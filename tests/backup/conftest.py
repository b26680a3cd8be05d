"""An archive of its own for each test, in a folder, made by the real commands; on PostgreSQL with a
database of its own.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from backup.databases import Database, database_of
from backup.place import Place

ENGINE = settings.DATABASES["default"]["ENGINE"]
IS_SQLITE = ENGINE.endswith("sqlite3")
RECORDS = Path(__file__).resolve().parents[2] / "sample" / "articles.jsonl"


def manage(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "1",
        "BACKFILE_DATA": str(place.data),
        **database_of(place.database).environment(),
    }
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def place_in(data: Path, name: str) -> Place:
    database = {**settings.DATABASES["default"]}
    database["NAME"] = data / "backfile.sqlite3" if IS_SQLITE else name
    return Place(data, data / "media", data / "index", database)


def on_server(text: str, *names: str) -> None:
    from backup.postgresql import PostgreSQL, statement

    with PostgreSQL(settings.DATABASES["default"]).keeper().connected() as server:
        server.autocommit = True
        server.execute(statement(text, *names))


def drop_all(beginning: str) -> None:
    from backup.postgresql import PostgreSQL

    with PostgreSQL(settings.DATABASES["default"]).keeper().connected() as server:
        found = server.execute("SELECT datname FROM pg_database").fetchall()
    for (name,) in found:
        if name.startswith(beginning):
            on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Articles and their photos, as an import leaves them."""
    data = tmp_path_factory.mktemp("made")
    place = place_in(data, f"backfile_made_{os.getpid()}")
    if not IS_SQLITE:
        drop_all(place.database["NAME"])
        on_server("CREATE DATABASE {}", place.database["NAME"])
    for command in (("migrate", "-v0"), ("import_articles", str(RECORDS))):
        done = manage(place, *command)
        assert done.returncode == 0, done.stderr
    yield place
    if not IS_SQLITE:
        drop_all(place.database["NAME"])


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """A folder for an archive, and on PostgreSQL a name."""
    beginning = f"backfile_one_{os.getpid()}"

    def new_place(name: str) -> Place:
        data = tmp_path / name
        data.mkdir()
        return place_in(data, f"{beginning}_{name}")

    yield new_place
    if not IS_SQLITE:
        drop_all(beginning)


@pytest.fixture
def archive(made: Place, new_place: Callable[[str], Place]) -> Place:
    place = new_place("archive")
    shutil.copytree(made.data, place.data, dirs_exist_ok=True)
    if not IS_SQLITE:
        names = place.database["NAME"], made.database["NAME"]
        on_server("CREATE DATABASE {} TEMPLATE {}", *names)
    return place


@pytest.fixture
def database(archive: Place) -> Database:
    return database_of(archive.database)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"

"""What a kill, a power cut or a damaged disk would bring out."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.files.storage import FileSystemStorage
from django.db.backends.signals import connection_created

from archive.disk import DurableStorage, sync
from archive.importers.writing import commit, seen
from search import outbox
from search.engines.base import Engine
from search.engines.whoosh import arrays, current, storage, store
from search.models import IndexChange
from tests.faults.seeded import Defect

Planting = AbstractContextManager[object]


def instead(home: object, name: str, other: object) -> Callable[[], Planting]:
    """Plants `other` where `home` has `name`."""
    return lambda: mock.patch.object(home, name, other)


def both(*plants: Callable[[], Planting]) -> Callable[[], Planting]:
    @contextmanager
    def plant() -> Iterator[None]:
        with ExitStack() as stack:
            for each in plants:
                stack.enter_context(each())
            yield

    return plant


def write_and_hope(path: Path, content: bytes) -> None:
    """`write_durably` without asking for the contents."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
    sync(path.parent)


def write_and_leave(path: Path, content: bytes) -> None:
    """`write_durably` without asking for the name."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    sync(beside)
    beside.replace(path)


def written_by(how: Callable[[Path, bytes], None]) -> Callable[[], Planting]:
    return both(
        instead(storage, "write_durably", how),
        instead(current, "write_durably", how),
    )


def settle_then_teach(engine: Engine, ids: list[int]) -> dict[int, Exception]:
    """`teach`, but what waits is crossed out before it is done."""
    IndexChange.objects.filter(article_id__in=ids).delete()
    return _teach(engine, ids)


_teach = outbox.teach


def commit_lightly() -> Planting:
    """SQLite as it comes with WAL for speed: commits of the last second may go."""

    def relax(connection: Any, **_: object) -> None:
        connection.cursor().execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def plant() -> Iterator[None]:
        connection_created.connect(relax, weak=False)
        yield
        connection_created.disconnect(relax)

    return plant()


class Careless:
    """Stands for the module `sqlite3`: its files leave it to the system when they are written."""

    @staticmethod
    def connect(path: Path | str, **options: Any) -> sqlite3.Connection:
        return sqlite3.connect(path, factory=CarelessConnection, **options)


class CarelessConnection(sqlite3.Connection):
    def executescript(self, script: str) -> sqlite3.Cursor:
        return super().executescript("PRAGMA synchronous = OFF")


def switch_after_removing(self: store.Store, generation: Any) -> None:
    """`Store.switch`, with the old generation gone before the new one has its place."""
    store.remove_all_but(generation.name, self._folder)
    self._live.put(generation)


DEFECTS = (
    Defect(
        "unsynced-segments",
        "a commit of the index names segments that the disk was never asked to keep",
        instead(storage, "sync", lambda path: None),
        ("power", "--scenario", "merge", "--cases", "20", "--seed", "1"),
    ),
    Defect(
        "renames-before-syncing",
        "manifest and CURRENT are renamed into place before their contents are on the disk",
        written_by(write_and_hope),
        ("power", "--scenario", "rebuild", "--cases", "20", "--seed", "1"),
    ),
    Defect(
        "unsynced-names",
        "the folder is not synced after manifest and CURRENT were renamed",
        written_by(write_and_leave),
        ("power", "--scenario", "rebuild", "--cases", "20", "--seed", "1"),
    ),
    Defect(
        "crosses-out-early",
        "rows of the outbox are deleted before the index has committed",
        instead(outbox, "teach", settle_then_teach),
        ("calls", "--scenario", "drain", "--cases", "30", "--seed", "1"),
    ),
    Defect(
        "commits-lightly",
        "SQLite runs with synchronous=NORMAL",
        commit_lightly,
        ("power", "--scenario", "edit", "--cases", "20", "--seed", "1"),
    ),
    Defect(
        "unsynced-photos",
        "photos are copied and not synced before the article that has them is in",
        instead(DurableStorage, "_save", FileSystemStorage._save),
        ("power", "--scenario", "import", "--cases", "20", "--seed", "1"),
    ),
    Defect(
        "careless-scratch",
        "what an import remembers to go on is not synced",
        instead(seen, "sqlite3", Careless),
        ("power", "--scenario", "import", "--cases", "150", "--seed", "1"),
    ),
    Defect(
        "batch-in-parts",
        "a batch of an import is not one transaction",
        instead(commit.transaction, "atomic", lambda *a, **k: nullcontext()),
        ("kills", "--scenario", "import", "--cases", "30", "--seed", "1"),
    ),
    Defect(
        "removes-first",
        "a rebuild removes the old index before the new one is named",
        instead(store.Store, "switch", switch_after_removing),
        ("calls", "--scenario", "rebuild", "--cases", "60", "--seed", "1"),
    ),
    Defect(
        "skips-checksums",
        "segments are served without a look at their checksums",
        instead(arrays, "map_checked", lambda path, sums: arrays.map_file(path)),
        ("rot", "--cases", "60", "--seed", "1"),
    ),
)

"""Engines and shelves that are signed with a key of the tests."""

from pathlib import Path

from search.engines.base import Forgetful, Ledger
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.shelf import ShelfIndex
from search.engines.whoosh.storage import DurableStorage

KEY = b"the key of the tests"


class Settled(Forgetful):
    """The ledger of a database that has articles, and remembers no index in particular."""

    def is_new(self) -> bool:
        return False


def engine_in(folder: Path, ledger: Ledger | None = None) -> WhooshEngine:
    return WhooshEngine(folder, KEY, ledger or Forgetful())


def storage_in(folder: Path) -> DurableStorage:
    return DurableStorage(folder, KEY)


def new_shelf(folder: Path) -> ShelfIndex:
    ShelfIndex.create(folder, KEY)
    return ShelfIndex(folder, KEY)

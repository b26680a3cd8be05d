"""Engines and shelves that are signed with a key of the tests."""

from pathlib import Path

from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.shelf import ShelfIndex
from search.engines.whoosh.storage import DurableStorage

KEY = b"the key of the tests"


def engine_in(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder, KEY)


def storage_in(folder: Path) -> DurableStorage:
    return DurableStorage(folder, KEY)


def new_shelf(folder: Path) -> ShelfIndex:
    ShelfIndex.create(folder, KEY)
    return ShelfIndex(folder, KEY)

"""The engines that are compared. Each module here has one, with what it was tuned by.

All index the same terms (`benchmarks.analysed`), use one thread and answer the same whole job.
"""

import os
from importlib import import_module

from benchmarks.peers.base import Peer, Unavailable

BACKFILE = "backfile"
"""What the others are compared with."""

FRAGMENTED = "fragmented"
"""Backfile again, with an index that has seen better days."""

NAMES = (
    BACKFILE,
    FRAGMENTED,
    "tantivy",
    "tantivy_top",
    "sqlite",
    "postgresql",
    "xapian",
    "whoosh",
)
"""In the order in which they are shown."""


def peer_class(name: str) -> type[Peer]:
    """Raises Unavailable where it cannot run here."""
    try:
        module = import_module(f"benchmarks.peers.{name}")
    except ImportError as error:
        raise Unavailable(str(error)) from error
    found: type[Peer] = module.ENGINE
    if found.needs and not os.environ.get(found.needs):
        raise Unavailable(f"{found.needs} is not set")
    return found

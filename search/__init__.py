"""How the archive is found. These are the names for everybody outside this room.

They are looked up when first used, because Django imports this package before models may be.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.desk.shelves import desk_ids
    from search.engines import get_engine
    from search.finding import (
        search,
        search_as_typed,
        strongest,
        totals,
        values_as_typed,
    )
    from search.likeness import similar
    from search.request import SearchPage, SearchRequest
    from search.suggesting import suggest

__all__ = [
    "SearchPage",
    "SearchRequest",
    "desk_ids",
    "get_engine",
    "search",
    "search_as_typed",
    "similar",
    "strongest",
    "suggest",
    "totals",
    "values_as_typed",
]

_HOMES = {
    "SearchPage": "search.request",
    "SearchRequest": "search.request",
    "desk_ids": "search.desk.shelves",
    "get_engine": "search.engines",
    "search": "search.finding",
    "search_as_typed": "search.finding",
    "similar": "search.likeness",
    "strongest": "search.finding",
    "suggest": "search.suggesting",
    "totals": "search.finding",
    "values_as_typed": "search.finding",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

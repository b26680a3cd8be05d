"""How it is said that an index cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import IndexVersionError

from search.engines.base import IndexOutdated, IndexUnavailable
from search.engines.whoosh.arrays import OtherVersion


@contextmanager
def trusting(folder: Path) -> Iterator[None]:
    """Raise IndexUnavailable where reading an index fails, in whatever way, and IndexOutdated where
    another version wrote it.
    """
    try:
        yield
    except Exception as cause:
        another = isinstance(cause, OtherVersion | IndexVersionError)
        kind = IndexOutdated if another else IndexUnavailable
        raise kind(said(folder, f"cannot be read ({cause!r})")) from cause


def said(folder: Path, what: str) -> str:
    return (
        f"The search index in {folder} {what}. It was left as it is; "
        "`python manage.py rebuild_index` makes a new one."
    )

"""What processes remember together of the index's upkeep: a few words in a file beside it.

Not in the database: this is asked by searches, and they do not wait for who writes there.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings


@contextmanager
def remembered(about: str) -> Iterator[dict[str, Any]]:
    """The notes about one thing, to be read and changed by one process and thread at a time.

    Kept when the block ends, if they differ then. Raises OSError. What makes no sense is forgotten:
    the notes only say what need not be done again.
    """
    path = Path(settings.SEARCH_INDEX_DIR).with_name(f"index-{about}.json")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with open(descriptor, "r+", encoding="utf-8") as file:  # noqa: PTH123  a descriptor, no path
        fcntl.flock(file, fcntl.LOCK_EX)
        notes = read(file.read())
        before = dict(notes)
        yield notes
        if notes != before:
            file.seek(0)
            file.truncate()
            json.dump(notes, file)


def read(text: str) -> dict[str, Any]:
    try:
        notes = json.loads(text)
    except ValueError:
        return {}
    return notes if isinstance(notes, dict) else {}

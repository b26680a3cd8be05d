"""JSON Lines: an article on each line, with all that the archive says of it."""

import json
from collections.abc import Iterable
from typing import TextIO

from archive.exporters.values import values_of
from archive.importers.base import Record

NAME = "jsonl"


def write(records: Iterable[Record], out: TextIO) -> int:
    """Returns how many."""
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007
        out.write(json.dumps(values_of(record), ensure_ascii=False) + "\n")
    return count

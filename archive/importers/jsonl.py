"""JSON Lines: one article, or one person, per line as a JSON object.

    {"external_id": "pac-1989-03-14-bridge", "headline": "Harbour bridge to cost £19 million",
     "published": "1989-03-14T06:30:00+00:00", "body": ["A bridge of three steel arches…"]}

The keys and their synonyms are in `fields`. A line with a "name" and nothing of an article is about
a person: {"name": "Margaret E. Vale", "aliases": ["Margaret Vale"], "note": "Mayor."}.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from archive.importers.base import LONGEST_RECORD, Defaults, PersonRecord, Raw, Record, RecordError
from archive.importers.reading import fields
from archive.importers.reading.mapping import renamed
from archive.importers.reading.text import lines

NAME = "jsonl"
ENDINGS = (".jsonl", ".ndjson", ".jsonlines")


def sniff(head: bytes) -> bool:
    """The first line that holds anything is a JSON object by itself."""
    lines_ = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    first = next((line for line in lines_ if line.strip()), b"")
    if not first.lstrip().startswith(b"{"):
        return False
    if len(head) == len(first):  # too long to see its end
        return True
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def split(stream: BinaryIO) -> Iterator[Raw]:
    return (Raw(*line) for line in lines(stream) if line.text.strip())


def build(raw: Raw, defaults: Defaults) -> Record | PersonRecord:
    if len(raw.text) >= LONGEST_RECORD:
        raise RecordError(f"the line is longer than {LONGEST_RECORD:,} bytes")
    try:
        values = json.loads(raw.text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}") from error
    if not isinstance(values, dict):
        raise RecordError("not a JSON object; a line is {…}")
    return fields.record(renamed(values, defaults.mapping), defaults)

"""An article on its way into the database: which one it is, whether it is as it was, its files."""

import hashlib
import json
from typing import NamedTuple

from archive.importers.base import Entry, PersonRecord, Record, said
from archive.importers.writing.media import MediaFile, found_files
from archive.names import name_key


class Prepared(NamedTuple):
    """`key` is the article's identity; equal digests are equal records with equal files."""

    entry: Entry
    record: Record
    key: str
    digest: str
    files: tuple[MediaFile, ...] = ()


class PreparedPerson(NamedTuple):
    entry: Entry
    record: PersonRecord
    key: str
    digest: str


def prepared(entry: Entry) -> Prepared | PreparedPerson:
    record = entry.record
    if isinstance(record, PersonRecord):
        key = f"person\0{name_key(record.name)}"
        return PreparedPerson(entry, record, key, _digest(said(record)))
    files = found_files(entry, record)
    contents = [file.stored_name for file in files if file.stored_name]
    digest = _digest({**said(record), **({"files": contents} if contents else {})})
    key = article_key(record.source, record.external_id, record.url)
    return Prepared(entry, record, key, digest, files)


_as_json = json.JSONEncoder(sort_keys=True, default=str).encode


def url_key(url: str) -> str:
    return f"url\0{url}"


def article_key(source: str, external_id: str, url: str) -> str:
    """The source's own id, else the address (`checks` sees to it that there is one of them)."""
    return f"id\0{source}\0{external_id}" if external_id else url_key(url)


def _digest(values: dict[str, object]) -> str:
    return hashlib.sha256(_as_json(values).encode()).hexdigest()

"""The attachments of an export, kept beside while its posts are read: a post often comes before
the pictures in it, and a large export has a million of them."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from archive.importers.base import RecordError
from archive.importers.reading.xml import parsed


class Item(NamedTuple):
    """What of an <item> tells whether, and with what, it is a post."""

    type: str
    id: str
    parent: str
    thumbnail: str


class Kept:
    """Attachments and authors in their own XML, by what posts refer to them with, on the disk;
    and how many items of each type there are."""

    def __init__(self) -> None:
        self.types: Counter[str] = Counter()
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("CREATE TABLE attachment (id TEXT, parent TEXT, xml TEXT)")
        self._db.execute("CREATE TABLE author (login TEXT PRIMARY KEY, xml TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def add_author(self, login: str, xml: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO author VALUES (?, ?)", (login, xml))

    def add_attachment(self, item: Item, xml: str) -> None:
        self._db.execute("INSERT INTO attachment VALUES (?, ?, ?)", (item.id, item.parent, xml))

    def make_ready(self) -> None:
        self._db.execute("CREATE INDEX by_id ON attachment (id)")
        self._db.execute("CREATE INDEX by_parent ON attachment (parent)")

    def author(self, login: str) -> str:
        row = self._db.execute("SELECT xml FROM author WHERE login = ?", (login,)).fetchone()
        return row[0] if row else ""

    def attachments(self, post: str, shown: Iterable[str]) -> list[str]:
        """Those that the post shows by their ids, in that order, then those attached to it."""
        rows = [
            row
            for id in dict.fromkeys(shown)
            for row in self._db.execute("SELECT xml FROM attachment WHERE id = ?", (id,))
        ]
        if post not in ("", "0"):
            attached = "SELECT xml FROM attachment WHERE parent = ? ORDER BY rowid"
            rows += self._db.execute(attached, (post,)).fetchall()
        return list(dict.fromkeys(xml for (xml,) in rows))

    def close(self) -> None:
        self._db.close()


def read_item(xml: str) -> tuple[Item, etree._Element | None]:
    """What the item is, and its tree; one that cannot be read is taken for a post, so that it is
    set aside as one."""
    try:
        item = parsed(xml)
    except RecordError:
        return Item("post", "", "", ""), None
    return Item(
        item.findtext("{*}post_type") or "",
        item.findtext("{*}post_id") or "",
        item.findtext("{*}post_parent") or "",
        meta(item, "_thumbnail_id"),
    ), item


def meta(item: etree._Element, key: str) -> str:
    """A value that WordPress or a plugin keeps for the item under `key`."""
    for one in item.iterfind("{*}postmeta"):
        if one.findtext("{*}meta_key") == key:
            return str(one.findtext("{*}meta_value") or "")
    return ""

"""JSON Feed 1 and 1.1: https://www.jsonfeed.org/version/1.1/

    {"version": "https://jsonfeed.org/version/1.1", "title": "Port Almond Courier", "items": [
     {"id": "pac-7", "title": "Bridge opens", "content_html": "<p>The harbour bridge…</p>"}]}

A feed is never read whole: its items are cut out one by one, each with what stands before all.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from archive.importers.base import Defaults, MediaItem, Raw, Record, RecordError
from archive.importers.feeds.enclosures import enclosure
from archive.importers.feeds.post import Post, article
from archive.importers.reading.html import Content, read_html, read_plain
from archive.importers.reading.objects import outermost, parsed_object
from archive.importers.reading.text import decode

NAME = "json-feed"
ENDINGS = (".jsonfeed",)

_HEAD = 65_536  # bytes in which a feed says what it is
_CHUNK = 65_536
_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_ITEMS = re.compile(rb'"items"\s*:\s*\[')
_SAID_ONCE = ("version", "title", "language", "author", "authors")


def sniff(head: bytes) -> bool:
    return decode(head[:100])[0].lstrip()[:1] == "{" and bool(_VERSION.search(head))


def split(stream: BinaryIO) -> Iterator[Raw]:
    head = stream.read(_HEAD)
    items = _ITEMS.search(head)
    if items is None:
        if head.strip():
            yield Raw(1, decode(head)[0])
        return
    shared = _said_before(head[: items.start()])
    line = head.count(b"\n", 0, items.end())
    chunks = chain([head[items.end() :]], iter(partial(stream.read, _CHUNK), b""))
    for raw in outermost(chunks):
        alone = f"{shared[:-1]}, " if len(shared) > 2 else "{"
        yield raw._replace(line=raw.line + line, text=f'{alone}"items": [{raw.text}]}}')


def _said_before(head: bytes) -> str:
    """What the feed says of itself, as an object of its own."""
    try:
        values = json.loads(decode(head)[0].rstrip().rstrip(",") + "}")
    except ValueError:
        return "{}"
    return json.dumps({key: values[key] for key in _SAID_ONCE if key in values})


def build(raw: Raw, defaults: Defaults) -> Record:
    feed = parsed_object(raw.text)
    items = feed.get("items")
    item = items[0] if isinstance(items, list) and items else None
    if not isinstance(item, dict):
        raise RecordError("it has no items, or more than 64 kB stand before them")
    return article(_post(item, feed), defaults)


def _post(item: dict[str, object], feed: dict[str, object]) -> Post:
    link = _text(item, "url")
    return Post(
        site=_text(feed, "title"),
        language=_text(item, "language") or _text(feed, "language"),
        id=_text(item, "id"),
        link=link or _text(item, "external_url"),
        title=_text(item, "title"),
        content=_content(item, link),
        summary=read_plain(_text(item, "summary")),
        authors=tuple(_authors(item)) or tuple(_authors(feed)),
        tags=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        media=tuple(_media(item, link)),
        published=_text(item, "date_published"),
        modified=_text(item, "date_modified"),
    )


def _text(values: dict[str, object], key: str) -> str:
    """A text; ids may be numbers, which the format asks readers to forgive."""
    value = values.get(key)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value).strip() if isinstance(value, str) or is_number else ""


def _list(values: dict[str, object], key: str) -> list[object]:
    value = values.get(key)
    return value if isinstance(value, list) else []


def _content(item: dict[str, object], base: str) -> Content:
    markup = _text(item, "content_html")
    return read_html(markup, base) if markup else read_plain(_text(item, "content_text"))


def _authors(values: dict[str, object]) -> Iterator[str]:
    """1.1 has a list of them, 1.0 one."""
    for author in (*_list(values, "authors"), values.get("author")):
        if isinstance(author, dict) and (name := _text(author, "name")):
            yield name


def _media(item: dict[str, object], base: str) -> Iterator[MediaItem]:
    pictures = (_text(item, key) for key in ("image", "banner_image"))
    found: Iterable[MediaItem | None] = (
        *(enclosure(address, base, type="image") for address in pictures),
        *(_attachment(one, base) for one in _list(item, "attachments") if isinstance(one, dict)),
    )
    yield from filter(None, found)


def _attachment(values: dict[str, object], base: str) -> MediaItem | None:
    return enclosure(
        _text(values, "url"),
        base,
        type=_text(values, "mime_type"),
        title=_text(values, "title"),
        duration=_text(values, "duration_in_seconds"),
    )

"""ninjs 3.0, one item on each line: https://iptc.org/standards/ninjs/

What ninjs has no word for stands where it leaves the words to the provider: the section is a
subject of that `rel`, corrections are descriptions of that `role`. It knows three statuses: drafts
are *withheld*, as what is in review is, and what is scheduled is *usable*; ours stands beside.
"""

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, TextIO
from urllib.parse import quote

from archive.exporters.markup import as_html, as_uri, signed
from archive.exporters.values import known_period
from archive.importers.base import CorrectionNote, MediaItem, Pointer, Record
from archive.importers.wires import own_words

NAME = "ninjs"

_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
_TYPES = {"photo": "picture", "audio": "audio", "video": "video", "file": "component"}
_KEYS = {"subject": "subjects", "place": "places", "organisation": "organisations"}


def write(records: Iterable[Record], out: TextIO) -> int:
    """Returns how many."""
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007
        out.write(json.dumps(_item(record), ensure_ascii=False) + "\n")
    return count


def _item(record: Record) -> dict[str, Any]:
    values: dict[str, Any] = {
        "standard": _STANDARD,
        "uri": as_uri(record.external_id, record.url),
        "altIds": [
            *_address(record.url),
            {"role": own_words.STATUS, "value": record.status},
            *_period(record),
        ],
        "type": "text",
        "firstCreated": _first_created(record),
        "versionCreated": record.modified and record.modified.isoformat(),
        "embargoed": record.embargo_until and record.embargo_until.isoformat(),
        "expires": record.expires and record.expires.isoformat(),
        "pubStatus": own_words.pub_status(record.status),
        "copyrightHolder": record.source,
        "copyrightNotice": record.rights,
        "language": record.language,
        "headlines": _text("main", record.headline),
        "descriptions": [
            *_text("standfirst", record.standfirst),
            *(one for note in record.corrections for one in _correction(note)),
        ],
        "by": signed(record.byline),
        "located": record.place,
        "associations": [*map(_media, record.media), *_related(record.related)],
        **{key: [{"name": tag.name} for tag in record.tags if tag.kind == kind]
           for kind, key in _KEYS.items()},
    }  # fmt: skip
    if record.section:
        values["subjects"].append({"name": record.section, "rel": "section"})
    if record.paragraphs:
        values["bodies"] = [{"contentType": "text/html", "value": as_html(record.paragraphs)}]
    known = {key: value for key, value in values.items() if value}
    if record.people is not None:
        known["people"] = [{"name": name} for name in record.people]
    return known


def _text(role: str, text: str) -> list[dict[str, str]]:
    if not text:
        return []
    if "<" in text or "&" in text:
        return [{"role": role, "contentType": "text/html", "value": escape(text, quote=False)}]
    return [{"role": role, "value": text}]


def _correction(note: CorrectionNote) -> list[dict[str, str]]:
    return [{"role": own_words.correction_role(note), "value": note.text}]


def _address(url: str) -> list[dict[str, str]]:
    return [{"role": "url", "value": url}] if url else []


def _first_created(record: Record) -> str:
    return record.published.isoformat() if record.published and not record.precision else ""


def _period(record: Record) -> list[dict[str, str]]:
    period = known_period(record)
    return [{"role": own_words.PUBLISHED, "value": period}] if period else []


def _media(item: MediaItem) -> dict[str, Any]:
    length = {"duration": item.duration} if item.duration else {}
    values = {
        "name": item.title or item.kind,
        "type": _TYPES[item.kind],
        "uri": item.url or as_uri(item.file or item.title or item.caption),
        "headlines": _text("main", item.title),
        "descriptions": [
            *_text("caption", item.caption),
            *([{"role": "creditline", "value": item.credit}] if item.credit else []),
            *([{"role": "alt", "value": item.alt}] if item.alt else []),
        ],
        "renditions": [
            {"name": name, "href": href, **length}
            for name, href in (("main", item.url), ("file", quote(item.file)))
            if href
        ],
    }
    return {key: value for key, value in values.items() if value}


def _related(pointers: Iterable[Pointer]) -> Iterator[dict[str, Any]]:
    for pointer in pointers:
        values = {
            "name": pointer.title or "related",
            "type": "text",
            "uri": as_uri(pointer.external_id, pointer.url),
            "altIds": _address(pointer.url),
            "headlines": _text("main", pointer.title),
        }
        yield {key: value for key, value in values.items() if value}

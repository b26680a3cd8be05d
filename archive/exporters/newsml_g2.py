"""NewsML-G2 2.24, one message with an item for each article, its text in NITF 3.6.

What NewsML-G2 has no word for has codes of our own (x-backfile:…), a status too: it knows three.
Each version has a time: where nobody knows when an article was last modified, it is the
time of its first publication, or now, and the item does not say that its content was modified.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import quote

from lxml import etree

from archive.exporters.markup import as_uri, keeps_its_spaces, signed
from archive.exporters.values import known_period
from archive.importers.base import MediaItem, Pointer, Record
from archive.importers.reading.text import clean
from archive.importers.wires import own_words

NAME = "newsml-g2"

_G2 = "http://iptc.org/std/nar/2006-10-01/"
_NITF = "http://iptc.org/std/NITF/2006-10-18/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"
_KINDS = {"subject": "abstract", "place": "geoArea", "organisation": "organisation"}
_TYPES = {"photo": "image", "audio": "audio", "video": "video", "file": "other"}


def write(records: Iterable[Record], out: TextIO) -> int:
    """Returns how many."""
    sent = datetime.now(UTC).isoformat(timespec="seconds")
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<newsMessage xmlns="{_G2}"><header><sent>{sent}</sent></header><itemSet>\n')
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007
        out.write(etree.tostring(_item(record), encoding="unicode") + "\n")
    out.write("</itemSet></newsMessage>\n")
    return count


def _item(record: Record) -> etree._Element:
    item = etree.Element(
        f"{{{_G2}}}newsItem",
        {
            "guid": clean(as_uri(record.external_id, record.url)),
            "standard": "NewsML-G2",
            "standardversion": "2.24",
            "conformance": "core",
            _LANG: clean(record.language),
        },
        nsmap={None: _G2},
    )
    _add(item, "catalogRef", href=_CATALOG)
    if record.rights:
        _add(_add(item, "rightsInfo"), "copyrightNotice", record.rights)
    _item_meta(item, record)
    _content_meta(item, record)
    inline = _add(_add(item, "contentSet"), "inlineXML", contenttype="application/nitf+xml")
    _story(inline, record)
    return item


def _item_meta(item: etree._Element, record: Record) -> None:
    meta = _add(item, "itemMeta")
    _add(meta, "itemClass", qcode="ninat:text")
    _add(_add(meta, "provider", literal=_token(record.source)), "name", record.source)
    version = record.modified or record.published or datetime.now(UTC)
    _add(meta, "versionCreated", version.isoformat())
    _add_time(meta, "firstCreated", None if record.precision else record.published)
    _add_time(meta, "embargoed", record.embargo_until)
    _add(meta, "pubStatus", qcode=f"stat:{own_words.pub_status(record.status)}")
    _add(meta, "role", qcode=own_words.STATUS + record.status)
    _add_time(meta, "expires", record.expires)
    if record.url:
        _add(meta, "link", rel=own_words.ADDRESS, href=record.url)
    for pointer in record.related:
        _link(meta, pointer)


def _link(meta: etree._Element, pointer: Pointer) -> None:
    link = _add(meta, "link", rel="irel:seeAlso", residref=as_uri(pointer.external_id, pointer.url))
    if pointer.url:
        link.set("href", clean(pointer.url))
    if pointer.title:
        _add(link, "title", pointer.title)


def _content_meta(item: etree._Element, record: Record) -> None:
    meta = _add(item, "contentMeta")
    if period := known_period(record):
        _add(meta, "contentCreated", period)
    _add_time(meta, "contentModified", record.modified)
    if record.place:
        _add(_add(meta, "located", literal=_token(record.place)), "name", record.place)
    for tag in record.tags:
        _subject(meta, f"cpnat:{_KINDS[tag.kind]}", tag.name)
    for name in record.people or ():
        _subject(meta, "cpnat:person", name)
    if record.people == ():
        _add(meta, "subject", type="cpnat:person", literal=own_words.NOBODY)
    if record.section:
        _subject(meta, own_words.SECTION, record.section)
    if record.headline:
        _add(meta, "headline", record.headline)
    if record.byline:
        _add(meta, "by", signed(record.byline))
    if record.standfirst:
        _add(meta, "description", record.standfirst, role="x-backfile:standfirst")
    for note in record.corrections:
        _add(meta, "description", note.text, role=f"x-backfile:{own_words.correction_role(note)}")


def _subject(meta: etree._Element, kind: str, name: str) -> None:
    _add(_add(meta, "subject", type=kind, literal=_token(name)), "name", name)


def _story(inline: etree._Element, record: Record) -> None:
    nitf = etree.SubElement(inline, f"{{{_NITF}}}nitf", nsmap={None: _NITF})
    body = _add(nitf, "body")
    content = _add(body, "body.content")
    for paragraph in record.paragraphs:
        if keeps_its_spaces(paragraph):
            _add(content, "pre", paragraph + "\n")
        else:
            _lines(_add(content, "p"), paragraph)
    for item in record.media:
        _media(content, item)


def _lines(paragraph: etree._Element, text: str) -> None:
    first, *others = clean(text).split("\n")
    paragraph.text = first
    for line in others:
        _add(paragraph, "br").tail = line


def _media(content: etree._Element, item: MediaItem) -> None:
    media = _add(content, "media", **{"media-type": _TYPES[item.kind]})
    if item.title:
        _add(media, "media-metadata", name="title", value=item.title)
    length = {"time": str(item.duration)} if item.duration else {}
    for source in filter(None, (item.url, quote(item.file))):
        described = {"alternate-text": item.alt} if item.alt else {}
        _add(media, "media-reference", source=source, **length, **described)
    if not (item.url or item.file):
        _add(media, "media-reference", **{"alternate-text": item.alt})
    if item.caption:
        _add(media, "media-caption", item.caption)
    if item.credit:
        _add(media, "media-producer", item.credit)


def _add(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A child in the namespace of its parent."""
    namespace = etree.QName(parent).namespace
    child = etree.SubElement(
        parent, f"{{{namespace}}}{name}", {key: clean(one) for key, one in attributes.items()}
    )
    child.text = clean(text) or None
    return child


def _add_time(parent: etree._Element, name: str, when: datetime | None) -> None:
    if when:
        _add(parent, name, when.isoformat())


def _token(name: str) -> str:
    """A word for a name, as a literal has to be one."""
    return "_".join(name.split())

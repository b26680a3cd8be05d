"""NewsML-G2: https://iptc.org/standards/newsml-g2/

    <newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
    <newsItem guid="urn:newsml:pac.example:20091217:7" version="2">
      <itemMeta><itemClass qcode="ninat:text"/><versionCreated>2009-12-17T12:02:00Z</versionCreated>
      </itemMeta>
      <contentMeta><headline>Bridge opens</headline></contentMeta>
      <contentSet><inlineXML contenttype="application/xhtml+xml">…</inlineXML></contentSet>
    </newsItem></itemSet></newsMessage>

News items are articles, packages articles that point to their items, concepts of people persons;
each is a record, alone or in a message. First published: `firstCreated`, else `contentCreated`,
else `versionCreated`; modified: `versionCreated` (specification, Item Metadata and Content
Metadata).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from archive.importers.base import (
    CorrectionNote,
    Defaults,
    PersonRecord,
    Raw,
    Record,
    RecordError,
    TagName,
)
from archive.importers.reading.cutting import cut
from archive.importers.reading.text import decode
from archive.importers.reading.xml import local_name, parsed, root_name, words
from archive.importers.wires import codes, own_words
from archive.importers.wires.g2_item import Item
from archive.importers.wires.g2_person import person
from archive.importers.wires.g2_story import (
    address_of,
    links_of,
    media_of,
    own_status,
    pointer,
    story_of,
)

NAME = "newsml-g2"
ENDINGS = (".newsml",)

_NAMESPACE = "iptc.org/std/nar/"
_PIECE = "a piece of a NewsML-G2 item ({}), which says nothing alone: load the whole item"
_NO_ARTICLES = {
    "planningItem": codes.A_PLAN,
    "catalogItem": "a catalogue of codes: there is no article in it",
}
_WHOLE_FILES = {
    "NewsML": "NewsML 1, which went before NewsML-G2 and is not read: ask its sender for "
    "NewsML-G2, NITF or ninjs",
    **{name: _PIECE.format(name) for name in ("contentMeta", "groupSet", "itemMeta", "partMeta")},
}
_HOLDERS = frozenset({"newsMessage", "knowledgeItem", "conceptItem"})
_PERSON, _SECTION = "person", codes.last_part(own_words.SECTION)
_SUBJECT = "contentMeta/subject"
_TAG_KINDS = {
    "organisation": "organisation",
    "team": "organisation",
    "geoarea": "place",
    "poi": "place",
}


def sniff(head: bytes) -> bool:
    root = root_name(head)
    if root in _WHOLE_FILES:
        return True
    return root in {*_HOLDERS, *_RECORDS, *_NO_ARTICLES} and _NAMESPACE in decode(head)[0]


def split(stream: BinaryIO) -> Iterator[Raw]:
    return cut(stream, {*_RECORDS, *_NO_ARTICLES}, _WHOLE_FILES)


def build(raw: Raw, defaults: Defaults) -> Record | PersonRecord:
    root = parsed(raw.text)
    name = local_name(root)
    if reason := _NO_ARTICLES.get(name) or _WHOLE_FILES.get(name):
        raise RecordError(reason)
    return _RECORDS[name](root, defaults)


def _news(root: etree._Element, defaults: Defaults) -> Record:
    item = Item(root)
    story = story_of(item)
    is_cancelled = codes.status(item.code("itemMeta/pubStatus")) == codes.WITHDRAWN
    slug = item.text("contentMeta/slugline") or root.get("guid", "") if is_cancelled else ""
    if not (story.headline or story.paragraphs or slug):
        raise RecordError(codes.NOTHING_SAID)
    return replace(
        _common(item, defaults),
        headline=story.headline or slug,
        standfirst=story.standfirst,
        paragraphs=story.paragraphs,
        byline=_byline(item) or story.byline or ", ".join(item.names("contentMeta/creator")),
        place=next(iter(item.names("contentMeta/located")), "") or _dateline(item) or story.place,
        people=story.people if (people := _people(item)) is None else people,
        media=tuple(media_of(item, story)),
        related=tuple(links_of(item)),
    )


def _package(root: etree._Element, defaults: Defaults) -> Record:
    item = Item(root)
    headline = item.text("contentMeta/headline") or item.text("itemMeta/title")
    if not headline:
        raise RecordError(
            "a package without a headline; the items in it are taken in where they stand"
        )
    return replace(
        _common(item, defaults),
        headline=headline,
        standfirst=item.text("contentMeta/description"),
        people=_people(item),
        related=(
            *(pointer(one, item.language) for one in root.iterfind(".//{*}itemRef")),
            *links_of(item),
        ),
    )


def _concept(root: etree._Element, defaults: Defaults) -> PersonRecord:
    return person(root)


_RECORDS: Mapping[str, Callable[[etree._Element, Defaults], Record | PersonRecord]] = {
    "newsItem": _news,
    "packageItem": _package,
    "concept": _concept,
}


def _common(item: Item, defaults: Defaults) -> Record:
    """A record with what all items say of themselves."""
    notes: list[str] = []
    first, version, created = (
        codes.date_of(item.text(path), defaults, notes)
        for path in (
            "itemMeta/firstCreated",
            "itemMeta/versionCreated",
            "contentMeta/contentCreated",
        )
    )
    embargo, expires = (
        codes.moment(item.text(path), defaults, notes)
        for path in ("itemMeta/embargoed", "itemMeta/expires")
    )
    own = own_status(item)
    status = own_words.exact_status(own, item.code("itemMeta/pubStatus"))
    if item.all("itemMeta/embargoed") and not embargo and status == codes.PUBLISHED:
        status = codes.IN_REVIEW
        notes.append("embargoed without a time: it waits for an editor")
    url = address_of(item)
    changed = codes.moment(item.text("contentMeta/contentModified"), defaults, notes)
    return Record(
        source=_source(item, defaults),
        external_id=own_words.identity(item.root.get("guid", ""), url),
        url=url,
        section=next((one.name for one in item.concepts(_SUBJECT) if one.kind == _SECTION), ""),
        language=item.language,
        modified=changed if own else version and version.when,
        status=status,
        embargo_until=embargo,
        expires=expires,
        rights=_rights(item),
        tags=tuple(_tags(item)),
        corrections=_corrections(item, defaults, notes),
        notes=tuple(notes),
    ).dated(first or created or (None if own else version))


def _source(item: Item, defaults: Defaults) -> str:
    return (
        next(iter(item.names("itemMeta/provider")), "")
        or next(iter(item.names("rightsInfo/copyrightHolder")), "")
        or defaults.source
        or _provider_code(item)
        or codes.authority(item.root.get("guid", ""))
        or codes.DEFAULT_SOURCE
    )


def _provider_code(item: Item) -> str:
    """ "AFP" for nprov:AFP."""
    return next(
        (codes.last_part(one.get("qcode", "")) for one in item.all("itemMeta/provider")), ""
    )


def _rights(item: Item) -> str:
    paths = ("rightsInfo/copyrightNotice", "rightsInfo/usageTerms")
    return "\n".join(filter(None, map(item.text, paths)))


def _byline(item: Item) -> str:
    return codes.writer(item.text("contentMeta/by"))


def _dateline(item: Item) -> str:
    return item.text("contentMeta/dateline").partition(",")[0]


def _people(item: Item) -> tuple[str, ...] | None:
    """Those whom the item is about; None where it names nobody, who may yet be in its text."""
    people = [one for one in item.concepts(_SUBJECT) if one.kind == _PERSON]
    says_nobody = any(one.get("literal") == own_words.NOBODY for one in item.all(_SUBJECT))
    return tuple(one.name for one in people if one.name) or (() if says_nobody else None)


def _tags(item: Item) -> Iterator[TagName]:
    for subject in item.concepts(_SUBJECT):
        if subject.kind not in (_PERSON, _SECTION):
            yield TagName(subject.name, _TAG_KINDS.get(subject.kind, "subject"))
    for keyword in item.all("contentMeta/keyword"):
        yield TagName("".join(keyword.itertext()).strip())


def _corrections(item: Item, defaults: Defaults, notes: list[str]) -> tuple[CorrectionNote, ...]:
    signals = {codes.last_part(one.get("qcode", "")) for one in item.all("itemMeta/signal")}
    is_one = bool(signals & {"correction", "corrected"})
    told = (
        own_words.told_corrections(one.get("role", ""), words(one), defaults, notes)
        for one in item.all("contentMeta/description")
    )
    return (
        *codes.corrections(item.text("itemMeta/edNote"), is_one=is_one),
        *(note for some in told for note in some),
    )

"""NITF 3, the News Industry Text Format: https://iptc.org/standards/nitf/

    <nitf><head><docdata><doc-id id-string="pac-7"/><date.issue norm="20091217T120200Z"/></docdata>
    </head><body><body.head><hedline><hl1>Bridge opens</hl1></hedline></body.head>
    <body.content><p>It opened.</p></body.content></body></nitf>

First published: `pubdata@date.publication` (when it was used), else `date.issue` ("document was
issued"), else the `story.date` of the dateline. Modified: `date.issue`, which is each version's
own. A `date.release` after that is an embargo.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

from lxml import etree

from archive.importers.base import (
    CorrectionNote,
    Defaults,
    Raw,
    Record,
    Stamp,
    TagName,
)
from archive.importers.reading.cutting import cut
from archive.importers.reading.xml import local_name, parsed, root_name, words
from archive.importers.wires import codes
from archive.importers.wires.nitf_story import read_story

NAME = "nitf"
ENDINGS = (".nitf",)

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG_KINDS = {
    "org": "organisation",
    "location": "place",
    "event": "subject",
    "object.title": "subject",
    "classifier": "subject",
}
_SUBJECT_PARTS = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")


def sniff(head: bytes) -> bool:
    return root_name(head) == "nitf" or (bool(root_name(head)) and b"<nitf" in head)


def split(stream: BinaryIO) -> Iterator[Raw]:
    return cut(stream, {"nitf"})


def build(raw: Raw, defaults: Defaults) -> Record:
    return _record(parsed(raw.text), defaults)


class _Dates(NamedTuple):
    published: Stamp | None
    modified: datetime | None
    embargo_until: datetime | None
    expires: datetime | None


def _record(nitf: etree._Element, defaults: Defaults) -> Record:
    notes: list[str] = []
    docdata = _first(nitf, "{*}head/{*}docdata")
    story = read_story(nitf)
    status = codes.status(docdata.get("management-status", ""))
    dates = _dates(nitf, docdata, defaults, notes)
    if docdata.get("management-status") == "embargoed" and not dates.embargo_until:
        status = codes.IN_REVIEW
        notes.append("embargoed without a time: it waits for an editor")
    external_id = _attribute(docdata, "doc-id", "id-string") or _attribute(docdata, "du-key", "key")
    named, its_status = docdata.get("management-doc-idref"), docdata.get("management-idref-status")
    if named and its_status in ("canceled", "withheld"):
        external_id, status = named, codes.WITHDRAWN
    return Record(
        source=_source(nitf, docdata, defaults),
        external_id=external_id,
        language=codes.language(nitf.get(_LANG) or ""),
        section=_attribute(nitf, "pubdata", "position.section"),
        headline=story.headline or (external_id if status == codes.WITHDRAWN else ""),
        standfirst=story.standfirst,
        paragraphs=story.paragraphs,
        byline=story.byline,
        place=story.place,
        modified=dates.modified,
        status=status,
        embargo_until=dates.embargo_until,
        expires=dates.expires,
        rights=_rights(nitf, docdata),
        people=story.people,
        tags=tuple(_tags(nitf, docdata)),
        media=story.media,
        corrections=_corrections(docdata),
        notes=tuple(notes),
    ).dated(dates.published)


def _dates(
    nitf: etree._Element, docdata: etree._Element, defaults: Defaults, notes: list[str]
) -> _Dates:
    def date_of(within: etree._Element, element: str, attribute: str = "norm") -> Stamp | None:
        return codes.date_of(_attribute(within, element, attribute), defaults, notes)

    issued = date_of(docdata, "date.issue")
    used = date_of(nitf, "pubdata", "date.publication")
    released, expires = date_of(docdata, "date.release"), date_of(docdata, "date.expire")
    is_later = released and (issued is None or released.when > issued.when)
    return _Dates(
        used or issued or date_of(nitf, "story.date"),
        issued and issued.when,
        released.when if released and is_later else None,
        expires and expires.when,
    )


def _source(nitf: etree._Element, docdata: etree._Element, defaults: Defaults) -> str:
    return (
        _attribute(nitf, "pubdata", "name")
        or _attribute(docdata, "doc.copyright", "holder")
        or words(nitf.find("{*}body/{*}body.head/{*}distributor"))
        or defaults.source
        or _attribute(docdata, "doc-id", "regsrc")
        or codes.DEFAULT_SOURCE
    )


def _rights(nitf: etree._Element, docdata: etree._Element) -> str:
    holder = _attribute(docdata, "doc.copyright", "holder")
    year = _attribute(docdata, "doc.copyright", "year")[:4]
    terms = words(nitf.find("{*}body/{*}body.head/{*}rights"))
    return "\n".join(
        filter(None, (f"© {year} {holder}".replace("  ", " ") if holder else "", terms))
    )


def _tags(nitf: etree._Element, docdata: etree._Element) -> Iterator[TagName]:
    for subject in nitf.iterfind("{*}head/{*}tobject/{*}tobject.subject"):
        if name := next(filter(None, map(subject.get, _SUBJECT_PARTS)), ""):
            yield TagName(name)
    for keyword in docdata.iterfind("{*}key-list/{*}keyword"):
        yield TagName(keyword.get("key", ""))
    for element in docdata.iterfind("{*}identified-content/*"):
        if kind := _TAG_KINDS.get(local_name(element)):
            yield TagName(words(element) or element.get("value", ""), kind)
    yield TagName(_attribute(docdata, "evloc", "city"), "place")


def _corrections(docdata: etree._Element) -> tuple[CorrectionNote, ...]:
    told = _attribute(docdata, "correction", "info")
    return (
        *((CorrectionNote(told),) if told else ()),
        *codes.corrections(_attribute(docdata, "ed-msg", "info")),
    )


def _first(element: etree._Element, path: str) -> etree._Element:
    """The element at `path`, or an empty one."""
    found = element.find(path)
    return etree.Element("none") if found is None else found


def _attribute(within: etree._Element, element: str, attribute: str) -> str:
    """Of the first such element, at any depth."""
    found = within.find(f".//{{*}}{element}")
    return "" if found is None else found.get(attribute, "").strip()

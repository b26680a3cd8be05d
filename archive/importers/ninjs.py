"""ninjs 1, 2 and 3, IPTC's news in JSON: https://iptc.org/standards/ninjs/

    {"uri": "urn:newsml:pac.example:20091217:7", "versionCreated": "2009-12-17T12:02:00Z",
     "headlines": [{"role": "main", "value": "Bridge opens"}],
     "bodies": [{"contentType": "text/html", "value": "<p>It opened.</p>"}]}

A file is one object, a list of them, or JSON Lines. Names are those of 2.x here: 3.x spells them in
camelCase, 1.x has one headline and one body for each ending of a name (body_xhtml).

First published: `firstcreated` ("when the first version of this ninjs object was created"), else
`contentcreated`, else `versioncreated`. Modified: `versioncreated`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

from archive.importers.base import (
    CorrectionNote,
    Defaults,
    Raw,
    Record,
    RecordError,
    Stamp,
    TagName,
)
from archive.importers.reading.objects import objects, parsed_object
from archive.importers.reading.text import decode
from archive.importers.wires import codes, own_words
from archive.importers.wires.ninjs_item import Item
from archive.importers.wires.ninjs_story import (
    address_of,
    alternative,
    media_of,
    related_of,
    story_of,
)

NAME = "ninjs"
ENDINGS = (".ninjs",)

_URI = re.compile(r'"uri"\s*:')
_OF_NINJS = re.compile(
    r'"(?:\$?standard|(?:first|version)created|pubstatus|headlines?|bodies|descriptions|body_\w+'
    r'|description_\w+|eventdetails|representationtype|copyrightnotice)"\s*:',
    re.IGNORECASE,
)
_NO_ARTICLES = {
    "event": codes.AN_EVENT,
    "planning": codes.A_PLAN,
}
# Of an item that does not say its type.
_TYPE_BY_KEY = {"eventdetails": "event", "plannedcoverage": "planning"}
_SECTION = "section"  # the `rel` of a subject in an export of ours
_TAG_KINDS = {"subjects": "subject", "places": "place", "organisations": "organisation"}


def sniff(head: bytes) -> bool:
    text = decode(head)[0].lstrip()
    return text[:1] in ("{", "[") and bool(_URI.search(text)) and bool(_OF_NINJS.search(text))


def split(stream: BinaryIO) -> Iterator[Raw]:
    return objects(stream)


def build(raw: Raw, defaults: Defaults) -> Record:
    return _record(Item.of(parsed_object(raw.text)), defaults)


class _Dates(NamedTuple):
    published: Stamp | None
    modified: datetime | None
    embargo_until: datetime | None
    expires: datetime | None


def _record(item: Item, defaults: Defaults) -> Record:
    _refuse_what_is_no_article(item)
    notes: list[str] = []
    dates = _dates(item, defaults, notes)
    story = story_of(item)
    own_status = alternative(item, own_words.STATUS)
    status = own_words.exact_status(own_status, item.text("pubstatus"))
    name = item.text("slugline") or item.text("uri") if status == codes.WITHDRAWN else ""
    if not (story.headline or story.paragraphs or name):
        raise RecordError(codes.NOTHING_SAID)
    return Record(
        source=_source(item, defaults),
        external_id=own_words.identity(item.text("uri"), address_of(item)),
        url=address_of(item),
        section=next(iter(item.names("subjects", rel=_SECTION)), ""),
        language=codes.language(item.text("language")),
        headline=story.headline or name,
        standfirst=story.standfirst,
        paragraphs=story.paragraphs,
        byline=codes.writer(item.text("by")) or story.byline,
        place=item.text("located") or story.place,
        modified=dates.modified,
        status=status,
        embargo_until=dates.embargo_until,
        expires=dates.expires,
        rights=_rights(item),
        people=item.names("people") if item.has("people") else story.people,
        tags=tuple(_tags(item)),
        related=tuple(related_of(item)),
        media=tuple(media_of(item, story)),
        corrections=tuple(_corrections(item, defaults, notes)),
        notes=tuple(notes),
    ).dated(dates.published)


def _dates(item: Item, defaults: Defaults, notes: list[str]) -> _Dates:
    """First published is what we wrote ourselves, else when the first version was made, else the
    content, else this version."""
    own, first, created, version = (
        codes.date_of(text, defaults, notes)
        for text in (
            alternative(item, own_words.PUBLISHED),
            *map(item.text, ("firstcreated", "contentcreated", "versioncreated")),
        )
    )
    embargo, expires = (
        codes.moment(item.text(key), defaults, notes) for key in ("embargoed", "expires")
    )
    return _Dates(own or first or created or version, version and version.when, embargo, expires)


def _tags(item: Item) -> Iterator[TagName]:
    for key, kind in _TAG_KINDS.items():
        for name in item.names(key, but=_SECTION):
            yield TagName(name, kind)


def _corrections(item: Item, defaults: Defaults, notes: list[str]) -> Iterator[CorrectionNote]:
    yield from codes.corrections(item.text("ednote"))
    for one in item.objects("descriptions"):
        yield from own_words.told_corrections(one.text("role"), one.text("value"), defaults, notes)


def _refuse_what_is_no_article(item: Item) -> None:
    announced = (kind for key, kind in _TYPE_BY_KEY.items() if item.has(key))
    kind = item.text("type") or next(announced, "")
    if kind in _NO_ARTICLES:
        raise RecordError(_NO_ARTICLES[kind])


def _source(item: Item, defaults: Defaults) -> str:
    return (
        item.text("copyrightholder")
        or defaults.source
        or next(iter(item.names("infosources")), "")
        or codes.authority(item.text("uri"))
        or codes.DEFAULT_SOURCE
    )


def _rights(item: Item) -> str:
    linked = item.objects("rightsinfo")
    parts = [item.text("copyrightnotice"), item.text("usageterms")]
    parts += [one.text("linkedrights") for one in linked]
    return "\n".join(filter(None, parts))

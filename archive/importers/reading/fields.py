"""A record given as keys and values (JSON, a row of a table): what the keys are called, what the
values may look like."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from archive.importers.base import (
    CorrectionNote,
    Defaults,
    MediaItem,
    PersonRecord,
    Pointer,
    Record,
    RecordError,
    Stamp,
    TagName,
)
from archive.importers.reading.dates import DateError, read_date

DEFAULT_SOURCE = "Imported articles"

# Other words for the same thing, as exports use them. A key's own name is always understood.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "external_id": ("id", "uri", "guid", "article_id", "externalid"),
    "source": ("publication", "publisher", "newspaper"),
    "url": ("link", "canonical_url", "permalink"),
    "language": ("lang",),
    "section": ("category", "desk"),
    "headline": ("title",),
    "standfirst": ("subtitle", "subheadline", "description", "summary", "lead", "excerpt"),
    "body": ("text", "content", "paragraphs", "article"),
    "byline": ("author", "authors", "by", "creator"),
    "place": ("dateline", "location"),
    "published": ("date", "published_at", "publication_date", "first_published", "pubdate"),
    "modified": ("updated", "updated_at", "modified_at", "last_modified"),
    "status": (),
    "embargo_until": ("embargo", "embargoed", "embargoed_until"),
    "expires": ("expires_at",),
    "rights": ("copyright", "licence", "license", "usage_terms"),
    "people": ("persons", "person", "names"),
    "tags": ("keywords", "topics", "subjects"),
    "places": (),
    "organisations": ("organizations", "orgs", "companies"),
    "related": ("see_also", "read_also"),
    "media": ("photos", "images", "audio", "attachments"),
    "corrections": ("correction",),
}
_CANONICAL = {word: key for key, words in SYNONYMS.items() for word in (key, *words)}
PERSON_KEYS = frozenset({"name", "aliases", "note", "wikidata"})

_KIND_BY_ENDING = {
    "mp3": "audio", "ogg": "audio", "oga": "audio", "m4a": "audio", "wav": "audio", "pdf": "file",
    "mp4": "video", "m4v": "video", "mov": "video", "webm": "video", "mpg": "video",
    "mpeg": "video",
}  # fmt: skip
_MEDIA_WORDS = {
    "image": "photo",
    "picture": "photo",
    "podcast": "audio",
    "sound": "audio",
    "film": "video",
}


def canonical(key: str) -> str | None:
    """The field that a column or key called `key` holds: "Published At" is "published"."""
    return _CANONICAL.get(key.strip().lower().replace(" ", "_").replace("-", "_"))


def record(values: Mapping[str, object], defaults: Defaults) -> Record | PersonRecord:
    """What `values` describe. Raises RecordError, naming the field."""
    return person(values) if is_person(values) else article(values, defaults)


def is_person(values: Mapping[str, object]) -> bool:
    """Whether the record is about a person: it has a name, and nothing that an article has."""
    keys = {key.strip().lower() for key, value in values.items() if value}
    return "name" in keys and keys <= PERSON_KEYS


def person(values: Mapping[str, object]) -> PersonRecord:
    lower = {key.strip().lower(): value for key, value in values.items()}
    return PersonRecord(
        _text("name", lower["name"]),
        texts("aliases", lower.get("aliases")),
        _text("note", lower.get("note")),
        _text("wikidata", lower.get("wikidata")),
    )


def article(values: Mapping[str, object], defaults: Defaults) -> Record:
    named, notes = _by_field(values)

    def text(field: str) -> str:
        return _text(field, named.get(field))

    def moment(field: str) -> datetime | None:
        return _moment(text(field), defaults, notes)

    record = Record(
        source=text("source") or defaults.source or DEFAULT_SOURCE,
        external_id=text("external_id"),
        url=text("url"),
        language=text("language").replace("_", "-") or "en",
        section=text("section"),
        headline=text("headline"),
        standfirst=text("standfirst"),
        paragraphs=paragraphs(named.get("body")),
        byline=", ".join(texts("byline", named.get("byline"))),
        place=text("place"),
        modified=moment("modified"),
        status=text("status").lower().replace(" ", "_") or "published",
        embargo_until=moment("embargo_until"),
        expires=moment("expires"),
        rights=text("rights"),
        people=None if named.get("people") in (None, "") else texts("people", named["people"]),
        tags=tuple(_tags(named)),
        related=tuple(_pointer(item) for item in _items(named.get("related"))),
        media=tuple(_media(item) for item in _items(named.get("media"))),
        corrections=tuple(
            _correction(item, defaults, notes) for item in _corrections(named.get("corrections"))
        ),
    ).dated(_stamp(text("published"), defaults, notes))
    return replace(record, notes=tuple(notes))


def _by_field(values: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    """The values by field, a field's own name before its synonyms; notes on what was not used."""
    named: dict[str, object] = {}
    notes = []
    for key, value in sorted(values.items(), key=lambda item: item[0] != canonical(item[0])):
        field = canonical(key)
        if field is None:
            notes.append(f"the key “{key}” is not known and was left out")
        elif named.get(field) in (None, "", []):
            named[field] = value
        elif value:
            notes.append(f"the key “{key}” was left out: another gives the {field}")
    return named, notes


def _text(field: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RecordError(f"{field} must be a text, not {_kind_of(value)}")
    return str(value).strip()


def texts(field: str, value: object) -> tuple[str, ...]:
    """A list of texts; one text stands for a list, with semicolons between its parts."""
    if isinstance(value, list):
        return tuple(text for item in value if (text := _name(field, item)))
    return tuple(text for part in _text(field, value).split(";") if (text := part.strip()))


def _name(field: str, item: object) -> str:
    return _text(field, item.get("name") if isinstance(item, dict) else item)


def paragraphs(value: object) -> tuple[str, ...]:
    """A list of paragraphs, or a text with empty lines between them (or, with none, line ends)."""
    if isinstance(value, list):  # a paragraph may begin with an indent: a table's does
        return tuple(str(item) for item in value if _text("body", item))
    text = _text("body", value).replace("\r\n", "\n")
    parts = text.split("\n\n") if "\n\n" in text else text.split("\n")
    return tuple(part.strip() for part in parts if part.strip())


def _moment(text: str, defaults: Defaults, notes: list[str]) -> datetime | None:
    stamp = _stamp(text, defaults, notes)
    return stamp and stamp.when


def _stamp(text: str, defaults: Defaults, notes: list[str]) -> Stamp | None:
    if not text:
        return None
    try:
        stamp = read_date(text, defaults.zone)
    except DateError as error:
        raise RecordError(str(error)) from error
    if stamp.note:
        notes.append(stamp.note)
    return stamp


def _tags(named: Mapping[str, object]) -> Iterable[TagName]:
    kinds = {"tags": "subject", "places": "place", "organisations": "organisation"}
    for field, kind in kinds.items():
        value = named.get(field)
        for item in value if isinstance(value, list) else texts(field, value):
            own_kind = _text("tag kind", item.get("kind")) if isinstance(item, dict) else ""
            if name := _name(field, item):
                yield TagName(name, own_kind or kind)


def _items(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [value]
    return list(texts("list", value))


def _pointer(item: object) -> Pointer:
    if not isinstance(item, dict):
        text = _text("related", item)
        return Pointer(url=text) if _is_address(text) else Pointer(title=text)
    return Pointer(
        title=_text("related title", item.get("title") or item.get("headline")),
        external_id=_text("related external_id", item.get("external_id") or item.get("id")),
        url=_text("related url", item.get("url")),
    )


def _corrections(value: object) -> list[object]:
    """A list of texts or objects, or one of them; a text may hold semicolons."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _correction(item: object, defaults: Defaults, notes: list[str]) -> CorrectionNote:
    given = item if isinstance(item, dict) else {"text": item}
    when = _moment(_text("correction when", given.get("when")), defaults, notes)
    return CorrectionNote(_text("correction", given.get("text")), when, _is_public(given))


def _is_public(given: Mapping[str, object]) -> bool:
    value = given.get("public", True)
    if not isinstance(value, bool):
        raise RecordError(f"correction public '{value}' is neither true nor false")
    return value


def _media(item: object) -> MediaItem:
    if not isinstance(item, dict):
        text = _text("media", item)
        item = {"url" if _is_address(text) else "file": text}
    texts = {
        field: _text(f"media {field}", item.get(field))
        for field in ("title", "caption", "credit", "alt", "file", "url")
    }
    return MediaItem(kind=_media_kind(item, texts), duration=_duration(item), **texts)


def _media_kind(item: Mapping[str, object], texts: Mapping[str, str]) -> str:
    given = _text("media kind", item.get("kind") or item.get("type")).lower()
    ending = (texts["file"] or texts["url"]).rpartition(".")[2].lower()
    return _MEDIA_WORDS.get(given, given) or _KIND_BY_ENDING.get(ending, "photo")


def _duration(item: Mapping[str, object]) -> int | None:
    value = item.get("duration")
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    parts = _text("media duration", value).split(":")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        raise RecordError(f"media duration '{value}' is not a number of seconds, m:ss or h:mm:ss")
    return functools.reduce(lambda total, part: total * 60 + int(part), parts, 0)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _kind_of(value: object) -> str:
    words = {bool: "true or false", list: "a list", dict: "an object"}
    return words.get(type(value), type(value).__name__)

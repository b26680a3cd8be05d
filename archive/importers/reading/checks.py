"""A record made fit for the archive, or refused by the name of what is wrong with it."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from archive.importers.base import (
    CorrectionNote,
    MediaItem,
    PersonRecord,
    Pointer,
    Record,
    RecordError,
    TagName,
)
from archive.importers.reading.addresses import canonical
from archive.importers.reading.text import clean
from archive.models import Article, Media, Person, RelatedArticle, Section, Source, Status, Tag
from archive.models.article import language_tag
from archive.models.person import wikidata_id
from archive.names import name_key, tidy_name

T = TypeVar("T", str, TagName, Pointer, MediaItem, CorrectionNote)

# Begins the external id of an article whose source gave neither id nor address.
GUESSED_ID = "page:"
MOST_NAMES = 1_000  # people, tags, pointers or media of one article
_STATUSES, _TAG_KINDS, _MEDIA_KINDS = Status.values, Tag.Kind.values, Media.Kind.values
_SPACES = re.compile(r"[ \t\n]+")
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


def checked(record: Record | PersonRecord) -> Record | PersonRecord:
    """The record, cleaned. Raises RecordError where it breaks a limit or contradicts itself."""
    return _person(record) if isinstance(record, PersonRecord) else _article(record)


def _article(record: Record) -> Record:
    texts = {
        field: _fitting(model, column, field, getattr(record, field))
        for field, (model, column) in _COLUMNS.items()
    }
    record = replace(
        record,
        **texts,  # type: ignore[arg-type]
        standfirst=clean(record.standfirst).strip(),
        rights=clean(record.rights).strip(),
        paragraphs=tuple(text for part in record.paragraphs if (text := clean(part).strip("\n"))),
        people=None if record.people is None else _people(record.people),
        tags=_distinct(
            "tags",
            (_tag(tag) for tag in record.tags if tag.name.strip()),
            lambda tag: tag.name.casefold(),
        ),
        related=_distinct("related articles", map(_pointer, record.related)),
        media=_not_too_many("media", [_media(item) for item in record.media if any(item[1:])]),
        corrections=_distinct(
            "corrections",
            (_correction(note) for note in record.corrections if note.text.strip()),
            lambda note: note.text,
        ),
    )
    _refuse_contradictions(record)
    record = replace(record, url=canonical(record.url)) if record.url else record
    if record.external_id or record.url:
        return record
    return replace(record, external_id=_guessed_id(record))


_COLUMNS: dict[str, tuple[type[Model], str]] = {
    "source": (Source, "name"),
    "section": (Section, "name"),
    **{
        field: (Article, field)
        for field in ("external_id", "url", "language", "headline", "byline", "place")
    },
}


def _refuse_contradictions(record: Record) -> None:
    if not record.headline and not record.paragraphs:
        raise RecordError("there is neither a headline nor a text")
    _refuse_unknown("status", record.status, _STATUSES)
    if record.status == Status.SCHEDULED and record.published is None:
        raise RecordError("a scheduled article needs the time at which it is published")
    _refuse_address("url", record.url)
    _refuse_invalid("language", record.language, language_tag)


def _person(record: PersonRecord) -> PersonRecord:
    name = _name("name", record.name)
    if not name:
        raise RecordError("the person's name is empty")
    if record.wikidata:
        _refuse_invalid("wikidata", record.wikidata, wikidata_id)
    aliases = _distinct("aliases", (_name("alias", alias) for alias in record.aliases))
    return replace(
        record,
        name=name,
        aliases=tuple(alias for alias in aliases if alias and alias != name),
        note=clean(record.note).strip(),
    )


def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    return _distinct("people", filter(None, (_name("person", name) for name in names)), name_key)


def _name(field: str, name: str) -> str:
    tidy = tidy_name(clean(name))
    _refuse_length(field, name_key(tidy), 200)
    return _fitting(Person, "name", field, tidy)


def _tag(tag: TagName) -> TagName:
    _refuse_unknown("tag kind", tag.kind, _TAG_KINDS)
    return TagName(_fitting(Tag, "name", "tag", tag.name), tag.kind)


def _pointer(pointer: Pointer) -> Pointer:
    _refuse_address("url of a related article", pointer.url)
    pointer = pointer._replace(url=canonical(pointer.url))
    return Pointer(*(
        _fitting(RelatedArticle, field, f"{field} of a related article", text)
        for field, text in pointer._asdict().items()
    ))  # fmt: skip


def _media(item: MediaItem) -> MediaItem:
    _refuse_unknown("media kind", item.kind, _MEDIA_KINDS)
    _refuse_address("url of a media item", item.url)
    texts = {
        field: _fitting(Media, field, f"{field} of a media item", getattr(item, field))
        for field in ("title", "credit", "alt", "url")
    }
    duration = None if item.kind == Media.Kind.PHOTO else item.duration
    return item._replace(caption=clean(item.caption).strip(), duration=duration, **texts)


def _correction(note: CorrectionNote) -> CorrectionNote:
    return note._replace(text=clean(note.text).strip())


def _fitting(model: type[Model], column: str, field: str, text: str) -> str:
    """`text` in one line, no longer than its column."""
    if not text:
        return ""
    line = _SPACES.sub(" ", clean(text)).strip()
    _refuse_length(field, line, _limit(model, column))
    return line


@cache
def _limit(model: type[Model], column: str) -> int | None:
    return getattr(model._meta.get_field(column), "max_length", None)


def _refuse_length(field: str, text: str, most: int | None) -> None:
    if most is not None and len(text) > most:
        raise RecordError(f"{field} has {len(text):,} characters; at most {most:,} fit")


def _refuse_unknown(field: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise RecordError(f"{field} '{value}' is none of {', '.join(known)}")


def _refuse_invalid(field: str, value: str, validate: Callable[[str], None]) -> None:
    try:
        validate(value)
    except ValidationError as error:
        raise RecordError(f"{field} '{value}': {error.message}") from error


def _refuse_address(field: str, address: str) -> None:
    if address and not _ADDRESS.fullmatch(address):
        raise RecordError(f"{field} '{address}' is no web address (http://… or https://…)")


def _distinct(
    what: str, values: Iterable[T], key: Callable[[T], Hashable] | None = None
) -> tuple[T, ...]:
    """`values` once each, the first of those that are alike, without empty ones."""
    kept: dict[Hashable, T] = {}
    for value in values:
        if any(value):
            kept.setdefault(key(value) if key else value, value)
    return _not_too_many(what, kept.values())


def _not_too_many(what: str, values: Collection[T]) -> tuple[T, ...]:
    if len(values) > MOST_NAMES:
        raise RecordError(f"{len(values):,} {what}; at most {MOST_NAMES:,} fit one article")
    return tuple(values)


def _guessed_id(record: Record) -> str:
    """An identity for what came without one: its folded headline and minute of publication."""
    headline = _folded(record.headline) or _folded(record.body[:500]) or record.body[:500]
    minute = record.published.strftime("%Y-%m-%d %H:%M") if record.published else ""
    return GUESSED_ID + hashlib.sha256(f"{headline}\n{minute}".encode()).hexdigest()[:32]


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", decomposed))

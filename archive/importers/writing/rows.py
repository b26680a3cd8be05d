"""A planned article as rows of the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from archive.identity.lookup import person_ids
from archive.importers.base import CorrectionNote, Record
from archive.importers.writing.filing import ids_by_name
from archive.importers.writing.media import FETCHED, MediaFile
from archive.importers.writing.merge import is_edited, mark, marks
from archive.importers.writing.plan import Planned
from archive.mentions import GIVEN, NamedPerson, by_person
from archive.models import Article, Correction, Media, RelatedArticle, Section, Source, Tag

MEDIA_COLUMNS = ("kind", "title", "caption", "credit", "alt", "file", "url", "duration")
DATED = ("first_published", "date_precision")
POINTER_COLUMNS = ("title", "external_id", "url")

PointerRow = tuple[str, str, str]
MediaRow = tuple[str, str, str, str, str, str, str, int | None]


@dataclass(frozen=True)
class References:
    """The ids of everything that the articles of a batch refer to by name."""

    sources: Mapping[str, int]
    sections: Mapping[str, int]
    tags: Mapping[str, int]
    people: Mapping[str, int]

    @classmethod
    def of(cls, planned: Iterable[Planned]) -> "References":
        planned = list(planned)
        records = [one.prepared.record for one in planned]
        kinds = {tag.name: tag.kind for record in records for tag in record.tags}
        return cls(
            ids_by_name(
                Source, (r.source for r in records), lambda name, slug: Source(name=name, slug=slug)
            ),
            ids_by_name(
                Section,
                (r.section for r in records),
                lambda name, slug: Section(name=name, slug=slug),
            ),
            ids_by_name(Tag, kinds, lambda name, slug: Tag(name=name, slug=slug, kind=kinds[name])),
            person_ids({person.name: person.origin for one in planned for person in one.people}),
        )


class Wanted(NamedTuple):
    """What an article would hold if its source alone decided."""

    values: Mapping[str, Any]
    people: dict[int, NamedPerson]
    are_given: bool
    tags: list[int]
    related: tuple[PointerRow, ...]
    media: tuple[MediaRow, ...]
    corrections: dict[str, CorrectionNote]  # by the marks of their texts

    def not_first_now(self, article: Article) -> Self:
        """For an article that is there. A source that only says when this version was made (it is
        the same as the time of publication then) does not make its first publication later."""
        said, first = self.values["first_published"], article.first_published
        is_only_this_version = said is not None and said == self.values["last_modified"]
        if is_only_this_version and first and first < said:
            held = {name: getattr(article, name) for name in DATED}
            return self._replace(values={**self.values, **held})
        return self

    def undecided(self, article: Article) -> Mapping[str, Any]:
        """The values without the date, if an editor gave another or said how exactly it is known:
        neither goes without the other."""
        if not any(is_edited(article, name, getattr(article, name)) for name in DATED):
            return self.values
        return {name: value for name, value in self.values.items() if name not in DATED}

    def remembered(self, people: Sequence[int]) -> dict[str, object]:
        """For `Article.imported_fields`; people: whom to remember of those who were ever named."""
        children = {
            "people": list(people),
            "tags": self.tags,
            "related": self.related,
            "media": self.media,
            "corrections": list(self.corrections),
        }
        return marks({**self.values, **children, GIVEN: self.are_given})


def wanted(planned: Planned, refs: References) -> Wanted:
    record = planned.prepared.record
    return Wanted(
        _values(record, refs),
        by_person(planned.people, refs.people),
        record.people is not None,
        list(dict.fromkeys(refs.tags[tag.name] for tag in record.tags)),
        tuple((one.title, one.external_id, one.url) for one in record.related),
        tuple(map(_kept, planned.prepared.files)),
        {mark(note.text): _dated(note, record) for note in record.corrections},
    )


def _dated(note: CorrectionNote, record: Record) -> CorrectionNote:
    return note._replace(when=note.when or record.modified)


def _values(record: Record, refs: References) -> dict[str, object]:
    return {
        "url": record.url,
        "language": record.language,
        "section_id": refs.sections.get(record.section),
        "headline": record.headline,
        "standfirst": record.standfirst,
        "body": record.body,
        "byline": record.byline,
        "place": record.place,
        "first_published": record.published,
        "date_precision": record.precision,
        "last_modified": record.modified,
        "status": record.status,
        "embargo_until": record.embargo_until,
        "expires_at": record.expires,
        "rights": record.rights,
    }


def _kept(file: MediaFile) -> MediaRow:
    item = file.item
    return (
        item.kind, item.title, item.caption, item.credit, item.alt, file.stored_name, item.url,
        item.duration,
    )  # fmt: skip


def pointers(article_id: int, related: Iterable[PointerRow]) -> Iterator[RelatedArticle]:
    for position, row in enumerate(related):
        columns = dict(zip(POINTER_COLUMNS, row, strict=True))
        yield RelatedArticle(article_id=article_id, position=position, **columns)


def media_items(article_id: int, items: Iterable[MediaRow]) -> Iterator[Media]:
    for position, row in enumerate(items):
        columns = dict(zip(MEDIA_COLUMNS, row, strict=True))
        yield Media(article_id=article_id, position=position, **columns)


def correction(article_id: int, note: CorrectionNote) -> Correction:
    when = {"when": note.when} if note.when else {}
    return Correction(article_id=article_id, text=note.text, public=note.public, **when)


def pointer_row(pointer: RelatedArticle) -> PointerRow:
    return pointer.title, pointer.external_id, pointer.url


def media_row(item: Media) -> MediaRow:
    """As its source gave it: what was fetched since is not in there."""
    name = item.file.name or ""
    return (
        item.kind, item.title, item.caption, item.credit, item.alt,
        "" if name.startswith(FETCHED) else name, item.url, item.duration,
    )  # fmt: skip

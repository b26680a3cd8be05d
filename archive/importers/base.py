"""What passes between a format and the archive: records, and what could not become one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, Protocol, Self

from archive.importers.storable import storable

LONGEST_RECORD = 10 * 1024 * 1024  # bytes or characters; a long novel has three million


class RecordError(ValueError):
    """A record that cannot be taken in. The text says what is wrong, for an archivist to mend."""


class Stamp(NamedTuple):
    """An instant that somebody wrote down. `timed` is False where only a day was written, which
    then begins at midnight. `precision`: a `DatePrecision`; of a month or a year `when` is the
    beginning. `note` says what had to be decided, or is empty."""

    when: datetime
    timed: bool = True
    note: str = ""
    precision: str = ""


class TagName(NamedTuple):
    """`kind` is a value of `archive.models.Tag.Kind`."""

    name: str
    kind: str = "subject"


class Pointer(NamedTuple):
    """Another article that this one points to, by whatever the source knows of it."""

    title: str = ""
    external_id: str = ""
    url: str = ""


class CorrectionNote(NamedTuple):
    """What was put right; what its source said to editors only is not `public`. Without `when`, it
    was when the article was last modified."""

    text: str
    when: datetime | None = None
    public: bool = True


class MediaItem(NamedTuple):
    """A photo, recording, film or file. `file` is relative to the file that the record stood in.

    `kind` is a value of `archive.models.Media.Kind`; `duration` is in seconds.
    """

    kind: str = "photo"
    title: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    file: str = ""
    url: str = ""
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its source gave it. What the source did not say is empty.

    Times are aware. `people` is None where the source says nothing about people (they are then
    looked for in the text) and empty where it says that there are none. `precision` is what no more
    is known of `published` than, a `DatePrecision`. `expires` is when its
    source no longer held it for current, which takes nothing out of an archive. `notes` are what
    the archivist is told; they are no part of the article.
    """

    source: str
    external_id: str = ""
    url: str = ""
    language: str = "en"
    section: str = ""
    headline: str = ""
    standfirst: str = ""
    paragraphs: tuple[str, ...] = ()
    byline: str = ""
    place: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    status: str = "published"
    embargo_until: datetime | None = None
    expires: datetime | None = None
    rights: str = ""
    people: tuple[str, ...] | None = None
    tags: tuple[TagName, ...] = ()
    related: tuple[Pointer, ...] = ()
    media: tuple[MediaItem, ...] = ()
    corrections: tuple[CorrectionNote, ...] = ()
    precision: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    def dated(self, stamp: Stamp | None) -> Self:
        """The same, published then; or undated."""
        if stamp is None:
            return replace(self, published=None, precision="")
        return replace(self, published=stamp.when, precision=stamp.precision)

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What a source knows about one person: the name to show, other names, a line about them.

    `wikidata` is written like Q42.
    """

    name: str
    aliases: tuple[str, ...] = ()
    note: str = ""
    wikidata: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)


def said(record: Record | PersonRecord) -> dict[str, object]:
    """The fields of a record that say something, by name; its notes are not among them.

    A field that a later version adds leaves what is said by older records as it was.
    """
    values = ((name, getattr(record, name)) for name in _COMPARED[type(record)])
    return {
        name: value for name, value in values if value or (name == "people" and value is not None)
    }


_COMPARED = {
    kind: tuple(field.name for field in fields(kind) if field.compare)
    for kind in (Record, PersonRecord)
}


class Raw(NamedTuple):
    """One record still unread: the line it begins on, and its own text."""

    line: int
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was set aside. `line` is 0 where a whole file could not be read.

    Whatever it is made of, its texts are storable: a reason quotes what was wrong.
    """

    file: str
    line: int
    reason: str
    record: str = ""

    def __post_init__(self) -> None:
        for name in ("file", "reason", "record"):
            object.__setattr__(self, name, storable(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was read, and where it stood.

    `folder` holds the file it stood in and `root` the folder that is imported; both are None where
    that file came out of a packed one.
    """

    file: str
    line: int
    text: str
    record: Record | PersonRecord
    folder: Path | None = None
    root: Path | None = None

    def reject(self, reason: str) -> Reject:
        return Reject(self.file, self.line, reason, self.text)


@dataclass(frozen=True, slots=True)
class Note:
    """Something an archivist should know that is no reject."""

    file: str
    line: int
    text: str


Mapped = Mapping[str, str]
"""What a source calls its fields, and what they are called here; "": left out."""


class Defaults(NamedTuple):
    """What holds where a record does not say. `source` is empty unless somebody chose one."""

    source: str
    zone: tzinfo
    mapping: Mapped = MappingProxyType({})


class Format(Protocol):
    """A module that reads one format.

    A file is cut into records first and each is read alone, so that one bad record costs nothing
    but itself, and is set aside as it stood.
    """

    @property
    def NAME(self) -> str: ...  # noqa: N802  a constant of the module

    @property
    def ENDINGS(self) -> tuple[str, ...]:  # noqa: N802
        """ ".jsonl" and the like: they only decide where the content does not."""

    def sniff(self, head: bytes) -> bool:
        """Whether a file that begins with `head` (up to 64 kB) is in this format."""

    def split(self, stream: BinaryIO) -> Iterator[Raw]:
        """The records of a file in their order, as a stream: memory for one of them."""

    def build(self, raw: Raw, defaults: Defaults) -> Record | PersonRecord:
        """What a record says. Raises RecordError."""

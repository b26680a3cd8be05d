"""What an engine knows of an article. `reading.py` makes it, by one function for every engine."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import chain
from operator import attrgetter

from search.language.periods import Period, Unit, around
from search.request import Facet


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet: its slug, the name it is shown under, and other names it answers to."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What an article quotes somebody as saying; None where it is not sure who that is."""

    words: str
    speaker: Entry | None = None


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """Everything that a search may find an article by.

    published: aware, or None for undated. day: its day in the newsroom's TIME_ZONE. unit: how
    exactly that is known; of a month or a year both are its beginning.
    """

    id: int
    headline: str
    standfirst: str
    body: str
    byline: str
    published: datetime | None
    day: date | None
    people: tuple[Entry, ...]
    tags: tuple[Entry, ...]
    section: Entry | None
    source: Entry
    quotes: tuple[Quote, ...] = ()
    unit: Unit = Unit.DAY

    @property
    def period(self) -> Period | None:
        """The days of which one is its day."""
        return around(self.day, self.unit) if self.day else None

    def hash(self) -> str:
        """SHA-256, hexadecimal: equal for equal documents, and for no others.

        What is short goes in as Python would write it, the texts as they are: the short part says
        where it ends itself, and how long each text is.
        """
        said = [quote.words for quote in self.quotes]
        texts = (self.headline, self.standfirst, self.body, self.byline, *said)
        short = (
            self.id,
            self.published and self.published.astimezone(UTC).isoformat(),
            self.day and self.day.isoformat(),
            int(self.unit),
            [parts_of(person) for person in self.people],
            [parts_of(tag) for tag in self.tags],
            self.section and parts_of(self.section),
            parts_of(self.source),
            [quote.speaker and parts_of(quote.speaker) for quote in self.quotes],
            [len(text) for text in texts],
        )
        # `ascii` is the same in every version of Python; `repr` follows the growth of Unicode.
        content = ascii(short) + "".join(texts)
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def entries_of(document: IndexDocument) -> dict[Facet, tuple[Entry, ...]]:
    """What the article has of each facet."""
    return {
        Facet.PERSON: document.people,
        Facet.QUOTED: tuple(dict.fromkeys(chain.from_iterable(speakers_of(document)))),
        Facet.TAG: document.tags,
        Facet.SECTION: (document.section,) if document.section else (),
        Facet.SOURCE: (document.source,),
    }


def speakers_of(document: IndexDocument) -> list[tuple[Entry, ...]]:
    """Of each quotation, one or none."""
    return [(quote.speaker,) if quote.speaker else () for quote in document.quotes]


parts_of = attrgetter("slug", "name", "aliases")

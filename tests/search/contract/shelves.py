"""Documents for the contract, put on the shelves of an engine in one line."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Protocol

from search.document import Entry, IndexDocument, Quote
from search.engines.base import Change, Engine, Shelf
from search.language.parser import parse
from search.language.periods import Unit
from search.request import Answer, FacetCount, SearchRequest

TODAY = date(2026, 11, 23)


class Articles(Protocol):
    """Puts one article on a shelf and gives its id."""

    def __call__(self, *, shelf: Shelf = Shelf.PUBLIC, **fields: object) -> int: ...


def document(
    id: int,
    headline: str = "",
    standfirst: str = "",
    body: str = "",
    byline: str = "",
    published: str | datetime | None = "2009-12-17",
    people: Iterable[str | Entry] = (),
    tags: Iterable[str | Entry] = (),
    section: str | None = None,
    source: str = "Courier",
    said: Iterable[tuple[str, str | Entry | None]] = (),
) -> IndexDocument:
    """A document from plain words: names become entries, an ISO day the noon of that day (UTC), a
    month or a year in ISO's notation its beginning.

    said: the words of each quotation, and by whom.
    """
    unit = Unit.DAY
    if isinstance(published, str):
        unit = Unit(len(published))
        day = date.fromisoformat(published + "-01-01"[unit - Unit.YEAR :])
        published = datetime.combine(day, time(12 if unit is Unit.DAY else 0), UTC)
    return IndexDocument(
        id=id,
        headline=headline,
        standfirst=standfirst,
        body=body,
        byline=byline,
        published=published,
        day=published.date() if published else None,
        people=tuple(map(entry, people)),
        tags=tuple(map(entry, tags)),
        section=entry(section) if section else None,
        source=entry(source),
        quotes=tuple(Quote(words, by and entry(by)) for words, by in said),
        unit=unit,
    )


def entry(name: str | Entry) -> Entry:
    return name if isinstance(name, Entry) else Entry(name.lower().replace(" ", "-"), name)


def shelving(engine: Engine) -> Articles:
    ids = count(1)

    def add(*, shelf: Shelf = Shelf.PUBLIC, **fields: object) -> int:
        article = document(fields.pop("id", None) or next(ids), **fields)
        tell(engine, Change(article.id, article, shelf))
        return article.id

    return add


def tell(engine: Engine, *changes: Change) -> None:
    with engine.writing(10):
        engine.update(changes)


def search(engine: Engine, text: str = "", shelf: Shelf = Shelf.PUBLIC, **asked: object) -> Answer:
    hidden: Collection[int] = asked.pop("hidden", ())
    request = SearchRequest(parse(text, TODAY), **{"limit": 1000, **asked})
    return engine.search(request, shelf=shelf, hidden=hidden)


def find(engine: Engine, text: str = "", shelf: Shelf = Shelf.PUBLIC, **asked: object) -> list[int]:
    """The ids of everything that matches, in order."""
    return [match.id for match in search(engine, text, shelf, **asked).matches]


def counts(facet: Iterable[FacetCount]) -> dict[str, int]:
    return {found.label: found.count for found in facet}

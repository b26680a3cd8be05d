"""Mentions of people: how they are read, and how a new reading is brought into the record.

An article remembers whom it was found to name when it was last read (`imported_fields["people"]`,
by id). Whoever of them it does not mention was taken out by an editor, and stays out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from archive.entities import namer
from archive.models import Article, Mention, Origin
from archive.people import find_people

COLUMNS = ("origin", "surfaces", "count", "position")
FROM_THE_TEXT = ("surfaces", "count")
GIVEN = "people_given"
"""What an article remembers if its source said who is in it."""


class NamedPerson(NamedTuple):
    """Somebody an article names: who says so, and how they are called there."""

    name: str
    origin: Origin
    surfaces: tuple[str, ...] = ()
    times: int = 1


class Merged(NamedTuple):
    """What a reading of an article changes in its mentions, and whom the article remembers now."""

    added: list[Mention]
    changed: list[Mention]
    dropped: list[Mention]
    remembered: list[int]


def named_in(*parts: str) -> tuple[NamedPerson, ...]:
    """Those whom the parts of a text name."""
    text = "\n\n".join(filter(None, parts))
    return tuple(
        NamedPerson(found.name, Origin.EXTRACTED, found.surfaces, found.count)
        for found in find_people(text, namer())
    )


def by_person(named: Iterable[NamedPerson], ids: Mapping[str, int]) -> dict[int, NamedPerson]:
    """Who is named, in this order; whoever goes by two names is one. Nobody: names without id."""
    people: dict[int, NamedPerson] = {}
    for one in named:
        pk = ids.get(one.name)  # or an editor knows that it is no person's
        if pk is not None:
            people[pk] = _both(people[pk], one) if pk in people else one
    return people


def new_mentions(article: int, people: Mapping[int, NamedPerson]) -> Iterator[Mention]:
    for position, (person, named) in enumerate(people.items()):
        yield Mention(
            article_id=article,
            person_id=person,
            origin=named.origin,
            surfaces=list(named.surfaces),
            count=named.times,
            position=position,
        )


def merged(
    article: int,
    held: Iterable[Mention],
    wanted: Mapping[int, NamedPerson],
    before: Iterable[int],
    current: Mapping[int, int],
) -> Merged:
    """Whom an article names, brought into its mentions, unless an editor decided otherwise.

    before: whom it was remembered to name; current: who those are now that were merged since.
    """
    now = {mention.person_id: mention for mention in held}
    removed = [pk for pk in before if current.get(pk, pk) not in now]
    kept_out = {current.get(pk, pk) for pk in removed}
    rows = {row.person_id: row for row in new_mentions(article, wanted)}
    return Merged(
        added=[row for pk, row in rows.items() if pk not in now and pk not in kept_out],
        changed=[now[pk] for pk, row in rows.items() if pk in now and _take_over(now[pk], row)],
        dropped=[one for pk, one in now.items() if pk not in rows and one.origin != Origin.EDITOR],
        remembered=[*removed, *(pk for pk in wanted if pk not in kept_out)],
    )


def is_given(article: Article, held: Iterable[Mention]) -> bool:
    """Whether the source said who is in an article: then nobody is looked for in its text."""
    return GIVEN in article.imported_fields or any(one.origin == Origin.SOURCE for one in held)


def _both(one: NamedPerson, other: NamedPerson) -> NamedPerson:
    surfaces = dict.fromkeys((*one.surfaces, *other.surfaces))
    return one._replace(surfaces=tuple(surfaces), times=one.times + other.times)


def _take_over(mention: Mention, row: Mention) -> bool:
    """Give a mention what was read now. Whether that is anything else.

    Of an editor's only what the text calls the person, which no editor decides.
    """
    columns = set(FROM_THE_TEXT if mention.origin == Origin.EDITOR else COLUMNS)
    if not row.surfaces:  # a source says no more than the name
        columns -= set(FROM_THE_TEXT)
    other = [name for name in columns if getattr(mention, name) != getattr(row, name)]
    for name in other:
        setattr(mention, name, getattr(row, name))
    return bool(other)

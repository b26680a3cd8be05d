"""An article as every peer indexes it: Backfile's own terms, analysed beforehand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from benchmarks.names import number_of_person, number_of_section
from search.document import IndexDocument
from search.language.words import stem, tokens

GAP = "¦"
"""Stands where no phrase reaches across. It is no term of anything."""

EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Analysed:
    """Terms are separated by a space each.

    text: the stems in their order, a GAP between the parts. Terms that hyphens join ("b52") follow
    behind it, each behind a GAP: they stand beside the words that phrases are made of.
    words: what stands there unstemmed, each once.
    people: numbers in `names.people`, each once. section: a number in SECTIONS. day and month:
    since January 1970.
    """

    id: int
    text: str
    words: str
    people: tuple[int, ...]
    section: int
    day: int
    month: int


class Line(NamedTuple):
    stems: str
    joined: tuple[str, ...]
    words: str


def analysed(documents: Iterable[IndexDocument]) -> Iterator[Analysed]:
    """Every document must have a date and a section, and its people from `names.people`."""
    person, section = number_of_person(), number_of_section()
    for document in documents:
        if document.day is None or document.section is None:
            raise ValueError(f"Article {document.id} has no date or no section to compare by.")
        text, words = terms_of(document)
        yield Analysed(
            id=document.id,
            text=text,
            words=words,
            people=tuple(person[entry.slug] for entry in document.people),
            section=section[document.section.slug],
            day=document.day.toordinal() - EPOCH,
            month=month_number(document.day),
        )


def terms_of(document: IndexDocument) -> tuple[str, str]:
    """`text` and `words` of an `Analysed`."""
    parts = [
        [line(text) for text in part.split("\n")]
        for part in (document.headline, document.standfirst, document.body)
    ]
    lines = [found for part in parts for found in part]
    stems = filter(None, (" ".join(found.stems for found in part) for part in parts))
    joined = (term for found in lines for term in found.joined)
    words = dict.fromkeys(" ".join(found.words for found in lines).split())
    return f" {GAP} ".join([*stems, *joined]), " ".join(words)


@lru_cache(maxsize=300_000)
def line(text: str) -> Line:
    """No term reaches across a line break, so lines are analysed apart, and each sentence once."""
    found = list(tokens(text))
    alone: list[str] = []
    joined: list[str] = []
    for before, token in zip([None, *found], found, strict=False):
        beside = before is not None and before.position == token.position
        (joined if beside else alone).append(stem(token.term))
    return Line(" ".join(alone), tuple(joined), " ".join(token.term for token in found))


def month_number(day: date) -> int:
    """Months since January 1970."""
    return (day.year - 1970) * 12 + day.month - 1

"""The query tree: what a reader asked for, in no engine's terms.

The parser makes it, `unparse` writes it out again, each engine compiles it. Trees are built with
`every`, `either` and `negation`, which keep them in one shape: no `And` directly inside an `And`,
no `Or` inside an `Or`, no `Not` inside a `Not`, no group of one.

What is asked of quotations stands in `Quoted`: all that meets in a group is asked of one and the
same quotation, until `held_together` closes it off.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Field(StrEnum):
    """Part of an article that a word can be asked of: `headline:flood`."""

    HEADLINE = "headline"
    PERSON = "person"
    TAG = "tag"
    SECTION = "section"
    BYLINE = "byline"
    SOURCE = "source"
    SAID = "said"
    BY = "by"


QUOTATIONS = (Field.SAID, Field.BY)
"""The fields of a quotation. All others are of the article."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article: the query with nothing in it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed. It can hold several terms (`B-52`): see `words.query_terms`."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, as typed between quotation marks."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order with at most `gap` others among them; one named twice stands there twice.

    The words of a text, or the names, that follow one another are ten places apart.
    """

    text: str
    gap: int
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin like this: `text`, without its `*`, folds to the beginning of one term."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """Published from `start` to `end`, both days included; None leaves that side open.

    What is of a month or a year, and no more is known, is of these days if all of that is.
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("Dated needs a start or an end; Everything() has neither.")


@dataclass(frozen=True, slots=True)
class Undated:
    """Published on a day that nobody knows."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation or more of which the part is true: words of QUOTATIONS, in `And` and `Or`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: "Node"


Worded: TypeAlias = Word | Phrase | Near | Prefix
Node: TypeAlias = Everything | Worded | Dated | Undated | Quoted | And | Or | Not


def every(parts: Iterable[Node]) -> Node:
    """All of the parts, each once. Of none of them: everything."""
    flat = [part for part in _flattened(And, parts) if part != Everything()]
    if not flat:
        return Everything()
    return _group(And, flat)


def either(parts: Iterable[Node]) -> Node:
    """Any of the parts, each once, of which there must be one: ValueError otherwise."""
    flat = _flattened(Or, parts)
    if not flat:
        raise ValueError("There is no query for “any of nothing”.")
    # Any quotation of which one or the other is true: that is one quotation or another.
    opened = (part.part if isinstance(part, Quoted) else part for part in flat)
    group = _group(Or, list(_flattened(Or, opened)))
    return held_together(group) if any(isinstance(part, Quoted) for part in flat) else group


def negation(part: Node) -> Node:
    """Everything but the part; twice negated it is the part again."""
    return part.part if isinstance(part, Not) else Not(held_together(part))


def held_together(node: Node) -> Node:
    """What is asked of a quotation, with nothing more to be asked of it; any other node as it is.

    For a whole query, and for what stands in parentheses of its own.
    """
    return Quoted(node) if is_of_a_quotation(node) else node


def is_of_a_quotation(node: Node) -> bool:
    """Is it words of QUOTATIONS alone, not yet held together?"""
    match node:
        case Word(field=field) | Phrase(field=field) | Near(field=field) | Prefix(field=field):
            return field in QUOTATIONS
        case And(parts) | Or(parts):
            return all(map(is_of_a_quotation, parts))
    return False


def words_of(tree: Node) -> Iterator[Worded]:
    """What matching articles were asked to contain, in the order typed; nothing under a `Not`."""
    match tree:
        case Word() | Phrase() | Near() | Prefix():
            yield tree
        case And(parts) | Or(parts):
            for part in parts:
                yield from words_of(part)
        case Quoted(part):
            yield from words_of(part)


def _group(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """The parts, those of a quotation held together where there are others."""
    asked = [part for part in parts if is_of_a_quotation(part)]
    if asked and len(asked) < len(parts):
        first = parts.index(asked[0])
        parts = [part for part in parts if part not in asked]
        parts.insert(first, Quoted(_group(kind, asked)))
        parts = list(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _flattened(kind: type[And] | type[Or], parts: Iterable[Node]) -> dict[Node, None]:
    """The parts, and those of parts of that kind, in order. Said again, a part changes nothing but
    the time that a search takes."""
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    return flat

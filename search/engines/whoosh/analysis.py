"""Analysed text on its way into Whoosh.

The words come from `search.language.words`, which queries and highlights use as well. A document's
text is analysed once here and reaches several fields; Whoosh's own analysers take no part, so its
fields below are given terms and only encode them.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from whoosh.fields import FieldType
from whoosh.formats import Existence, Positions

from search.engines.whoosh.scoring import HEADLINE_WEIGHT
from search.language.words import PART_GAP, Token, tokens

MARK = "\x1f"
"""A term that is no word. In fields of quotations it stands before each quotation of an article and
behind the last: what stands between two marks is one quotation, or nothing."""

Posting = tuple[bytes, int, float, bytes]
"""What a Whoosh field makes of a term: its bytes, its frequency, its weight, the encoded rest."""


def in_parts(parts: Iterable[str]) -> list[Token]:
    """The terms of several texts, numbered as one text with a gap between the parts."""
    return in_a_row(map(tokens, parts))


def in_quotations(quotations: Iterable[list[Token]]) -> list[Token]:
    """The terms of several quotations, none without its marks."""
    parts = [[MARKED, *moved(quotation, 1)] for quotation in quotations]
    return in_a_row([*parts, [MARKED]]) if parts else []


MARKED = Token(MARK, 0, 0, 0)


def in_a_row(parts: Iterable[Iterable[Token]]) -> list[Token]:
    """Numbered as one text with a gap between the parts."""
    found: list[Token] = []
    start = 0
    for part in parts:
        found += moved(part, start)
        start = found[-1].position + PART_GAP if found else 0
    return found


def moved(found: Iterable[Token], by: int) -> Iterator[Token]:
    return (token._replace(position=token.position + by) for token in found)


def positions_of(
    found: Iterable[Token], term_of: Callable[[str], str] = str
) -> dict[str, list[int]]:
    """Where each term stands, ascending; `term_of` makes terms of words, `stem` for example.

    A joined word may have the stem of the part it stands beside (`run-s`): that counts once.
    """
    positions: dict[str, list[int]] = {}
    for token in found:
        at = positions.setdefault(term_of(token.term), [])
        if not at or at[-1] != token.position:
            at.append(token.position)
    return positions


@dataclass(frozen=True, slots=True)
class Placed:
    """The terms of a field, as `positions_of` gives them. Each weighs as often as it stands there,
    and HEADLINE_WEIGHT more for each time before the position where the `headline` ends.
    """

    positions: Mapping[str, list[int]]
    headline: int = 0


class PositionsField(FieldType):
    """Terms with their positions and weights. The value is a `Placed`."""

    def __init__(self, *, scored: bool = False) -> None:
        super().__init__(format=Positions(), analyzer=None, scorable=scored)

    def index(self, value: Placed, **kwargs: Any) -> Iterator[Posting]:
        encode = self.format.encode
        for term, at in value.positions.items():
            weight = len(at) + HEADLINE_WEIGHT * bisect_left(at, value.headline)
            yield term.encode(), len(at), float(weight), encode(at)


class TermsField(FieldType):
    """Terms that an article has or has not. The value is a set of them."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Iterable[str], **kwargs: Any) -> Iterator[Posting]:
        for term in value:
            yield term.encode(), 1, 1.0, b""

"""Lexemes as typed into lexemes that the grammar accepts, so that parsing cannot fail.

Both passes are linear and leave out as little as they can.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from search.language.lexer import OPERATORS, Kind, Lexeme
from search.language.limits import MAX_DEPTH
from search.language.notes import (
    FieldAlone,
    OperatorAlone,
    QueryNote,
    TooDeep,
    UnclosedParenthesis,
    UnopenedParenthesis,
)

LEADING = {Kind.NOT, Kind.MINUS, Kind.FIELD, Kind.UNKNOWN_FIELD}

_LEAVES = {Kind.WORD, Kind.PREFIX, Kind.PHRASE}
_BETWEEN = {Kind.AND, Kind.OR}
_STARTS = _LEAVES | LEADING | {Kind.OPEN}
_ENDS = _LEAVES | {Kind.CLOSE}


def balanced(lexemes: Iterable[Lexeme], notes: list[QueryNote]) -> Iterator[Lexeme]:
    """The same with every parenthesis opened and closed, and none deeper than MAX_DEPTH."""
    depth = 0
    for lexeme in lexemes:
        if lexeme.kind is Kind.CLOSE and depth == 0:
            notes.append(UnopenedParenthesis())
            continue
        depth += lexeme.kind is Kind.OPEN
        if lexeme.kind not in (Kind.OPEN, Kind.CLOSE) or depth <= MAX_DEPTH:
            yield lexeme
        else:
            notes.append(TooDeep())
        depth -= lexeme.kind is Kind.CLOSE
    if depth:
        notes.append(UnclosedParenthesis())
        yield from [Lexeme(Kind.CLOSE)] * min(depth, MAX_DEPTH)


def completed(lexemes: Iterable[Lexeme], notes: list[QueryNote]) -> list[Lexeme]:
    """The same without operators and fields that have nothing to work on, and with an END."""
    kept = [Lexeme(Kind.END)]
    alone: list[QueryNote] = []
    # Backwards, so that what stands behind a lexeme is already known to stay.
    for before, lexeme in reversed(list(pairwise([Lexeme(Kind.END), *lexemes]))):
        if _works(before.kind, lexeme.kind, kept[-1].kind):
            kept.append(lexeme)
        elif lexeme.kind is Kind.FIELD:
            alone.append(FieldAlone(lexeme.text))
        elif lexeme.kind.name in OPERATORS:
            alone.append(OperatorAlone(lexeme.kind.name))
    notes.extend(reversed(alone))
    return kept[::-1]


def _works(before: Kind, kind: Kind, behind: Kind) -> bool:
    if kind in _BETWEEN:
        return before in _ENDS and behind in _STARTS
    return kind not in LEADING or behind in _STARTS

"""Typed text into a query tree. Whatever is typed gives an answer.

The text becomes lexemes, the lexemes are mended until they fit the grammar, and what fits cannot
fail to parse:

    either  = every { OR every }
    every   = part { [AND] part }
    part    = { NOT | - | field: } ( word | prefix* | "phrase"[~gap] | ( either ) )

Parentheses that no field stands before hold together what is asked of one quotation.

Recursion is no deeper than the parentheses, which MAX_DEPTH bounds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from search.language.leaves import Leaves
from search.language.lexer import Kind, Lexeme, lex
from search.language.mend import LEADING, balanced, completed
from search.language.notes import NothingToSearchFor, QueryNote
from search.language.tree import Everything, Node, either, every, held_together, negation


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as it was understood, and what of it could not be honoured."""

    tree: Node
    notes: tuple[QueryNote, ...] = ()


def parse(text: str, today: date | None = None) -> Parsed:
    """The query that a text asks for. Never raises; says everything once.

    today: what `date:yesterday` counts from; without it, the day on this machine.
    """
    notes: list[QueryNote] = []
    lexemes = completed(balanced(lex(text, notes), notes), notes)
    leaves = Leaves(today or datetime.now().astimezone().date(), notes)
    tree = _Grammar(lexemes, leaves).either(name="")
    if tree is None and text.strip():
        notes.append(NothingToSearchFor())
    return Parsed(held_together(tree or Everything()), tuple(dict.fromkeys(notes)))


class _Grammar:
    """One pass over mended lexemes; a method for each rule.

    Each gives None for what has nothing to search for in it. `name` is the field asked of, or "".
    """

    def __init__(self, lexemes: Iterable[Lexeme], leaves: Leaves) -> None:
        self._lexemes = iter(lexemes)
        self._next = next(self._lexemes)
        self._leaf = leaves.leaf

    def either(self, name: str) -> Node | None:
        parts = [self._every(name)]
        while self._next.kind is Kind.OR:
            self._take()
            parts.append(self._every(name))
        return _combined(either, parts)

    def _every(self, name: str) -> Node | None:
        parts: list[Node | None] = []
        while self._next.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self._next.kind is Kind.AND:
                self._take()
            parts.append(self._part(name))
        return _combined(every, parts)

    def _part(self, name: str) -> Node | None:
        negated = False
        unknown: list[Lexeme] = []
        while self._next.kind in LEADING:
            lexeme = self._take()
            match lexeme.kind:
                case Kind.FIELD:
                    name = lexeme.text
                case Kind.UNKNOWN_FIELD:
                    unknown.append(lexeme)
                case _:
                    negated = not negated
        # “-author:smith” means to leave out smith, not what has both words.
        words = [] if negated else [self._leaf(field, name) for field in unknown]
        part = _combined(every, [*words, self._operand(name)])
        return negation(part) if part and negated else part

    def _operand(self, name: str) -> Node | None:
        lexeme = self._take()
        if lexeme.kind is not Kind.OPEN:
            return self._leaf(lexeme, name)
        inside = self.either(name)
        self._take()  # its CLOSE
        return held_together(inside) if inside and not name else inside

    def _take(self) -> Lexeme:
        taken, self._next = self._next, next(self._lexemes, self._next)
        return taken


def _combined(
    combine: Callable[[Iterable[Node]], Node], parts: Iterable[Node | None]
) -> Node | None:
    """The parts that there are, combined; None if there are none."""
    given = [part for part in parts if part is not None]
    return combine(given) if given else None

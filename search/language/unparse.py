"""The query tree as text: what a reader could have typed for it."""

from collections.abc import Sequence

from search.language.dated import write_dated
from search.language.tree import (
    And,
    Dated,
    Everything,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Quoted,
    Undated,
    Word,
    Worded,
    words_of,
)


def unparse(tree: Node) -> str:
    """Text that parses to the same tree without a note, with no parentheses but those it needs.

    That holds for every tree that `parse` has made, and for those made from its parts that keep
    within the limits.
    """
    match tree:
        case Everything():
            return ""
        case Word() | Phrase() | Near() | Prefix():
            return _leaf(tree)
        case Dated() | Undated():
            return write_dated(tree)
        case Quoted(part):
            return _quoted(part)
        case And(parts):
            return " ".join(_beside(part, parts) for part in parts)
        case Or(parts):
            return " OR ".join(unparse(part) for part in parts)
        case Not(part):
            return "-" + _inside(part, And, Or)


def _beside(node: Node, parts: Sequence[Node]) -> str:
    """A part of an And. Only one quotation needs no parentheses to be held together."""
    if isinstance(node, Quoted) and sum(isinstance(part, Quoted) for part in parts) > 1:
        return f"({unparse(node)})"
    return _inside(node, Or)


def _quoted(node: Node, field: Field | None = None) -> str:
    """What is asked of a quotation. Parentheses of a field's leave it open for what is around them.

    field: the one that stands before parentheses around it.
    """
    match node:
        case And(parts):
            return " ".join(_quoted_inside(part, field) for part in parts)
        case Or(parts):
            return " OR ".join(_quoted(part, field) for part in parts)
        case Word() | Phrase() | Near() | Prefix():
            return _leaf(node, field)
    raise TypeError(f"{node!r} is not of a quotation.")


def _quoted_inside(node: Node, field: Field | None) -> str:
    if not isinstance(node, Or):
        return _quoted(node, field)
    own = field or next(words_of(node)).field
    return f"{'' if field else f'{own}:'}({_quoted(node, own)})"


def _leaf(leaf: Worded, known: Field | None = None) -> str:
    """known: the field that it is asked of if it says nothing."""
    field = f"{leaf.field}:" if leaf.field and leaf.field is not known else ""
    match leaf:
        case Word(text):
            return field + text
        case Phrase(text):
            return f'{field}"{text}"'
        case Near(text, gap):
            return f'{field}"{text}"~{gap}'
        case Prefix(text):
            return f"{field}{text}*"


def _inside(node: Node, *weaker: type[And] | type[Or]) -> str:
    """The node's text, in parentheses if it is of a kind that binds less than what is around it."""
    inside = node.part if isinstance(node, Quoted) else node
    return f"({unparse(node)})" if isinstance(inside, weaker) else unparse(node)

"""The query tree as text: what a reader could have typed for it."""

from search.language.dated import write_dated
from search.language.tree import (
    And,
    Dated,
    Everything,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Undated,
    Word,
    Worded,
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
        case And(parts):
            return " ".join(_inside(part, Or) for part in parts)
        case Or(parts):
            return " OR ".join(unparse(part) for part in parts)
        case Not(part):
            return "-" + _inside(part, And, Or)


def _leaf(leaf: Worded) -> str:
    field = f"{leaf.field}:" if leaf.field else ""
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
    return f"({unparse(node)})" if isinstance(node, weaker) else unparse(node)

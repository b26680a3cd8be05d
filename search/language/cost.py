"""What a query takes beside others, so that helping with a large one takes no longer than it does.

A page that finds nothing tries other searches, and suggestions count what they find.
"""

from search.language.tree import And, Near, Node, Not, Or, Quoted

NEAR = 10
"""Words near each other, in plain words: see limits.MAX_NEAR."""

ASIDE = 40
"""Plain words that all the searches of one kind, made on the side, may ask for together."""


def cost(tree: Node) -> int:
    """In words and phrases; one at least."""
    match tree:
        case And(parts) | Or(parts):
            return sum(map(cost, parts))
        case Not(part) | Quoted(part):
            return cost(part)
        case Near():
            return NEAR
    return 1


def affordable(searches: int, tree: Node) -> int:
    """Of so many searches on the side as many as a query may have: one at least, less than all of
    them only if it is long.
    """
    return max(1, min(searches, ASIDE // cost(tree)))

"""A request that fails, made as small as it can be and still fail."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.faults.asked import Asked

Fails = Callable[[Asked], bool]
Item = TypeVar("Item")

MOST = 2_000
"""Times that a request is asked before what is left is small enough."""


def shrunk(asked: Asked, fails: Fails) -> Asked:
    """Without those headers, parameters and characters that the failure does not need."""
    patient = _Patience(fails)

    def still(**changes: object) -> bool:
        return patient.fails(asked._replace(**changes))  # type: ignore[arg-type]

    asked = asked._replace(
        headers=tuple(fewest(asked.headers, lambda few: still(headers=tuple(few))))
    )
    asked = asked._replace(body="".join(fewest(asked.body, lambda few: still(body="".join(few)))))
    pairs = fewest(asked.query.split("&"), lambda few: still(query="&".join(few)))
    asked = asked._replace(query="&".join(pairs))
    letters = fewest(_letters(asked.query), lambda few: still(query="".join(few)))
    return asked._replace(query="".join(letters))


def fewest(items: Sequence[Item], fails: Callable[[Sequence[Item]], bool]) -> Sequence[Item]:
    """As few of the items as still fail, in their order: none of them can be left out alone.

    Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input" (2002), without the
    tests of parts alone.
    """
    size = len(items)
    while size:
        start = 0
        while start < len(items):
            rest = [*items[:start], *items[start + size :]]
            if fails(rest):
                items = rest
            else:
                start += size
        size //= 2
    return items


class _Patience:
    def __init__(self, fails: Fails) -> None:
        self._fails = fails
        self._left = MOST

    def fails(self, asked: Asked) -> bool:
        self._left -= 1
        return self._left > 0 and self._fails(asked)


def _letters(query: str) -> list[str]:
    """Its characters; what is percent-encoded stays together."""
    first, *others = query.split("%")
    letters = list(first)
    for other in others:
        letters += ["%" + other[:2], *other[2:]]
    return letters

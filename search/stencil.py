"""Templates that are rendered once and then filled: for what comes by the dozen on a page.

Django takes 3 µs and more for each value that a template shows, and a page of results shows a
thousand.
"""

from collections.abc import Iterable
from copy import copy
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

AS_IT_IS = (SafeString, int)
"""What has nothing to be escaped."""


class Stencil:
    """A template whose `holes` are filled with other values each time."""

    def __init__(self, template: str, *holes: str) -> None:
        self.template = template
        self.holes = holes


class Hole(SafeString):
    """Stands in a template for a value that is filled in later: `{{ name }}`, and nothing else."""

    def __bool__(self) -> bool:
        raise TypeError("What a template decides by is no hole: it belongs to the shape.")


class Holes(dict[str, str]):
    """What some holes are filled with; the others stay holes."""

    def __missing__(self, name: str) -> str:
        return f"%({name})s"


class Cut:
    """A stencil whose template was rendered with a `shape`: values that it may decide by."""

    def __init__(self, stencil: Stencil, shape: dict[str, Any]) -> None:
        holes = {name: Hole(f"\x02{name}\x03") for name in stencil.holes}
        self._html = render_to_string(stencil.template, {**holes, **shape}).replace("%", "%%")
        for name, hole in holes.items():
            self._html = self._html.replace(hole, f"%({name})s")

    def with_some(self, **values: str | int) -> "Cut":
        """The same with some of its holes filled for good; values without a hole are left out."""
        filled = Holes()
        for name, value in values.items():
            safe = str(value) if isinstance(value, AS_IT_IS) else escape(value)
            filled[name] = safe.replace("%", "%%")
        cut = copy(self)
        cut._html = self._html.replace("%%", "%%%%") % filled
        return cut

    def __call__(self, **values: str | int) -> SafeString:
        """The template as if rendered with these values: each is escaped unless it is safe."""
        for name, value in values.items():
            if not isinstance(value, AS_IT_IS):
                values[name] = escape(value)
        return SafeString(self._html % values)


def together(pieces: Iterable[SafeString]) -> SafeString:
    """One after the other. All of them are safe, so they are together."""
    return SafeString("".join(pieces))

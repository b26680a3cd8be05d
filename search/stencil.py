"""Templates that are rendered once and then filled: for what comes by the dozen on a page.

Django takes 3 µs and more for each value that a template shows, and a page of results shows a
thousand.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Shape = tuple[tuple[str, Any], ...]

AS_IT_IS = (SafeString, int)
"""What has nothing to be escaped."""


class Hole(SafeString):
    """Stands in a template for a value that is filled in later: `{{ name }}`, and nothing else."""

    def __bool__(self) -> bool:
        raise TypeError("What a template decides by is no hole: it belongs to the shape.")


class Cut:
    """A rendered template with holes."""

    def __init__(self, html: str, holes: dict[str, Hole]) -> None:
        self._html = html.replace("%", "%%")
        for name, hole in holes.items():
            self._html = self._html.replace(hole, f"%({name})s")

    def __call__(self, **values: str | int) -> SafeString:
        """The template as if rendered with these values: each is escaped unless it is safe."""
        return SafeString(
            self._html
            % {
                name: value if isinstance(value, AS_IT_IS) else escape(value)
                for name, value in values.items()
            }
        )


class Stencil:
    """A template whose `holes` are filled in with other values each time."""

    def __init__(self, template: str, *holes: str) -> None:
        self._template = template
        self._holes = holes

    def cut(self, **shape: Any) -> Cut:
        """The template rendered with these values, which it may decide by. Kept, so: few of them.

        Cuts for other languages, and for a site that is mounted elsewhere, are others. Who writes
        templates (DEBUG) sees them as they are now.
        """
        make = _cut.__wrapped__ if settings.DEBUG else _cut
        around = (get_language(), get_script_prefix())
        return make(self._template, self._holes, tuple(shape.items()), around)


@lru_cache(maxsize=256)
def _cut(template: str, names: tuple[str, ...], shape: Shape, around: object) -> Cut:
    holes = {name: Hole(f"\x02{name}\x03") for name in names}
    return Cut(render_to_string(template, {**holes, **dict(shape)}), holes)


def together(pieces: Iterable[SafeString]) -> SafeString:
    """One after the other. All of them are safe, so they are together."""
    return SafeString("".join(pieces))

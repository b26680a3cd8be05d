"""Values of schema.org as they come: a text, an object with a name, a list of either."""

from collections.abc import Iterable, Iterator, Mapping

from archive.importers.reading.html import plain
from archive.importers.webpage.jsonld import Node


def each(value: object) -> Iterator[object]:
    """The values in `value`, whether it is a list or one alone; nothing where it is empty."""
    if isinstance(value, list):
        yield from (one for one in value if one)
    elif value:
        yield value


def text(value: object) -> str:
    """The first text in `value`, in one line, its entities and tags resolved."""
    return next(texts(value), "")


def texts(value: object, *keys: str) -> Iterator[str]:
    """The texts in `value`; of an object the first that it has under `keys`, or its name."""
    for one in each(value):
        if isinstance(one, Mapping):
            found = (text(one.get(key)) for key in (*keys, "name", "@value"))
            one = next(filter(None, found), "")
        if isinstance(one, str) and (line := plain(one)):
            yield line


def first(nodes: Iterable[Node], *keys: str) -> object:
    """The first value that one of `nodes` has under one of `keys`, the first node asked first."""
    return next((node[key] for node in nodes for key in keys if node.get(key)), None)


def addresses(value: object, *keys: str) -> Iterator[str]:
    """The web addresses in `value`: itself, or what an object has under `keys`."""
    return (
        one for one in texts(value, *keys, "@id") if one.startswith(("http://", "https://", "//"))
    )

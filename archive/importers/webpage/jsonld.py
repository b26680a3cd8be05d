"""JSON-LD in a page (schema.org), however its publisher bent it."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from lxml import etree

Node = Mapping[str, object]

_MOST_NODES = 500
_BEGINNING = re.compile(r"\A\s*(?:<!--|(?://\s*)?<!\[CDATA\[)")
_ENDS = ("-->", "]]>")
_BLANK = "; \t\r\n\f\v\u00a0\u2028\u2029"
_COMMA_TOO_MANY = re.compile(r",(\s*[}\]])")


def nodes(root: etree._Element) -> list[Node]:
    """What the page describes, each node with its @id references within the page resolved; of what
    describes thousands of things, the first."""
    scripts = filter(_is_json_ld, root.iter("script"))
    found = (node for script in scripts for node in _flat(_loaded(script.text or "")))
    return _resolved(list(islice(found, _MOST_NODES)))


def _is_json_ld(script: etree._Element) -> bool:
    return (script.get("type") or "").strip().lower().startswith("application/ld+json")


def _loaded(text: str) -> object:
    """The JSON in `text`, or None. Line ends within a string, a comment around it, a comma too
    many and entities of HTML are forgiven."""
    for mend in (str, _bare, lambda text: html.unescape(_bare(text))):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _bare(text: str) -> str:
    bare = _BEGINNING.sub("", text).rstrip(_BLANK)
    if bare.endswith(_ENDS):
        bare = bare[: -len(_ENDS[0])].rstrip(_BLANK).removesuffix("//").rstrip(_BLANK)
    return _COMMA_TOO_MANY.sub(r"\1", bare)


def _flat(value: object) -> Iterator[dict[str, object]]:
    """The nodes at the top: of a list, of a graph, and what a page is said to be about."""
    if isinstance(value, list):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"))
        yield from _flat(value.get("mainEntity"))


def _resolved(found: list[dict[str, object]]) -> list[Node]:
    named = {one["@id"]: one for one in found if isinstance(one.get("@id"), str) and len(one) > 1}
    return [{key: _followed(value, named) for key, value in one.items()} for one in found]


def _followed(value: object, named: Mapping[object, Node]) -> object:
    """What `value` refers to, one step far, so that two that name each other do no harm."""
    if isinstance(value, list):
        return [_followed(one, named) for one in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type", "name"}:
        identity = value.get("@id")
        return named.get(identity, value) if isinstance(identity, str) else value
    return value


def types(node: Node) -> set[str]:
    """The names of its types, without the vocabulary's address."""
    value = node.get("@type")
    names: Iterable[object] = value if isinstance(value, list) else [value]
    return {name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)}

"""Microdata (itemscope, itemprop) as the same nodes that JSON-LD has."""

from lxml import etree

from archive.importers.webpage.jsonld import Node

_ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "audio": "src"}
_PARTS = etree.XPath("descendant::*[@itemprop or @itemscope]")
_LONGEST = 2_000  # characters of a value; an article's body is read from its element instead


def items(root: etree._Element) -> list[Node]:
    """The items of a page that have a type, in its order, with the items in them as values."""
    nodes: dict[etree._Element, dict[str, object]] = {}
    for element in _PARTS(root):
        value: object = ""
        if element.get("itemscope") is not None:
            types = [name.rpartition("/")[2] for name in element.get("itemtype", "").split()]
            value = nodes[element] = {"@type": types}
        for name in element.get("itemprop", "").split():
            _set(nodes, element, name, value or _value(element))
    return [node for node in nodes.values() if node["@type"]]


def _set(
    nodes: dict[etree._Element, dict[str, object]],
    element: etree._Element,
    name: str,
    value: object,
) -> None:
    owner = next((nodes[above] for above in element.iterancestors() if above in nodes), None)
    if owner is None or not value:
        return
    before = owner.get(name)
    if before is None:
        owner[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        owner[name] = [before, value]


def _value(element: etree._Element) -> str:
    for name in ("content", "datetime", _ADDRESSES.get(element.tag, "content")):
        if value := element.get(name):
            return str(value).strip()
    text = " ".join("".join(element.itertext()).split())
    return text if len(text) <= _LONGEST else ""

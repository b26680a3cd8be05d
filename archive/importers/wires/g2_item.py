"""A NewsML-G2 item: its parts by name, and its names in the language of the item."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from archive.importers.reading.xml import words
from archive.importers.wires import codes

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Concept(NamedTuple):
    """Somebody or something that an item names; `kind` is the last part of its type's code."""

    name: str
    kind: str


class Item:
    """`root` is the newsItem or packageItem."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        tag = root.find("{*}contentMeta/{*}language")
        self.language = codes.language(
            (tag.get("tag", "") if tag is not None else "") or root.get(_LANG, "")
        )
        self._asserted = {_identity(one): one for one in root.iterfind("{*}assert")}

    def all(self, path: str) -> list[etree._Element]:
        """path: element names, as in contentMeta/headline."""
        return list(self.root.iterfind("/".join(f"{{*}}{name}" for name in path.split("/"))))

    def text(self, path: str) -> str:
        """The words of the element at `path`; of several, of the one in the item's language."""
        return words(in_language(self.all(path), self.language))

    def code(self, path: str) -> str:
        """The last part of the code that the first element at `path` has."""
        return next((codes.last_part(_identity(one)) for one in self.all(path)), "")

    def names(self, path: str) -> list[str]:
        return [concept.name for concept in self.concepts(path) if concept.name]

    def concepts(self, path: str) -> Iterator[Concept]:
        """What the elements at `path` name; what they say of it in an `assert` counts too."""
        for one in self.all(path):
            told = self._asserted.get(_identity(one))
            told_type = told.find("{*}type") if told is not None else None
            kind = one.get("type") or (_identity(told_type) if told_type is not None else "")
            name = self._name(one) or (self._name(told) if told is not None else "")
            yield Concept(name, codes.last_part(kind).lower())

    def _name(self, concept: etree._Element) -> str:
        names = concept.findall("{*}name") or concept.findall("{*}mainConcept/{*}name")
        return words(in_language(names, self.language))


def in_language(elements: Iterable[etree._Element], language: str) -> etree._Element | None:
    """The element in `language`, or in a variety of it, else one in no language, else the first."""

    def distance(element: etree._Element) -> int:
        tag = element.get(_LANG, "").lower()
        if tag == language.lower():
            return 0
        if tag.partition("-")[0] == language.lower().partition("-")[0]:
            return 1
        return 2 if not tag else 3

    return min(elements, key=distance, default=None)


def _identity(element: etree._Element) -> str:
    """By whichever way it is named: as a code, an address or a word of the item's own."""
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""

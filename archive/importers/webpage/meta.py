"""What <meta>, <link> and <html> say of a page: Open Graph, Dublin Core and the like."""

import re
from dataclasses import dataclass, field

from lxml import etree

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)
_COMMENT_LIES_WITHIN = 3_000  # characters; browsers write where a page came from at its top


@dataclass(frozen=True, slots=True)
class Meta:
    """`values` by name in small letters, each with all that was said under it."""

    values: dict[str, list[str]] = field(default_factory=dict)
    canonical: str = ""
    language: str = ""
    title: str = ""
    saved_from: str = ""

    def first(self, *names: str) -> str:
        """The first that says anything, of the names in their order."""
        return next((self.values[name][0] for name in names if name in self.values), "")

    def all(self, name: str) -> list[str]:
        return self.values.get(name, [])


def read_meta(root: etree._Element, markup: str) -> Meta:
    values: dict[str, list[str]] = {}
    canonical = title = ""
    for element in root.iter("meta", "link", "title"):
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = " ".join((element.get("content") or "").split())
            if name and content:
                values.setdefault(name.strip().lower(), []).append(content)
        elif element.tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split():
                canonical = canonical or (element.get("href") or "").strip()
        elif not title:
            title = " ".join((element.text or "").split())
    saved = _SAVED_FROM.search(markup, 0, _COMMENT_LIES_WITHIN)
    return Meta(
        values,
        canonical,
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        title,
        (saved[1] or saved[2]) if saved else "",
    )

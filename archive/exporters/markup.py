"""Paragraphs and names as markup that `importers` read back as they were."""

import re
from html import escape
from urllib.parse import quote

from archive.importers.wires.own_words import NAMES

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_BY = re.compile(r"(?:by|von|par)\s", re.IGNORECASE)


def as_html(paragraphs: tuple[str, ...]) -> str:
    return "".join(map(_paragraph, paragraphs))


def _paragraph(text: str) -> str:
    """Lines are parted by a break; where the spaces count (a table), they are kept as they are."""
    if keeps_its_spaces(text):
        return f"<pre>{escape(text, quote=False)}\n</pre>"
    return f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br/>")


def keeps_its_spaces(text: str) -> bool:
    """Whether a paragraph is more than words one space apart."""
    lines = text.split("\n")
    return "|" in text or not all(line and " ".join(line.split()) == line for line in lines)


def as_uri(external_id: str, url: str = "") -> str:
    """What stands for an article in formats whose names are addresses: its id, in a name of ours
    where that is no URI; without an id its address."""
    if not external_id:
        return url or NAMES
    is_plain = _URI.fullmatch(external_id) and not external_id.startswith(NAMES)
    return external_id if is_plain else NAMES + quote(external_id, safe="")


def signed(byline: str) -> str:
    """So that reading it, which takes one "By" away, gives the byline."""
    return f"By {byline}" if _BY.match(byline) else byline

"""XML read without trust: what a file declares of its own (document types, entities) is not read,
nothing is expanded and nothing fetched. How records are cut out of a file stands in `cutting`."""

import html
import re

from lxml import etree

from archive.importers.base import LONGEST_RECORD, RecordError
from archive.importers.reading.text import clean, decode

UTF16_HEADS = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
# A comment that is never ended reaches to the end, and an instruction has an end of its own soon:
# thousands of either would each be looked for up to the end of the file.
_BEFORE_ROOT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.{0,1000}?\?>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z][A-Za-z0-9]*));")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_XML_SPACES = frozenset({9, 10, 13})


def root_name(head: bytes) -> str:
    """The name, without a prefix, of the element that a file beginning with `head` is; empty where
    that is no XML."""
    wide = UTF16_HEADS.get(head[:2])
    text = head.decode(wide, "replace") if wide else decode(head)[0]
    plain = _BEFORE_ROOT.sub("", text.removeprefix("\ufeff")).lstrip()
    root = _ROOT.search(plain) if plain.startswith("<") else None
    return root[1] if root else ""


def parsed(text: str) -> etree._Element:
    """The element that `text` is, without comments. Raises RecordError.

    Ampersands that stand for themselves and HTML's names of characters (&nbsp;) are understood. Any
    other entity is refused: only the file itself could say what it stands for.
    """
    if len(text) > LONGEST_RECORD:
        raise RecordError(f"the record is longer than {LONGEST_RECORD:,} characters")
    plain = _without_declarations(clean(text))
    try:
        return _parsed(plain)
    except etree.XMLSyntaxError:
        pass
    try:
        return _parsed(_mended(plain))
    except etree.XMLSyntaxError as error:
        raise RecordError(_reason(error)) from error


def local_name(element: etree._Element) -> str:
    """ "p" for <p> and <xhtml:p>; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words(element: etree._Element | None) -> str:
    """All text in the element, in one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _without_declarations(text: str) -> str:
    plain = _BEFORE_ROOT.sub("", text) if "<!DOCTYPE" in text else text
    root = _ROOT.search(plain)
    return plain[root.start() :] if root else plain


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode(), parser)


def _mended(text: str) -> str:
    return _REFERENCE.sub(_as_xml, _BARE_AMPERSAND.sub("&amp;", text))


def _as_xml(reference: re.Match[str]) -> str:
    """A reference that XML knows; nothing for a character that no text may hold."""
    hexadecimal, decimal, name = reference.groups()
    if name:
        return reference[0] if name in _XML_NAMES else html.unescape(reference[0])
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_text = number in _XML_SPACES or 32 <= number < 0xD800 or 0xDFFF < number < 0xFFFE
    return reference[0] if is_text or 0xFFFF < number <= 0x10FFFF else ""


def _reason(error: etree.XMLSyntaxError) -> str:
    message = error.msg or "it cannot be read"
    if undefined := re.match(r"Entity '(\S+)' not defined", message):
        return f"it uses the entity &{undefined[1]};, and what a file declares is not expanded"
    return f"it is no well-formed XML: {message}"

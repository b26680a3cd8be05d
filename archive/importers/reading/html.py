"""HTML as the archive keeps it: paragraphs of plain text, and the photos and recordings in it.

Nothing in it is run, nothing is fetched. What a browser would not show as text (scripts, forms,
menus of a player) is left out; list items, table rows and quotations are paragraphs.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from archive.importers.base import MediaItem, RecordError
from archive.importers.reading.figures import MEDIA, is_figure, media_of
from archive.importers.storable import storable_bytes

# What begins a paragraph of its own. Any other element stands in the midst of one.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
UNSHOWN = frozenset({
    "amp-ad", "amp-consent", "amp-embed", "amp-list", "amp-sidebar", "amp-user-notification",
    "applet", "button", "canvas", "datalist", "embed", "form", "frame", "frameset", "head",
    "iframe", "input", "map", "math", "menu", "meta", "nav", "noscript", "object", "option",
    "progress", "script", "select", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
# In a text that is still being put together, in which there is no NUL: a <br>, a line end in <pre>.
_BREAK = "\x00"
_LINE_IN_PRE = "\x00\x01"
_LINE_END = re.compile("\x00\x01?")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_EMPTY_LINE = re.compile(r"\x00\s*\x00")


class Content(NamedTuple):
    """What a piece of HTML shows. The texts of captions are with their media only."""

    paragraphs: tuple[str, ...] = ()
    media: tuple[MediaItem, ...] = ()


NOTHING = Content()


def parsed(markup: str) -> etree._Element | None:
    """The tree of a page or of a piece of one, however broken; None where there is nothing in it.

    Comments and processing instructions are not in it. Raises RecordError where elements are
    nested deeper than 2,048, which no page is that is not meant to break its readers.
    """
    # A parser keeps what it met; one that were shared would keep it between files. `huge_tree`
    # allows the depth, which is 256 without it: old pages that close no <font> go beyond that.
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    data = storable_bytes(markup)
    root = etree.fromstring(data, parser) if data.strip() else None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise RecordError("its HTML is nested more than 2,048 elements deep")
    return root


def read_html(markup: str, base: str = "") -> Content:
    """What `markup` shows. Addresses in it are relative to `base`; without one, what has no
    whole address is no photo."""
    if "<" not in markup and "&" not in markup:
        return read_plain(markup)
    root = parsed(markup)
    return NOTHING if root is None else read_element(root, base)


def read_plain(text: str) -> Content:
    """The paragraphs of a text that is no HTML: an empty line parts them."""
    return Content(tuple(filter(None, map(_tidy, _EMPTY_LINES.split(text)))))


def read_element(
    root: etree._Element, base: str = "", left_out: Container[etree._Element] = ()
) -> Content:
    """What `root` shows, without the elements that are `left_out`. It may be XHTML in a namespace
    or the like, of any depth."""
    shown = _Shown(base, left_out)
    shown.walk(root)
    return Content(tuple(shown.paragraphs), tuple(dict.fromkeys(shown.media)))


def plain(markup: str) -> str:
    """A headline or a name that may hold tags and entities, in one line."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    return " ".join(" ".join(read_html(markup).paragraphs).split())


def text_of(element: etree._Element) -> str:
    """All that stands in `element`, in one line, shown or not."""
    return " ".join("".join(element.itertext()).split())


def local_name(element: etree._Element) -> str:
    """ "p" for <p>, <P> and <xhtml:p>; empty for comments and the like."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1_000)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


class _Shown:
    """What was shown so far, and the paragraph that is being written."""

    def __init__(self, base: str, left_out: Container[etree._Element]) -> None:
        self.paragraphs: list[str] = []
        self.media: list[MediaItem] = []
        self._base = base
        self._left_out = left_out
        self._parts: list[str] = []
        self._depth_in_pre = 0

    def walk(self, root: etree._Element) -> None:
        """Without recursion: pages are nested a thousand deep to break their readers."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            name = local_name(element)
            if event == "start":
                if not self._enter(name, element):
                    walker.skip_subtree()
                continue
            if name in BLOCKS:
                self._end_paragraph()
                self._depth_in_pre -= name == "pre"
            if element is not root:
                self._write(element.tail)
        self._end_paragraph()

    def _enter(self, name: str, element: etree._Element) -> bool:
        """Whether what is inside is text, too."""
        self._depth_in_pre += name == "pre"
        if name in BLOCKS:
            self._end_paragraph()
        if name in UNSHOWN or element in self._left_out:
            return False
        if name in MEDIA or is_figure(name, element):
            found = media_of(element, self._base)
            self.media += found
            if found or name in MEDIA:
                return False
        if name == "br":
            self._parts.append(_BREAK)
        elif name in _CELLS and any(part.strip() for part in self._parts):
            self._parts.append(" | ")
        self._write(element.text)
        return True

    def _write(self, text: str | None) -> None:
        if text:
            self._parts.append(text.replace("\n", _LINE_IN_PRE) if self._depth_in_pre else text)

    def _end_paragraph(self) -> None:
        if self._parts:
            self.paragraphs += _paragraphs("".join(self._parts))
            self._parts.clear()


def _paragraphs(text: str) -> Iterator[str]:
    """One, or several where it is parted by two line breaks or more."""
    if _BREAK not in text:
        yield from filter(None, [_tidy(text)])
    elif _LINE_IN_PRE in text:
        lines = (line.rstrip() for line in _LINE_END.split(text))
        yield from filter(None, ["\n".join(lines).strip("\n")])
    else:
        for part in _EMPTY_LINE.split(text):
            lines = (_tidy(line) for line in part.split(_BREAK))
            yield from filter(None, ["\n".join(filter(None, lines))])


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip("| ") if "|" in text else " ".join(text.split())

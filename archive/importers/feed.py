"""Feeds: RSS 0.9 to 2.0, RSS 1.0 and Atom, with what podcasts and news sites add to them.

    <rss version="2.0"><channel><title>Port Almond Courier</title>
    <item><title>Bridge opens at last</title><guid>pac-7</guid>
    <content:encoded><![CDATA[<p>The harbour bridge…</p>]]></content:encoded></item>…

    https://www.rssboard.org/rss-specification  https://www.rfc-editor.org/rfc/rfc4287
    https://www.rssboard.org/media-rss

They are read with lxml, not with feedparser: that holds a feed whole, and takes twice its size.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from archive.importers.base import Defaults, MediaItem, Raw, Record
from archive.importers.feeds.enclosures import enclosure
from archive.importers.feeds.envelope import entries
from archive.importers.feeds.post import Post, article
from archive.importers.reading.html import (
    NOTHING,
    Content,
    plain,
    read_element,
    read_html,
    read_plain,
)
from archive.importers.reading.xml import local_name, parsed, root_name, words

NAME = "feed"
ENDINGS = (".rss", ".atom", ".rdf")

_ENVELOPES = {
    "item": "<rss><channel>{shared}{entry}</channel></rss>",
    "entry": "<feed>{shared}{entry}</feed>",
}
_SAID_ONCE = ("title", "language", "copyright", "rights")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_OWN = frozenset({
    None, "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
})  # fmt: skip
_ADDRESS_AND_NAME = re.compile(r"\S+@\S+\s*\((?P<name>.+)\)")


def sniff(head: bytes) -> bool:
    name = root_name(head)
    is_atom = name == "feed" and b"http://www.w3.org/2005/Atom" in head
    is_rdf = name == "RDF" and b"http://purl.org/rss/1.0/" in head
    return name == "rss" or is_atom or is_rdf


def split(stream: BinaryIO) -> Iterator[Raw]:
    return entries(stream, _ENVELOPES, _SAID_ONCE)


def build(raw: Raw, defaults: Defaults) -> Record:
    feed = parsed(raw.text)
    channel = feed[0] if local_name(feed) == "rss" else feed
    entry = _Entry(channel[-1])
    return article(_post(entry, _Entry(channel)), defaults)


def _post(entry: "_Entry", channel: "_Entry") -> Post:
    link = entry.link()
    content, summary = entry.content(link), entry.summary(link)
    return Post(
        site=plain(entry.text("source/title") or channel.text("title")),
        language=entry.language() or channel.language(),
        id=entry.text("guid") or entry.text("id") or entry.element.get(_ABOUT, ""),
        link=link,
        title=entry.title(),
        content=content,
        summary=summary,
        authors=tuple(entry.authors()),
        tags=tuple(entry.categories()),
        media=tuple(entry.media(link)),
        published=entry.text("pubDate", "published", "issued", "date", "created"),
        modified=entry.text("updated", "modified"),
        rights=entry.text("rights") or channel.text("copyright", "rights"),
    )


class _Entry:
    """An element of a feed. Names are those without their prefixes: dc:date is date."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def all(self, path: str) -> list[etree._Element]:
        """The elements at "author/name" and the like, the feed's own before those of others."""
        steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
        return sorted(self.element.findall(steps), key=lambda one: not _is_own(one))

    def text(self, *paths: str) -> str:
        """The first text at one of the paths, those asked first before the others."""
        return next((line for path in paths for one in self.all(path) if (line := words(one))), "")

    def language(self) -> str:
        return self.element.get(_LANG) or self.text("language")

    def title(self) -> str:
        """RSS escapes HTML in it and Atom says whether it does."""
        for one in self.all("title"):
            text = words(one)
            if text:
                return text if one.get("type") == "text" else plain(text)
        return ""

    def link(self) -> str:
        """Where the entry stands. Atom has links for other things as well."""
        for one in self.all("link"):
            if one.get("href") and one.get("rel", "alternate") == "alternate":
                return str(one.get("href"))
            if line := words(one):
                return line
        guid = self.element.find("guid")
        is_link = guid is not None and guid.get("isPermaLink") != "false"
        return words(guid) if is_link else ""

    def content(self, base: str) -> Content:
        return _first_shown([*self.all("encoded"), *filter(_is_own, self.all("content"))], base)

    def summary(self, base: str) -> Content:
        own = filter(_is_own, self.all("description"))
        return _first_shown([*own, *self.all("summary"), *self.all("subtitle")], base)

    def authors(self) -> Iterator[str]:
        for one in (*self.all("creator"), *self.all("author/name"), *self.all("author")):
            line = "" if len(one) else words(one)
            match = _ADDRESS_AND_NAME.fullmatch(line)
            name = match["name"] if match else line
            if name and "@" not in name:
                yield name

    def categories(self) -> Iterator[str]:
        for one in (*self.all("category"), *self.all("subject")):
            yield plain(one.get("label") or one.get("term") or words(one))

    def media(self, base: str) -> Iterator[MediaItem]:
        duration = self.text("duration")
        for one in self._files():
            address = one.get("url") or one.get("href") or ""
            kind = one.get("type") or one.get("medium") or ""
            about = _Entry(one)
            item = enclosure(
                address,
                base,
                type="image" if local_name(one) == "thumbnail" else kind,
                title=about.text("title"),
                caption=plain(about.text("description")),
                credit=about.text("credit"),
                duration=one.get("duration") or (duration if "audio" in kind else ""),
            )
            if item:
                yield item

    def _files(self) -> Iterator[etree._Element]:
        yield from self.all("enclosure")
        yield from (one for one in self.all("link") if one.get("rel") == "enclosure")
        for path in ("content", "group/content", "thumbnail"):
            yield from (one for one in self.all(path) if one.get("url"))


def _is_own(element: etree._Element) -> bool:
    """Whether it belongs to the feed's own format and not to what others added."""
    return etree.QName(element).namespace in _OWN


def _first_shown(elements: Iterable[etree._Element], base: str) -> Content:
    return next(filter(any, (_shown(one, base) for one in elements)), NOTHING)


def _shown(element: etree._Element, base: str) -> Content:
    """What an element shows that holds HTML, escaped or as it is (XHTML), or plain text."""
    base = element.get("{http://www.w3.org/XML/1998/namespace}base") or base
    if element.get("type") == "xhtml":
        return read_element(element, base)
    text = "".join(element.itertext())
    if element.get("type") == "text":
        return read_plain(text)
    return read_html(text, base)

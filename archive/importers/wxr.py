"""WordPress eXtended RSS: what WordPress writes at Tools, Export.

    <rss xmlns:wp="http://wordpress.org/export/1.2/" …><channel><title>Port Almond Courier</title>
    <wp:author><wp:author_login>una</wp:author_login><wp:author_display_name>Una Carrow…
    <item><title>Bridge opens</title><dc:creator>una</dc:creator><wp:post_type>post</wp:post_type>
    <content:encoded><![CDATA[The harbour bridge…]]></content:encoded>…</item>

A file is read twice, as a stream: first for its attachments and authors, then post by post, each
with those of them that are its own. So a post that is set aside can be mended and loaded alone.
"""

import mimetypes
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO, cast

from lxml import etree

from archive.importers.base import Defaults, MediaItem, Raw, Record
from archive.importers.feeds.enclosures import enclosure
from archive.importers.feeds.envelope import HEAD, shared_text
from archive.importers.feeds.post import Post, article
from archive.importers.reading.cutting import cut
from archive.importers.reading.html import NOTHING, Content, plain, read_html
from archive.importers.reading.text import shortened
from archive.importers.reading.xml import local_name, parsed, root_name, words
from archive.importers.wordpress.attachments import Item, Kept, meta, read_item
from archive.importers.wordpress.shortcodes import as_html, gallery_ids

NAME = "wxr"
ENDINGS = (".wxr",)

_NAMESPACE = b"http://wordpress.org/export/"
# Types of items that are articles: WordPress's own, and what sites call theirs.
_ARTICLES = frozenset({
    "post", "article", "articles", "episode", "interview", "news", "opinion", "podcast", "report",
    "review", "stories", "story",
})  # fmt: skip
_STATUSES = {
    "publish": "published",
    "inherit": "published",
    "future": "scheduled",
    "pending": "in_review",
    "trash": "withdrawn",
}
_ITEM = ("item",)
_NEVER = "0000-00-00 00:00:00"
_NO_SECTION = frozenset({"uncategorized", "uncategorised", "allgemein"})
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ENVELOPE = "<rss><channel>{}</channel></rss>"


def sniff(head: bytes) -> bool:
    return root_name(head) == "rss" and _NAMESPACE in head


def split(stream: BinaryIO) -> Iterator[Raw]:
    with _twice(stream) as file, closing(Kept()) as kept:
        _keep(file, kept)
        file.seek(0)
        shared = shared_text(file.read(HEAD), _ITEM, ("title", "language"))
        file.seek(0)
        notes = _left_out(kept)
        for raw in cut(file, _ITEM):
            item, tree = read_item(raw.text)
            if item.type in _ARTICLES:
                around = _belonging(item, tree, kept)
                text = _ENVELOPE.format("".join((shared, *around, raw.text)))
                yield raw._replace(text=text, notes=(*raw.notes, *notes))
                notes = ()


@contextmanager
def _twice(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A stream that can be read twice: what is packed or comes through a pipe is first kept
    beside, unnamed."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as beside:
        shutil.copyfileobj(stream, beside)
        beside.seek(0)
        yield cast(BinaryIO, beside)


def _keep(file: BinaryIO, kept: Kept) -> None:
    for raw in cut(file, (*_ITEM, "author")):
        item, tree = read_item(raw.text)
        if tree is not None and local_name(tree) == "author":
            kept.add_author(tree.findtext("{*}author_login") or "", raw.text)
            continue
        kept.types[item.type] += 1
        if item.type == "attachment":
            kept.add_attachment(item, raw.text)
    kept.make_ready()


def _left_out(kept: Kept) -> tuple[str, ...]:
    others = [
        f"{count} {type or 'without a type'}"
        for type, count in kept.types.most_common()
        if type not in _ARTICLES and type != "attachment"
    ]
    return (f"items that are no posts were left out: {', '.join(others)}",) if others else ()


def _belonging(item: Item, tree: etree._Element | None, kept: Kept) -> list[str]:
    """The author and the attachments of a post, in their own XML."""
    if tree is None:
        return []
    shown = [item.thumbnail, *gallery_ids(tree.findtext(_CONTENT) or "")]
    attachments = kept.attachments(item.id, filter(None, shown))
    return [kept.author(words(tree.find("{*}creator"))), *attachments]


def build(raw: Raw, defaults: Defaults) -> Record:
    channel = parsed(raw.text)[0]
    *attachments, item = channel.findall("item")
    return article(_post(channel, item, attachments), defaults)


def _post(channel: etree._Element, item: etree._Element, attachments: list[etree._Element]) -> Post:
    link = words(item.find("link"))
    categories = _filed(item, "category")
    return Post(
        site=words(channel.find("title")),
        language=words(channel.find("language")),
        id=words(item.find("guid")),
        link=link,
        title=plain(words(item.find("title"))),
        content=_shown(item, "content", link),
        summary=_shown(item, "excerpt", link),
        authors=tuple(_filed(item, "author") or _author(channel, item)),
        section=categories[0] if categories else "",
        tags=(*categories[1:], *_filed(item, "post_tag")),
        media=tuple(filter(None, map(_media, attachments))),
        published=_moment(item, "post_date") or words(item.find("pubDate")),
        modified=_moment(item, "post_modified"),
        status=_status(item),
    )


def _shown(item: etree._Element, kind: str, base: str) -> Content:
    """The content or the excerpt, which have their namespaces only to tell them apart."""
    for one in item.iterfind("{*}encoded"):
        if f"/{kind}/" in etree.QName(one).namespace:
            return read_html(as_html("".join(one.itertext())), base)
    return NOTHING


def _author(channel: etree._Element, item: etree._Element) -> list[str]:
    """The name that readers saw, for that under which the author logged in."""
    named = words(channel.find("{*}author/{*}author_display_name"))
    return [named or words(item.find("{*}creator"))]


def _filed(item: etree._Element, domain: str) -> list[str]:
    found = (words(one) for one in item.iterfind("category") if one.get("domain") == domain)
    return [plain(name) for name in found if name.lower() not in _NO_SECTION]


def _media(attachment: etree._Element) -> MediaItem | None:
    address = words(attachment.find("{*}attachment_url"))
    texts = (_shown(attachment, kind, "").paragraphs for kind in ("excerpt", "content"))
    item = enclosure(
        address,
        "",
        type=mimetypes.guess_type(address)[0] or "",
        caption=" ".join(next(filter(None, texts), ())),
    )
    alt = shortened(meta(attachment, "_wp_attachment_image_alt"), 500)
    return item._replace(alt=alt) if item else None


def _status(item: etree._Element) -> str:
    """What is private, or behind a password, is for nobody else to read: a draft."""
    if words(item.find("{*}post_password")):
        return "draft"
    return _STATUSES.get(words(item.find("{*}status")), "draft")


def _moment(item: etree._Element, name: str) -> str:
    """WordPress writes each time twice, here and in Greenwich; a draft has none in Greenwich."""
    there = words(item.find(f"{{*}}{name}_gmt"))
    if there and there != _NEVER:
        return f"{there}Z"
    here = words(item.find(f"{{*}}{name}"))
    return "" if here == _NEVER else here

"""What a ninjs item tells: headline, text, pictures and recordings, and what it points to."""

import re
from collections.abc import Iterator
from html import unescape

from archive.importers.base import MediaItem, Pointer
from archive.importers.reading import html
from archive.importers.reading.xml import parsed, root_name
from archive.importers.wires import codes, own_words
from archive.importers.wires.ninjs_item import Item
from archive.importers.wires.nitf_story import Story, read_story

# The first of these roles that there is; "" is no role.
_HEADLINES = ("main", "headline", "")
_SUBHEADS = ("sub", "subhead", "subheadline", "subtitle", "deck", "secondary")
_STANDFIRSTS = ("lead", "summary", "abstract", "text", "caption", "xhtml", "")
_CAPTIONS = ("caption", "text", "xhtml", "")
_RENDITIONS = ("main", "full", "highres", "hires", "original", "supplied", "web", "preview")
_MEDIA_TYPES = {"photo": "image/", "audio": "audio/", "video": "video/"}
_BESIDE_THE_TEXT = ("dat", "byline")  # classes of what TT sets above an article's text
_LONGEST_ID = 255
_TAG = re.compile(r"<[A-Za-z/!]")
_OPENING = 60  # letters by which a description is known that only repeats how the text begins


def story_of(item: Item) -> Story:
    """The text and its headline. The text of a picture or a recording is its caption, and that of
    anything without a text its description."""
    body = _body(item)
    headline = _plain(item.said_as("headlines", _HEADLINES)) or item.text("title")
    subhead = _plain(item.said_as("headlines", _SUBHEADS))
    if is_media(item):
        caption = html.read_html(item.said_as("descriptions", _CAPTIONS)).paragraphs
        return Story(headline, subhead, caption or body.paragraphs)
    if stated := _plain(item.said_as("descriptions", ["standfirst"])):
        return body._replace(headline=headline or body.headline, standfirst=stated)
    lead = _plain(item.said_as("descriptions", _STANDFIRSTS)) or body.standfirst
    paragraphs = body.paragraphs or tuple(filter(None, [lead]))
    if _letters(" ".join(paragraphs)).startswith(_letters(lead)[:_OPENING]):
        lead = ""
    return body._replace(
        headline=headline or body.headline,
        standfirst=lead or subhead,
        paragraphs=(subhead, *paragraphs) if lead and subhead else paragraphs,
    )


def is_media(item: Item) -> bool:
    is_file = item.text("type") == "component" and item.has("renditions")
    return is_file or item.text("type") in codes.MEDIA_KINDS


def media_of(item: Item, story: Story) -> Iterator[MediaItem]:
    """The item itself if it is a picture or a recording, those that go with it, and what its text
    shows besides."""
    own = [item] if is_media(item) else []
    going_with = [one for one in item.objects("associations") if is_media(one)]
    held = [
        one.text("href") for whole in (*own, *going_with) for one in whole.objects("renditions")
    ]
    yield from (_media(one, is_own=True) for one in own)
    yield from (_media(one) for one in going_with)
    yield from (one for one in story.media if one.url not in held)


def related_of(item: Item) -> Iterator[Pointer]:
    for one in item.objects("associations"):
        if not is_media(one):
            uri = one.text("uri")
            title = _plain(one.said_as("headlines", _HEADLINES)) or one.text("title")
            url = address_of(one)
            name = own_words.identity(uri, url)
            yield Pointer(title, name if len(name) <= _LONGEST_ID else "", url)


def address_of(item: Item) -> str:
    """Where it is read, if that is said."""
    return alternative(item, "url")


def alternative(item: Item, role: str) -> str:
    named = (one.text("value") for one in item.objects("altids") if one.text("role") == role)
    return next(named, "")


def _media(item: Item, *, is_own: bool = False) -> MediaItem:
    """Its best rendition. `is_own`: what there is to say of it is said by the article."""
    kind = codes.MEDIA_KINDS.get(item.text("type"), "file")
    renditions = _renditions(item, kind)
    lengths = (
        codes.seconds(one.number("duration"), one.number("sizeinbytes")) for one in renditions
    )
    return codes.media_item(
        kind,
        *(one.text("href") for one in renditions),
        title="" if is_own else _plain(item.said_as("headlines", _HEADLINES)),
        caption="" if is_own else _plain(item.said_as("descriptions", _CAPTIONS)),
        credit=item.said_as("descriptions", ["creditline"])
        or codes.writer(item.text("by"))
        or item.text("copyrightholder"),
        alt=item.said_as("descriptions", ["alt"]),
        duration=next(filter(None, lengths), None),
    )


def _renditions(item: Item, kind: str) -> list[Item]:
    """Those of its own kind: the best known names first; of several, or of others, the widest."""

    def rank(one: Item) -> tuple[int, float]:
        called = f"{one.text('name')} {one.text('title')}".lower()
        known = (place for place, name in enumerate(_RENDITIONS) if name in called)
        return next(known, len(_RENDITIONS)), -one.number("width")

    media_type = _MEDIA_TYPES.get(kind, "")
    fitting = [
        one
        for one in item.objects("renditions")
        if one.text("href") and (one.text("contenttype") or media_type).startswith(media_type)
    ]
    return sorted(fitting, key=rank)


def _body(item: Item) -> Story:
    """Of the forms that the text comes in, the one that says most surely what a paragraph is."""
    bodies = item.objects("bodies")
    for read in (_from_html, _from_nitf, _from_plain):
        for body in bodies:
            if story := read(body, f"{body.text('role')} {body.text('contenttype')}".lower()):
                return story
    return Story("", "", ())


def _from_html(body: Item, form: str) -> Story | None:
    root = html.parsed(body.text("value")) if "html" in form else None
    if root is None:
        return None
    beside = [one for one in root.iter() if one.tag == "h1" or one.get("class") in _BESIDE_THE_TEXT]
    content = html.read_element(root, left_out=beside)
    return Story("", "", content.paragraphs, media=content.media)


def _from_nitf(body: Item, form: str) -> Story | None:
    value = body.text("value")
    return read_story(parsed(value)) if root_name(value.encode()) == "nitf" else None


def _from_plain(body: Item, form: str) -> Story | None:
    value = body.text("value").replace("\r\n", "\n")
    if root_name(value.encode()) or not value:
        return None
    parts = value.split("\n\n") if "\n\n" in value else value.split("\n")
    return Story("", "", tuple(" ".join(part.split()) for part in parts if part.strip()))


def _plain(text: str) -> str:
    """In one line, whether it was marked up or not."""
    if _TAG.search(text):
        return html.plain(text)
    return " ".join(unescape(text).split())


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())

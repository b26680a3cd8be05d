"""What a NewsML-G2 item tells: its text in whatever markup, its pictures and recordings, and what
it points to."""

from collections.abc import Iterator

from lxml import etree

from archive.importers.base import MediaItem, Pointer, RecordError
from archive.importers.reading.html import read_element, read_html
from archive.importers.reading.xml import local_name, words
from archive.importers.wires import codes, own_words
from archive.importers.wires.g2_item import Item, in_language
from archive.importers.wires.nitf_story import Story, read_story

_NOTHING = Story("", "", ())
_STANDFIRSTS = ("summary", "abstract", "lead", "")
_STATED = "standfirst"
_CAPTIONS = ("caption", "summary", "abstract", "")
_RENDITIONS = ("highres", "main", "hires", "hd", "web", "preview")
_SECONDS = {"": 1.0, "seconds": 1.0, "milliseconds": 0.001}
_MEDIA = {"image": "photo", "video": "video", "audio": "audio"}
# By the root of what is in an item instead of a text.
_NO_ARTICLES = {
    "sports-content": "sports statistics (SportsML): they hold results, no article",
    "events": codes.AN_EVENT,
    "event": codes.AN_EVENT,
}
_SEE_ALSO = frozenset({"seealso", "associatedwith", "relatedto"})
_LONGEST_ID = 255


def story_of(item: Item) -> Story:
    """The text and its headline. The text of a picture or a recording is what describes it, and of
    anything without a text its summary. Raises RecordError if there is something else instead."""
    told = _content(item)
    headline = _headline(item) or told.headline
    if stated := _in_role(item, _STATED):
        return told._replace(headline=headline, standfirst=words(stated[0]))
    repeats = told.paragraphs[:1] == (headline,) and not own_status(item)
    paragraphs = told.paragraphs[1:] if repeats else told.paragraphs
    if kind_of(item):
        return Story(headline, "", _descriptions(item) or paragraphs)
    standfirst = " ".join(_described(item, _STANDFIRSTS)) or told.standfirst
    return told._replace(
        headline=headline,
        standfirst=standfirst if paragraphs else "",
        paragraphs=paragraphs or tuple(filter(None, [standfirst])),
    )


def kind_of(item: Item) -> str:
    """What kind of media the item is itself, in our words; empty for a text."""
    return codes.MEDIA_KINDS.get(item.code("itemMeta/itemClass"), "")


def media_of(item: Item, story: Story) -> Iterator[MediaItem]:
    """The item itself if it is a picture or a recording, and those that its text shows."""
    renditions = [*item.all("contentSet/remoteContent")]
    kinds = [kind] if (kind := kind_of(item)) else sorted(filter(None, set(map(_kind, renditions))))
    for kind in kinds:
        fitting = sorted((one for one in renditions if _kind(one) in ("", kind)), key=_rank)
        lengths = filter(None, map(_seconds, fitting))
        if fitting:
            yield codes.media_item(
                kind,
                fitting[0].get("href", ""),
                credit=item.text("contentMeta/creditline"),
                duration=next(lengths, None),
            )
    yield from story.media


def own_status(item: Item) -> str:
    """The status in our own word, if we wrote the item ourselves."""
    roles = (one.get("qcode", "") for one in item.all("itemMeta/role"))
    own = (role for role in roles if role.startswith(own_words.STATUS))
    return next(own, "").removeprefix(own_words.STATUS)


def address_of(item: Item) -> str:
    """Where it is read, if an export of ours says so."""
    own = (one for one in item.all("itemMeta/link") if one.get("rel") == own_words.ADDRESS)
    return next((one.get("href", "") for one in own), "")


def links_of(item: Item) -> Iterator[Pointer]:
    """What the item tells its readers to see too."""
    for link in item.all("itemMeta/link"):
        if codes.last_part(link.get("rel", "seeAlso")).lower() in _SEE_ALSO:
            yield pointer(link, item.language)


def pointer(reference: etree._Element, language: str) -> Pointer:
    """What an itemRef or a link points to."""
    titles = reference.findall("{*}headline") or reference.findall("{*}title")
    href = reference.get("href", "")
    name = own_words.identity(reference.get("residref", ""), href)
    return Pointer(
        words(in_language(titles, language)),
        name if len(name) <= _LONGEST_ID else "",
        href if href.startswith(("http://", "https://")) else "",
    )


def _headline(item: Item) -> str:
    heads = item.all("contentMeta/headline")
    mains = [one for one in heads if codes.last_part(one.get("role", "")) in ("", "main")]
    return words(in_language(mains or heads, item.language)) or item.text("itemMeta/title")


def _descriptions(item: Item) -> tuple[str, ...]:
    """What there is to read of a picture (its caption) or of a film (the list of its shots too)."""
    if kind_of(item) == "photo" and (caption := _described(item, _CAPTIONS)):
        return caption
    described = item.all("contentMeta/description")
    return tuple(part for one in described for part in read_element(one).paragraphs)


def _described(item: Item, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs of the description in the first of these roles that there is."""
    for role in roles:
        if (found := in_language(_in_role(item, role), item.language)) is not None:
            return read_element(found).paragraphs
    return ()


def _in_role(item: Item, role: str) -> list[etree._Element]:
    described = item.all("contentMeta/description")
    return [one for one in described if codes.last_part(one.get("role", "")) == role]


def _content(item: Item) -> Story:
    """The first content that has a text."""
    instead = ""
    for content in item.all("contentSet/*"):
        if story := _read(content):
            return story
        reasons = (_NO_ARTICLES.get(local_name(one)) for one in content.iter())
        instead = instead or next(filter(None, reasons), "")
    if instead:
        raise RecordError(instead)
    return _NOTHING


def _read(content: etree._Element) -> Story | None:
    name, media_type = local_name(content), content.get("contenttype", "")
    if name == "inlineData" and not content.get("encoding"):
        return _of_text(content.text or "", is_html="html" in media_type)
    if name != "inlineXML" or content.find(".//{*}sports-content") is not None:
        return None
    nitf = content.find(".//{*}nitf")
    if nitf is not None:
        return read_story(nitf)
    if local_name(next(iter(content), content)) in _NO_ARTICLES:
        return None
    shown = read_element(content)
    return Story("", "", shown.paragraphs, media=shown.media) if shown.paragraphs else None


def _of_text(text: str, *, is_html: bool) -> Story | None:
    if is_html:
        shown = read_html(text)
        return Story("", "", shown.paragraphs, media=shown.media) if shown.paragraphs else None
    parts = text.split("\n\n") if "\n\n" in text.strip() else text.split("\n")
    paragraphs = tuple(" ".join(part.split()) for part in parts if part.strip())
    return Story("", "", paragraphs) if paragraphs else None


def _kind(rendition: etree._Element) -> str:
    return _MEDIA.get(rendition.get("contenttype", "").partition("/")[0], "")


def _rank(rendition: etree._Element) -> tuple[int, float]:
    """The best known names first, then the widest."""
    name = codes.last_part(rendition.get("rendition", "")).lower()
    known = (place for place, start in enumerate(_RENDITIONS) if name.startswith(start))
    return next(known, len(_RENDITIONS)), -_number(rendition.get("width", ""))


def _seconds(rendition: etree._Element) -> int | None:
    unit = _SECONDS.get(codes.last_part(rendition.get("durationunit", "")).lower(), 0.0)
    return codes.seconds(_number(rendition.get("duration", "")) * unit)


def _number(text: str) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0

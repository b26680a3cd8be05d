"""What the text of an article in NITF tells: headline, paragraphs, people, pictures."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from archive.importers.base import MediaItem
from archive.importers.reading.html import read_element
from archive.importers.reading.xml import local_name, words
from archive.importers.wires import codes

# Elements of NITF that paragraphs are read from, as the elements of HTML that mean the same.
_AS_HTML = {"hl1": "h2", "hl2": "h3", "block": "div", "bq": "blockquote", "fn": "p", "credit": "p"}
_SAID_BESIDE_A_NAME = frozenset({"function", "alt-code", "postaddr", "virtloc"})


class Story(NamedTuple):
    """What the text of an article says, apart from all that is said about it. `people` is None
    where nobody is marked in it."""

    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    byline: str = ""
    place: str = ""
    people: tuple[str, ...] | None = None
    media: tuple[MediaItem, ...] = ()


def read_story(nitf: etree._Element) -> Story:
    """The body of an article, whose tree is changed by it."""
    subheads = [words(one) for one in nitf.iterfind("{*}body/{*}body.head/{*}hedline/{*}hl2")]
    abstract = [words(one) for one in nitf.iterfind("{*}body/{*}body.head/{*}abstract")]
    bylines = [words(one) for one in nitf.iterfind("{*}body/{*}body.head/{*}byline")]
    standfirst = " ".join(abstract or subheads)
    people = _people(nitf)
    return Story(
        headline=words(nitf.find(".//{*}hl1")) or words(nitf.find("{*}head/{*}title")),
        standfirst=standfirst,
        paragraphs=(*(subheads if abstract else ()), *_paragraphs(nitf)),
        byline=codes.writer(", ".join(filter(None, bylines))),
        place=_place(nitf),
        people=people,
        media=tuple(_media(one) for one in nitf.iterfind(".//{*}media")),
    )


def _paragraphs(nitf: etree._Element) -> Iterator[str]:
    for content in nitf.iterfind("{*}body/{*}body.content"):
        media = list(content.iterfind(".//{*}media"))
        for element in content.iter():
            if as_html := _AS_HTML.get(local_name(element)):
                element.tag = as_html
        yield from read_element(content, left_out=media).paragraphs


def _place(nitf: etree._Element) -> str:
    dateline = nitf.find("{*}body/{*}body.head/{*}dateline")
    if dateline is None:
        return ""
    location = dateline.find("{*}location")
    if location is not None:
        return words(location)
    return _own_words(dateline, frozenset({"story.date"})).strip(" ,—–-")


def _own_words(element: etree._Element, without: frozenset[str]) -> str:
    """The words of the element but for those of some of its children."""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if local_name(child) in without else words(child), child.tail or ""]
    return " ".join("".join(parts).split())


def _people(nitf: etree._Element) -> tuple[str, ...] | None:
    """Those whom the source marked, in the text or for all of it; not who wrote it."""
    found = (
        *nitf.iterfind("{*}head//{*}identified-content/{*}person"),
        *nitf.iterfind("{*}body/{*}body.content//{*}person"),
    )
    names = tuple(filter(None, map(_person, found)))
    return names or None


def _person(element: etree._Element) -> str:
    parts = (words(element.find(f"{{*}}name.{part}")) for part in ("given", "middle", "family"))
    given = " ".join(filter(None, parts))
    own = _own_words(element, _SAID_BESIDE_A_NAME)
    return given or own.strip(" ,") or element.get("value", "")


def _media(media: etree._Element) -> MediaItem:
    references = media.findall("{*}media-reference") or [media]
    title = media.find("{*}media-metadata[@name='title']")
    kind = codes.MEDIA_KINDS.get(media.get("media-type", ""), "file")
    return codes.media_item(
        kind,
        *(one.get("source", "") for one in references),
        title=title.get("value", "") if title is not None else "",
        caption=words(media.find("{*}media-caption")),
        credit=words(media.find("{*}media-producer")),
        alt=references[0].get("alternate-text", ""),
        duration=_seconds(references[0]),
    )


def _seconds(reference: etree._Element) -> int | None:
    length = reference.get("time", "")
    unit = reference.get("time-unit-of-measure", "seconds")
    return codes.seconds(float(length)) if length.isdecimal() and unit == "seconds" else None

"""A saved web page: one article in one file of HTML.

    <!DOCTYPE html>
    <html lang="en"><head><title>Bridge opens at last | Port Almond Courier</title>
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge opens at last",
     "datePublished": "1997-06-01T06:30:00+01:00", "author": {"name": "Una Carrow"}}</script>
    </head><body><article><h1>Bridge opens at last</h1><p>The harbour bridge…

What the page says for machines is heard first (`webpage.claims`): JSON-LD, microdata, <meta>. The
headline and the text are those that its readers saw. The text is, in this order:

1. what stands in the element that holds nearly all of the page's prose (`webpage.story`),
2. the page's own `articleBody`, where that is longer by half,
3. what trafilatura finds, where there is next to nothing of either.

Nothing on the page is run, and nothing is fetched.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from lxml import etree

from archive.importers.base import (
    LONGEST_RECORD,
    Defaults,
    MediaItem,
    Pointer,
    Raw,
    Record,
    RecordError,
    Stamp,
    TagName,
)
from archive.importers.reading.html import Content, parsed, read_html
from archive.importers.reading.text import decode, shortened
from archive.importers.webpage.byline import shown_byline
from archive.importers.webpage.claims import Claims, read_claims
from archive.importers.webpage.dated import claimed_date, claimed_period, guessed_date, shown_date
from archive.importers.webpage.headline import find_headline
from archive.importers.webpage.meta import read_meta
from archive.importers.webpage.story import find_story, read_story
from archive.importers.webpage.told import Told, told, without_author_box

NAME = "html"
ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
DEFAULT_SOURCE = "Saved pages"

_BEGINNING = re.compile(
    r"\s*(?:(?:<\?xml[^>]*>|<!--.*?-->)\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|base|script|style)\b)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I)
_CHARSET_LIES_WITHIN = 4_096  # bytes; browsers look at 1,024, and some pages begin with a licence
_LITTLE = 200  # characters: a caption or a greeting, no article


def sniff(head: bytes) -> bool:
    return bool(_BEGINNING.match(decode(head, _declared(head))[0]))


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data, 0, _CHARSET_LIES_WITHIN)
    return match[1].decode("ascii", errors="replace") if match else ""


def split(stream: BinaryIO) -> Iterator[Raw]:
    """One file is one page."""
    data = stream.read(LONGEST_RECORD + 1)
    text, notes = decode(data, _declared(data))
    yield Raw(1, text, notes)


def build(raw: Raw, defaults: Defaults) -> Record:
    if len(raw.text) > LONGEST_RECORD:
        raise RecordError(f"the page is longer than {LONGEST_RECORD:,} characters")
    root = parsed(raw.text)
    body = None if root is None else root.find("body")
    if root is None or body is None:
        raise RecordError("the page shows nothing")
    claims = read_claims(root, read_meta(root, raw.text))
    # Half of a page and more; what follows goes through the rest several times.
    etree.strip_elements(body, "script", "style", "svg", "template", with_tail=False)
    headline = find_headline(body, claims.titles, claims.publisher)
    content = _content(raw.text, body, claims)
    story = told(content.paragraphs, headline, defaults.zone)
    if not story.paragraphs:
        raise RecordError("there is no article on the page, or none that can be told from the rest")
    published = claimed_date(claims.published, defaults.zone) or (
        shown_date(body, headline, defaults.zone)
        or claimed_period(claims.published, defaults.zone)
        or guessed_date(raw.text, claims.url, defaults.zone)
    )
    byline = ", ".join(claims.authors) or story.byline or shown_byline(body, claims.publisher)
    return _record(claims, headline, byline, story, content.media, published, defaults)


def _content(markup: str, body: etree._Element, claims: Claims) -> Content:
    """What the article shows: see the rule above."""
    content = read_story(find_story(body), claims.url)
    size = len("".join(content.paragraphs))
    if len(claims.body) > max(1.5 * size, _LITTLE):
        said = read_html(claims.body).paragraphs
        if len("".join(said)) > 1.5 * size:
            return Content(said, content.media)
    if size < _LITTLE and (found := _by_trafilatura(markup)):
        return Content(tuple(found.split("\n")), content.media)
    return content


def _by_trafilatura(markup: str) -> str | None:
    # Seldom needed, and a fifth of what it takes to start: it would be loaded by every process.
    import trafilatura

    return trafilatura.extract(markup, include_comments=False)


def _record(
    claims: Claims,
    headline: str,
    byline: str,
    story: Told,
    media: tuple[MediaItem, ...],
    published: Stamp | None,
    defaults: Defaults,
) -> Record:
    modified = claimed_date(claims.modified, defaults.zone)
    site = urlsplit(claims.url).netloc.removeprefix("www.")
    return Record(
        source=claims.publisher or defaults.source or site or DEFAULT_SOURCE,
        url=claims.url,
        language=claims.language,
        section=claims.section,
        headline=headline,
        standfirst=_standfirst(claims.standfirst, (headline, *story.paragraphs[:3])),
        paragraphs=tuple(without_author_box(story.paragraphs, byline)),
        byline=shortened(byline, 500),
        place=claims.place,
        modified=modified.when if modified else None,
        rights=claims.rights,
        people=claims.people,
        tags=tuple(TagName(word) for word in claims.keywords or tuple(story.tags)),
        related=tuple(Pointer(title) for title in story.related),
        media=(*(media or claims.images), *claims.recordings),
        corrections=claims.corrections,
        notes=(published.note,) if published and published.note else (),
    ).dated(published)


def _standfirst(description: str, said: Iterable[str]) -> str:
    """`description`, unless the headline or the beginning of the text say the same."""
    beginning = description.rstrip(" .…")[:80]
    repeats = any(beginning in one or (one and description.startswith(one)) for one in said)
    return "" if repeats else description

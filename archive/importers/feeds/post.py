"""One post of a site, as feeds and exports give it, and the article that it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from archive.importers.base import Defaults, MediaItem, Record, RecordError, Stamp, TagName
from archive.importers.reading.dates import DateError, read_date
from archive.importers.reading.figures import joined
from archive.importers.reading.html import NOTHING, Content
from archive.importers.reading.text import shortened

DEFAULT_SOURCE = "Imported articles"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_TAG = 200


@dataclass(frozen=True, slots=True)
class Post:
    """`published` and `modified` are as the source wrote them; `link` is where the post stands,
    and what addresses in it are relative to."""

    site: str = ""
    language: str = ""
    id: str = ""
    link: str = ""
    title: str = ""
    content: Content = NOTHING
    summary: Content = NOTHING
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    media: tuple[MediaItem, ...] = ()
    published: str = ""
    modified: str = ""
    rights: str = ""
    status: str = "published"


def article(post: Post, defaults: Defaults) -> Record:
    """The text is the post's content; without one its summary, which is the standfirst otherwise.
    Raises RecordError where it has neither, and no recording and no picture either."""
    paragraphs = post.content.paragraphs or post.summary.paragraphs
    media = _distinct((*post.media, *post.content.media, *post.summary.media))
    if not paragraphs and not media:
        raise RecordError("it has no text: neither content nor a summary")
    published = date_of(post.published, defaults.zone)
    modified = date_of(post.modified, defaults.zone)
    return Record(
        source=post.site or defaults.source or DEFAULT_SOURCE,
        external_id=post.id,
        url=joined("", post.link),
        language=_language(post.language),
        section=post.section,
        headline=shortened(post.title, 1000),
        standfirst=_standfirst(post, paragraphs),
        paragraphs=paragraphs,
        byline=shortened(", ".join(dict.fromkeys(post.authors)), 500),
        modified=modified and modified.when,
        status=post.status,
        rights=post.rights,
        tags=tuple(TagName(tag) for tag in post.tags if 0 < len(tag) <= _LONGEST_TAG),
        media=media,
        notes=tuple(date.note for date in (published, modified) if date and date.note),
    ).dated(published)


def date_of(text: str, zone: tzinfo) -> Stamp | None:
    """The date that `text` names in any way that dates are written. Raises RecordError."""
    try:
        return read_date(text, zone) if text else None
    except DateError as error:
        raise RecordError(str(error)) from error


def _language(tag: str) -> str:
    tag = tag.replace("_", "-").strip()
    return tag if _LANGUAGE.fullmatch(tag) else "en"


def _standfirst(post: Post, paragraphs: tuple[str, ...]) -> str:
    """The summary, unless it is the text or how the text begins."""
    summary = " ".join(post.summary.paragraphs)
    beginning = summary.rstrip(" .…[]")[:80]
    return "" if beginning in " ".join(paragraphs[:3]) else summary


def _distinct(media: Iterable[MediaItem]) -> tuple[MediaItem, ...]:
    """Each file once, as it was named first, with whatever is said about it later."""
    kept: dict[str, MediaItem] = {}
    for item in media:
        known = kept.setdefault(item.url, item)
        later = {name: value for name, value in item._asdict().items() if not getattr(known, name)}
        kept[item.url] = known._replace(**later)
    return tuple(kept.values())

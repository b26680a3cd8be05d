"""IPTC's codes and dates in our words. https://iptc.org/standards/newscodes/"""

import re
from datetime import datetime
from urllib.parse import unquote

from archive.importers.base import CorrectionNote, Defaults, MediaItem, RecordError, Stamp
from archive.importers.reading.dates import DateError, read_date
from archive.importers.reading.text import shortened

DEFAULT_SOURCE = "Imported articles"
AN_EVENT = "an event: it tells when something takes place, it is no article"
A_PLAN = "a planning item: it announces coverage, it is no article"
NOTHING_SAID = (
    "it has neither a headline nor a text nor a caption; ask its sender for the complete item"
)
PUBLISHED, IN_REVIEW, WITHDRAWN = "published", "in_review", "withdrawn"

# http://cv.iptc.org/newscodes/pubstatusg2/ and NITF's management-status. What is withheld may yet
# be published, so an editor is to see it.
_STATUSES = {
    "usable": PUBLISHED,
    "embargoed": PUBLISHED,
    "withheld": IN_REVIEW,
    "canceled": WITHDRAWN,
    "cancelled": WITHDRAWN,
}
# http://cv.iptc.org/newscodes/ninature/ and NITF's media-type.
MEDIA_KINDS = {
    "picture": "photo",
    "graphic": "photo",
    "image": "photo",
    "still": "photo",
    "video": "video",
    "animation": "video",
    "audio": "audio",
    "other": "file",
    "data": "file",
}
_LONGEST = 500  # characters of a credit, a title or what is said instead of a picture

_DAY_WITH_ZONE = re.compile(r"(\d{4}-?\d\d-?\d\d)(Z|[+-]\d\d:?\d\d)")
_RUN_TOGETHER = re.compile(r"(\d{8})(\d{6})(Z|[+-]\d{4})?")
_NO_DAY = re.compile(r"(\d{4})(?:-?(\d\d))?(?:Z|[+-]\d\d:?\d\d)?")
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ion|ing)|erratum|korrig|korrektur|berichtig|rectifi|correcci|corrige)",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*(?:by|von|par)\s+(?=\S)", re.IGNORECASE)
_PLAUSIBLE_SECONDS = 24 * 60 * 60
_FEWEST_BYTES = 500  # of a second of the thinnest sound


def last_part(code: str) -> str:
    """ "usable" for stat:usable and for http://cv.iptc.org/newscodes/pubstatusg2/usable."""
    return re.split(r"[:/]", code.strip())[-1]


def status(word: str) -> str:
    """Ours for "usable", "stat:canceled" and the like. Raises RecordError."""
    code = last_part(word).lower()
    if code and code not in _STATUSES:
        raise RecordError(f"the status '{word}' is none of {', '.join(_STATUSES)}")
    return _STATUSES.get(code, PUBLISHED)


def moment(text: str, defaults: Defaults, notes: list[str]) -> datetime | None:
    """The instant that `text` names, if it names any. Raises RecordError."""
    stamp = date_of(text, defaults, notes)
    return stamp and stamp.when


def date_of(text: str, defaults: Defaults, notes: list[str]) -> Stamp | None:
    """The same, and how exactly it is known."""
    text = text.strip()
    if not text:
        return None
    if named := _NO_DAY.fullmatch(text):
        text = "-".join(filter(None, named.groups()))
    whole = _DAY_WITH_ZONE.sub(r"\1T00:00:00\2", text) if _DAY_WITH_ZONE.fullmatch(text) else text
    whole = _RUN_TOGETHER.sub(r"\1T\2\3", whole) if _RUN_TOGETHER.fullmatch(whole) else whole
    try:
        stamp = read_date(whole, defaults.zone)
    except DateError as error:
        raise RecordError(str(error)) from error
    if stamp.note:
        notes.append(stamp.note)
    return stamp


def corrections(note: str, *, is_one: bool = False) -> tuple[CorrectionNote, ...]:
    """A note to editors, if it tells of a correction (or the version says that it `is_one`). By all
    of these formats it is not meant for the public."""
    if note and (is_one or _CORRECTS.search(note)):
        return (CorrectionNote(note, public=False),)
    return ()


def writer(line: str) -> str:
    """Who wrote it, without "By"."""
    return _BY.sub("", " ".join(line.split()), count=1)


def language(tag: str) -> str:
    return tag.strip().replace("_", "-") or "en"


def authority(uri: str) -> str:
    """Who gave an item this name: "dpa.com" for urn:newsml:dpa.com:20090101:1 and for
    https://dpa.com/1; empty where the name does not say."""
    named = re.match(r"(?:urn:newsml:|tag:|https?://)([\w.-]+)", uri)
    return named[1] if named else ""


def media_item(
    kind: str,
    *hrefs: str,
    title: str = "",
    caption: str = "",
    credit: str = "",
    alt: str = "",
    duration: int | None = None,
) -> MediaItem:
    """kind: ours. hrefs: the best first, web addresses and paths from where the record stands; the
    first of each counts. Any other kind of name (urn:, file:) leads nowhere."""
    given = [href.strip() for href in hrefs]
    web = (href.replace(" ", "%20") for href in given if href.startswith(("http://", "https://")))
    paths = (unquote(href) for href in given if not re.match(r"[A-Za-z][\w+.-]*:", href))
    return MediaItem(
        kind,
        title=shortened(title, _LONGEST),
        caption=caption,
        credit=shortened(credit, _LONGEST),
        alt=shortened(alt, _LONGEST),
        file=next(paths, ""),
        url=next(web, ""),
        duration=duration,
    )


def seconds(length: float, size: float = 0) -> int | None:
    """The length of a recording of `size` bytes (0: unknown). Agencies that count milliseconds,
    against the standards, are known by lengths that no recording has."""
    is_too_thin = 0 < size < _FEWEST_BYTES * length
    whole = round(length / 1000 if is_too_thin or length > _PLAUSIBLE_SECONDS else length)
    return whole if whole > 0 else None

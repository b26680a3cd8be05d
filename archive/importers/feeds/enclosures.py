"""Files that go with a post: recordings, pictures, films."""

from archive.importers.base import MediaItem
from archive.importers.reading.figures import joined
from archive.importers.reading.text import shortened

_KINDS = {"audio": "audio", "image": "photo", "photo": "photo", "video": "video"}
_LONGEST = 500


def enclosure(
    address: str,
    base: str,
    *,
    type: str,
    title: str = "",
    caption: str = "",
    credit: str = "",
    duration: str = "",
) -> MediaItem | None:
    """type: a media type (audio/mpeg) or its first half; duration: seconds, m:ss or h:mm:ss. None
    where the address is none of the web."""
    url = joined(base, address.strip())
    if not url:
        return None
    return MediaItem(
        _KINDS.get(type.partition("/")[0].strip().lower(), "file"),
        title=shortened(title, _LONGEST),
        caption=caption,
        credit=shortened(credit, _LONGEST),
        url=url,
        duration=seconds(duration),
    )


def seconds(duration: str) -> int | None:
    """None for what is no duration, and for nothing at all."""
    parts = duration.strip().split(":")
    total = 0.0
    try:
        for part in parts:
            total = total * 60 + float(part)
    except ValueError:
        return None
    return int(total) if 0 < total < 2**31 else None

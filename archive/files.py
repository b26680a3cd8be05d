"""What a file is, by its first bytes, and what a browser may make of it.

Neither its name nor its sender is believed. What a browser would run (SVG, HTML, XML) is not kept,
and a picture that is a page as well is still shown as a picture alone.
"""

from __future__ import annotations  # File[bytes] is for the type checker alone

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".pdf": "application/pdf",
}
"""What is kept, by the ending of its name."""

HEAD = 16
UNKNOWN = "application/octet-stream"

# Where the mark of each kind begins, and the mark.
_MARKS = (
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/gif", 0, b"GIF87a"),
    ("image/gif", 0, b"GIF89a"),
    ("image/webp", 8, b"WEBP"),
    ("audio/wav", 8, b"WAVE"),
    ("audio/ogg", 0, b"OggS"),
    ("audio/mp4", 4, b"ftyp"),
    ("audio/mpeg", 0, b"ID3"),
    ("application/pdf", 0, b"%PDF-"),
)


def type_of(head: bytes) -> str:
    """The kind of file that begins so; UNKNOWN for whatever we do not show."""
    for name, start, mark in _MARKS:
        if head[start : start + len(mark)] == mark and (start < 8 or head.startswith(b"RIFF")):
            return name
    # A frame of MPEG-1 or 2 without a tag before it: eleven bits set, and a layer (ISO 11172-3).
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06
    return "audio/mpeg" if is_frame else UNKNOWN


def type_of_file(file: File[bytes]) -> str:
    """The kind of an open file, if its name says the same; else UNKNOWN. The file is at its
    beginning then."""
    file.seek(0)
    found = type_of(file.read(HEAD))
    file.seek(0)
    return found if found == TYPES.get(ending_of(file)) else UNKNOWN


def ending_of(file: File[bytes]) -> str:
    return PurePath(file.name or "").suffix.lower()


def is_shown(content_type: str) -> bool:
    """May a browser show it by itself? Whatever else there is, it saves."""
    return content_type.startswith(("image/", "audio/"))


def validate_file(file: File[bytes]) -> None:
    """Raises ValidationError for what is not kept: of another kind, or not what its name says.

    A file that is kept already is not asked about again: it may be lost, and its article is edited
    all the same. Whatever it is, it is sent as what it is.
    """
    if getattr(file, "_committed", False):
        return
    if ending_of(file) not in TYPES:
        known = ", ".join(sorted(ending[1:] for ending in TYPES))
        raise ValidationError(
            _(
                "Only these files are kept: %(known)s. Others, such as SVG, HTML and XML, can "
                "carry programs that would run in the browsers of readers."
            )
            % {"known": known}
        )
    if type_of_file(file) == UNKNOWN:
        raise ValidationError(
            _("What is in this file is not what the ending of its name, “%(ending)s”, says.")
            % {"ending": ending_of(file)}
        )

"""How large a picture is, read from the head of its file: a page can keep its place free."""

from __future__ import annotations  # File[bytes] is for the type checker alone

import struct

from django.core.files import File

Size = tuple[int, int]

_HEAD = 30
_JPEG_FRAMES = frozenset(range(0xFFC0, 0xFFD0)) - {0xFFC4, 0xFFC8, 0xFFCC}  # T.81, table B.1
_JPEG_SEGMENTS = 200  # before the frame; photographs have a dozen


def size_of(file: File[bytes]) -> Size | None:
    """Width and height in pixels, as they are stored; None where it is no picture that we know."""
    head = file.read(_HEAD)
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">16xII", head[:24])
        if head.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack("<6xHH", head[:10])
        if head[:4] + head[8:12] == b"RIFFWEBP":
            return _webp(head)
        return _jpeg(file) if head.startswith(b"\xff\xd8") else None
    except struct.error:  # cut short
        return None


def _webp(head: bytes) -> Size | None:
    """RFC 9649: the size stands in another place and in other bits for each kind of image."""
    match head[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<26xHH", head)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack("<21xI", head[:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, high, height, higher = struct.unpack("<24xHBHB", head)
            return (high << 16 | width) + 1, (higher << 16 | height) + 1
    return None


def _jpeg(file: File[bytes]) -> Size | None:
    """Goes from segment to segment until the frame, which has the size."""
    file.seek(2)
    for _ in range(_JPEG_SEGMENTS):
        marker, length = struct.unpack(">HH", file.read(4))
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">xHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)
    return None

"""Sizes of pictures, read from the first bytes of their files."""

import io
import struct

import pytest
from django.core.files import File

from archive.pictures import size_of
from config.settings import BASE_DIR

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600)
GIF = b"GIF89a" + struct.pack("<HH", 800, 600)
SEGMENT = b"\xff\xe0" + struct.pack(">H", 16) + bytes(14)
JPEG = b"\xff\xd8" + 3 * SEGMENT + b"\xff\xc2" + struct.pack(">HBHH", 17, 8, 600, 800)


def webp(kind: bytes, rest: bytes) -> bytes:
    return b"RIFF" + bytes(4) + b"WEBP" + kind + bytes(4) + rest.ljust(10, b"\0")


WEBP = {
    "lossy": webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 800 | 1 << 14, 600)),
    "lossless": webp(b"VP8L", b"\x2f" + struct.pack("<I", 799 | 599 << 14)),
    "extended": webp(b"VP8X", bytes(4) + struct.pack("<HBHB", 799, 0, 599, 0)),
}
PICTURES = {"png": PNG, "gif": GIF, "jpeg": JPEG, **WEBP}


def measured(content: bytes) -> tuple[int, int] | None:
    return size_of(File(io.BytesIO(content)))


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES)
def test_the_size_stands_in_the_head(content):
    assert measured(content + bytes(100)) == (800, 600)


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES)
def test_a_file_that_was_cut_short_has_no_size(content):
    assert all(measured(content[:end]) is None for end in range(8))


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"%PDF-1.7", b"\xff\xd8" + bytes(2000)])
def test_what_is_no_picture_has_no_size(content):
    assert measured(content) is None


def test_the_samples_pictures_are_measured():
    with (BASE_DIR / "sample" / "media" / "bridge-1997.png").open("rb") as file:
        width, height = size_of(File(file))
    assert width > height > 100

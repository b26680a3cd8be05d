"""Bytes to text: encodings, lines without end, characters that no text should hold."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from archive.importers.base import LONGEST_RECORD

NOT_UTF8 = "bytes that are not UTF-8 were read as Windows-1252"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    number: int
    text: str
    notes: tuple[str, ...]


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and a note where it had to be guessed at. Never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), (NOT_UTF8,)


def clean(text: str) -> str:
    """`text` without control characters (tabs and line ends stay), its lines ended by "\\n"."""
    if not _UNCLEAN.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return storable(_UNPRINTABLE.sub("", text))


def storable(text: str) -> str:
    """`text` as any database takes it: without NUL, and half characters (surrogates) marked."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\x00", ""))


def lines(stream: BinaryIO, longest: int = LONGEST_RECORD) -> Iterator[Line]:
    """The lines of `stream` without their ends; a longer one than `longest` bytes is cut there."""
    number = 0
    while data := stream.readline(longest):
        number += 1
        yield Line(number, *decode(data.rstrip(b"\r\n")))
        while len(data) == longest and not data.endswith(b"\n"):
            data = stream.readline(longest)


def shortened(text: str, most: int) -> str:
    """`text`, cut after a word and marked so where it is longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0].rstrip() + "…"

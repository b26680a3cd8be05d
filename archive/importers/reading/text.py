"""Bytes to text: encodings, lines without end, characters that no text should hold."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from archive.importers.base import LONGEST_RECORD
from archive.importers.storable import storable

NOT_UTF8 = "bytes that are not UTF-8 were read as Windows-1252"
_BYTE_BY_BYTE = "backfile-windows-1252"
_OTHER_ENCODINGS = re.compile(
    r"windows-?\d{3,4}|cp\d{3,4}|iso-?8859-?\d+|latin-?\d+|us-ascii|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|euc-(?:jp|kr)|shift_jis|macintosh|utf-?16(?:le|be)?",
    re.IGNORECASE,
)
# As browsers do: what says Latin-1 was written on Windows.
_WIDER = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Line(NamedTuple):
    number: int
    text: str
    notes: tuple[str, ...]


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and a note where it had to be guessed at. Never fails.

    What is UTF-8 is read so, whatever it is `declared` to be; else what it is declared to be, if
    that is an encoding of texts on the web; else byte by byte where it is not UTF-8.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if _OTHER_ENCODINGS.fullmatch(declared):
        return _decoded_as(_WIDER.get(declared.lower(), declared), data)
    return data.decode("utf-8", errors=_BYTE_BY_BYTE), (NOT_UTF8,)


def _decoded_as(encoding: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        note = f"bytes that are not {encoding}, as the file says, were marked \ufffd"
        return data.decode(encoding, errors="replace"), (note,)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Texts that were joined from several sources hold both."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  nothing else is decoded with it
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_BYTE_BY_BYTE, _as_windows_1252)


def clean(text: str) -> str:
    """`text` without control characters (tabs and line ends stay), its lines ended by "\\n"."""
    if not _UNCLEAN.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return storable(_UNPRINTABLE.sub("", text))


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

"""The records of an XML file, each cut out by itself.

They are found by their tags alone and no parser sees the file whole: a record with a mistake in it
costs nothing but itself, and a file of any length takes the memory of one record.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO

from archive.importers.base import LONGEST_RECORD, Raw
from archive.importers.reading.text import NOT_UTF8, decode
from archive.importers.reading.xml import UTF16_HEADS

_CHUNK = 256 * 1024
_LONGEST_MARK = 512  # bytes of a mark that may lie across two chunks
_SKIPPED = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_SKIPS = b"|".join(map(re.escape, _SKIPPED))
_ANY_MARK = re.compile(_SKIPS + rb"|<!DOCTYPE|<[A-Za-z_][\w.:-]*(?=[\s/>])")
_DOCTYPE_END = re.compile(rb"[^\[>]*(?:>|\[.*?\]\s*>)", re.DOTALL)
_TAG_END = re.compile(rb"(?:\"[^\"]*\"|'[^']*'|[^\"'>]++)*+>")
_DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)")
_NAMESPACE = re.compile(r"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252", "cp1252"})


def cut(stream: BinaryIO, names: Collection[str], roots: Collection[str] = ()) -> Iterator[Raw]:
    """The elements called one of `names`, under whatever prefix, in their order; no such element
    lies in another. Where the file is as a whole one of `roots`, that is the only record.

    The text of each is its own, with the namespaces that were declared around it, so it stands
    alone. One that is never ended ends where the next of its name begins. Text is UTF-8 if it can
    be, else what the file declares, else Windows-1252, and that is said.
    """
    window = _Window(stream)
    wanted = {name.encode() for name in names}
    wanted_first = {name.encode() for name in roots}
    around: dict[str, str] = {}
    while mark := window.next_mark():
        if mark in _SKIPPED:
            window.skip(_SKIPPED[mark])
        elif mark == b"<!DOCTYPE":
            window.skip_match(_DOCTYPE_END)
        elif mark[1:].rpartition(b":")[2] in wanted | wanted_first:
            yield _record(window, mark, around)
        else:
            wanted_first.clear()
            tag = decode(window.skip_match(_TAG_END))[0]
            around |= {_name(one): one for one in _NAMESPACE.findall(tag)}


def _record(window: "_Window", mark: bytes, around: dict[str, str]) -> Raw:
    line = window.line
    data = window.take(window.end_of(mark))
    text, notes = _decoded(data, window.declared)
    own_tag = _TAG_END.match(data)
    own = decode(own_tag[0])[0] if own_tag else ""
    declared = {_name(one) for one in _NAMESPACE.findall(own)}
    missing = "".join(one for name, one in around.items() if name not in declared)
    return Raw(line, text[: len(mark)] + missing + text[len(mark) :], notes)


def _name(declaration: str) -> str:
    return declaration.partition("=")[0].strip()


def _decoded(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    text, notes = decode(data)
    if not notes or declared in _LATIN_1:
        return text, ()
    try:
        return data.decode(declared), ()
    except (LookupError, UnicodeDecodeError):
        return text, (NOT_UTF8,)


class _Window:
    """The stretch of a stream that is looked at. All before `at` is done with; what an encoding
    that is no superset of ASCII wrote is here in UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._data = bytearray(stream.read(_CHUNK))
        self._decoder: codecs.IncrementalDecoder | None = None
        self._line, self._counted = 1, 0  # the line at a place, up to which they were counted
        self.at = 0
        if wide := UTF16_HEADS.get(bytes(self._data[:2])):
            self._decoder = codecs.getincrementaldecoder(wide)("replace")
            self._data = bytearray(self._decoder.decode(bytes(self._data)).encode())
        declared = _DECLARED.search(self._data[:_LONGEST_MARK])
        self.declared = declared[1].decode().lower() if declared else ""

    def next_mark(self) -> bytes:
        """The next beginning of a tag or the like, which is then at `at`; empty at the end."""
        while True:
            if match := self._find(_ANY_MARK, self.at):
                self.at = match.start()
                return match[0]
            self.at = max(self.at, len(self._data) - _LONGEST_MARK)
            self._forget()
            if not self._read_on():
                return b""

    @property
    def line(self) -> int:
        """The line of `at`, counted from 1."""
        self._line += self._data.count(b"\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip(self, end: bytes) -> None:
        """Go behind the next `end`, or to the end of the stream."""
        while (found := self._data.find(end, self.at)) < 0:
            self.at = max(self.at, len(self._data) - len(end) + 1)
            self._forget()
            if not self._read_on():
                self.at = len(self._data)
                return
        self.at = found + len(end)

    def skip_match(self, pattern: re.Pattern[bytes]) -> bytes:
        """Go behind what matches from here, or one step where nothing does. Returns it."""
        match = self._match(pattern)
        return self.take(match.end() if match else self.at + 1)

    def take(self, end: int) -> bytes:
        taken = bytes(self._data[self.at : end])
        self.at = end
        if self.at > _CHUNK:
            self._forget()
        return taken

    def end_of(self, mark: bytes) -> int:
        """Where the element that begins here with `mark` ends, or its longest length behind."""
        tag = self._match(_TAG_END)
        if tag and tag[0].endswith(b"/>"):
            return tag.end()
        name = re.escape(mark[1:])
        marks = re.compile(_SKIPS + b"|</" + name + rb"\s*>|<" + name + rb"(?=[\s/>])")
        place = tag.end() if tag else self.at + len(mark)
        while match := self._find(marks, place):
            if match[0].startswith(b"</"):
                return match.end()
            if match[0] == mark:
                return match.start()
            place = self._behind(_SKIPPED[match[0]], match.end())
        return min(len(self._data), self.at + LONGEST_RECORD + 1)

    def _behind(self, end: bytes, place: int) -> int:
        found = self._find(re.compile(re.escape(end)), place)
        return found.end() if found else place

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        while not (match := pattern.match(self._data, self.at)) and self._has_room():
            if not self._read_on():
                break
        return match

    def _find(self, pattern: re.Pattern[bytes], place: int) -> re.Match[bytes] | None:
        """The next match from `place`, no further than the longest record reaches."""
        while True:
            if match := pattern.search(self._data, place):
                return match
            place = max(place, len(self._data) - _LONGEST_MARK)
            if not (self._has_room() and self._read_on()):
                return None

    def _has_room(self) -> bool:
        return len(self._data) - self.at <= LONGEST_RECORD

    def _read_on(self) -> bool:
        """Whether there was more."""
        chunk = self._stream.read(_CHUNK)
        self._data += self._decoder.decode(chunk).encode() if self._decoder else chunk
        return bool(chunk)

    def _forget(self) -> None:
        self._line += self._data.count(b"\n", self._counted, self.at)
        del self._data[: self.at]
        self._counted = self.at = 0

"""What a feed says once of all its entries, set around each of them: cut out alone, an entry is a
feed of one, which can be mended and loaded again as it stands."""

import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO, cast

from archive.importers.base import Raw
from archive.importers.reading.cutting import cut

HEAD = 65_536  # bytes in which a feed says what it is
_LANGUAGE = re.compile(rb"""<(?:[\w.-]+:)?feed\b[^>]*\bxml:lang\s*=\s*["']([\w-]+)["']""")


class _Replayed:
    """What was read of `stream` before, and then its rest."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int = -1) -> bytes:
        head, self._head = self._head, b""
        return head or self._stream.read(size)


def entries(
    stream: BinaryIO, envelopes: Mapping[str, str], said_once: Collection[str]
) -> Iterator[Raw]:
    """The elements that `envelopes` names, each in the envelope given for it, with the first
    elements called as in `said_once` that stand before all of them."""
    head = stream.read(HEAD)
    shared = shared_text(head, envelopes, said_once)
    for raw in cut(cast(BinaryIO, _Replayed(head, stream)), tuple(envelopes)):
        envelope = envelopes[_name(raw.text)]
        yield raw._replace(text=envelope.format(shared=shared, entry=raw.text))


def shared_text(head: bytes, entries: Collection[str], said_once: Collection[str]) -> str:
    """The first elements called as in `said_once`, of those before the first of the `entries`; the
    language that the feed has as an attribute, as an element."""
    names = "|".join(map(re.escape, entries))
    first = re.search(rf"<(?:[\w.-]+:)?(?:{names})[\s>]".encode(), head)
    before = head[: first.start()] if first else head
    shared: dict[str, str] = {}
    if language := _LANGUAGE.search(before):
        shared["language"] = f"<language>{language[1].decode()}</language>"
    for raw in cut(io.BytesIO(before), said_once):
        shared.setdefault(_name(raw.text), raw.text)
    return "".join(shared.values())


def _name(text: str) -> str:
    match = re.match(r"<(?:[\w.-]+:)?([\w.-]+)", text)
    return match[1] if match else ""

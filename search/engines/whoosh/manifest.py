"""What one commit of a shelf consists of, in one file that is signed as a whole.

    64 bytes  HMAC-SHA-256 of all that follows the line feed behind it, in hexadecimal
    1 line    JSON: where it belongs, its number, its segments with their checksums
    the rest  Whoosh's table of contents, which is a pickle

Whoever cannot sign cannot have anything unpickled, and a manifest of another shelf, generation or
installation counts for nothing.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from search.engines.whoosh.sums import Sums


class Unsigned(Exception):  # noqa: N818  a state of the file, not a mistake
    """A manifest does not have our signature, so nobody looked at what it says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """place: the names of generation and shelf. commit: its number, from 0 for the empty shelf.
    table: what Whoosh calls the table of contents, under `table_name`. segments: by file name.
    """

    place: str
    commit: int
    table_name: str
    table: bytes
    segments: Mapping[str, Sums]

    def signed(self, key: bytes) -> bytes:
        """The contents of the file."""
        said = {
            "place": self.place,
            "commit": self.commit,
            "table": self.table_name,
            "segments": {name: asdict(sums) for name, sums in self.segments.items()},
        }
        content = json.dumps(said).encode() + b"\n" + self.table
        return signature(content, key) + b"\n" + content


def read_manifest(file: bytes, key: bytes, place: str) -> Manifest:
    """Raises Unsigned."""
    signed, _, content = file.partition(b"\n")
    if not hmac.compare_digest(signed, signature(content, key)):
        raise Unsigned(f"The manifest of {place} was changed, or signed with another SECRET_KEY.")
    line, _, table = content.partition(b"\n")
    said = json.loads(line)
    if said["place"] != place:
        raise Unsigned(f"The manifest of {place} is that of {said['place']}.")
    segments = {
        name: Sums(sums["size"], tuple(sums["blocks"])) for name, sums in said["segments"].items()
    }
    return Manifest(place, said["commit"], said["table"], table, segments)


def signature(content: bytes, key: bytes) -> bytes:
    return hmac.digest(key, content, "sha256").hex().encode()

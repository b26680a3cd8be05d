"""Which files are kept as the photo or the recording that an article names."""

from archive.files import TYPES, type_of

KINDS = {"photo": "image/", "audio": "audio/"}
"""What a media item's kind means by its type; of other kinds nothing is fetched."""

_ENDINGS = {type: ending for ending, type in reversed(TYPES.items())}


def ending_of(head: bytes, kind: str) -> str:
    """The ending (".jpg") for a file that begins with `head`; "" if it is none of that kind."""
    found = type_of(head)
    return _ENDINGS[found] if kind in KINDS and found.startswith(KINDS[kind]) else ""

"""Text as any database, any file and any terminal takes it."""

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` as any database takes it: without NUL, and half characters (surrogates) marked."""
    text = text.replace("\x00", "")
    try:
        text.encode()  # far quicker than to search, and hardly any text has one
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def storable_bytes(text: str) -> bytes:
    """The same in UTF-8."""
    try:
        return text.encode().replace(b"\x00", b"")
    except UnicodeEncodeError:
        return storable(text).encode()

"""Words of the archive where nothing marks up or escapes them: in a terminal."""

import re

# Control characters (C0, DEL, C1), among them those that begin an escape sequence, and the marks
# that turn the direction of all that follows (UAX 9).
_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def for_terminal(text: str) -> str:
    """On one line, and without what a terminal would obey instead of showing it."""
    return " ".join(_OBEYED.sub(" ", text).split())

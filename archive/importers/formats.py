"""The formats, and which of them a file is in."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from archive.importers import (
    csv,
    feed,
    html_page,
    json_feed,
    jsonl,
    newsml_g2,
    ninjs,
    nitf,
    page_text,
    reuters_sgml,
    wxr,
)
from archive.importers.base import Format

AUTO = "auto"
_PACKED_ENDINGS = (".gz", ".bz2", ".xz")

# In the order in which they are tried: what is unmistakable first, any text last.
_FORMATS: tuple[Format, ...] = (
    reuters_sgml,
    html_page,
    wxr,
    feed,
    json_feed,
    newsml_g2,
    nitf,
    ninjs,
    jsonl,
    csv,
    page_text,
)
FORMATS: Mapping[str, Format] = {format.NAME: format for format in _FORMATS}


def detect(name: str, head: bytes) -> Format | None:
    """The format of a file called `name` that begins with `head`.

    Its content decides; where that says nothing (a damaged beginning, a bare text), its ending.
    """
    by_content = next((format for format in _FORMATS if format.sniff(head)), None)
    return by_content or next((format for format in _FORMATS if has_ending(format, name)), None)


def has_ending(format: Format, name: str) -> bool:
    path = PurePosixPath(name.lower())
    if path.suffix in _PACKED_ENDINGS:
        path = path.with_suffix("")
    return path.suffix in format.ENDINGS

"""Files sent in part, so that a recording can be sought in (RFC 9110, section 14)."""

from __future__ import annotations  # File[bytes] is for the type checker alone

import re
from collections.abc import Iterator

from django.core.files import File
from django.http import FileResponse, HttpResponse, HttpResponseBase

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_CHUNK = 64 * 1024


def in_part(response: FileResponse, file: File[bytes], wanted: str) -> HttpResponseBase:
    """`response` with `file`, cut down to the bytes that `wanted` (a Range header, or "") asks for.

    206 with these, 416 where they lie behind the end. A header that asks for several ranges or
    makes no sense is ignored, as the standard allows: the whole file.
    """
    size = int(response.headers["Content-Length"])
    response.headers["Accept-Ranges"] = "bytes"
    part = byte_range(wanted, size)
    if part is None:
        return response
    if not part:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.status_code = 206
    response.headers["Content-Length"] = str(len(part))
    response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response.streaming_content = _chunks(file, part)
    return response


def byte_range(wanted: str, size: int) -> range | None:
    """The bytes that a Range header asks for: None for all, empty for what cannot be had."""
    match = _ONE_RANGE.fullmatch(wanted.strip())
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return None
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _chunks(file: File[bytes], part: range) -> Iterator[bytes]:
    file.seek(part.start)
    left = len(part)
    while left and (chunk := file.read(min(left, _CHUNK))):
        left -= len(chunk)
        yield chunk

"""The files that articles carry, sent whole or in part."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from archive import selectors
from archive.byte_ranges import in_part
from archive.models import Media

# What a browser makes of a file is decided here, never by the file or its sender.
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".pdf": "application/pdf",
}


@require_safe
@vary_on_cookie
@cache_control(private=True, no_cache=True)  # a photo that is withdrawn is gone at once
def media_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photo, recording or file of an article that the reader may see, whole or in part."""
    return in_answer(request, get_object_or_404(selectors.media_for(request.user), pk=pk))


def in_answer(request: HttpRequest, item: Media) -> HttpResponseBase:
    """The file of `item`, or the part that was asked for. Raises Http404 if it is not held."""
    file = item.file
    try:
        opened = file.open("rb")
    except (FileNotFoundError, ValueError) as error:  # ValueError: no file is held
        raise Http404 from error
    name = PurePath(file.name or "")
    content_type = CONTENT_TYPES.get(name.suffix.lower())
    response = FileResponse(
        opened,
        content_type=content_type or "application/octet-stream",
        as_attachment=content_type is None,
        filename=name.name,
    )
    return in_part(response, opened, request.headers.get("Range", ""))

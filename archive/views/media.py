"""The files that articles carry, sent whole or in part."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from archive import selectors
from archive.byte_ranges import in_part
from archive.files import is_shown, type_of_file
from archive.models import Media

# A file that is opened by itself is nobody: it runs nothing, and has no part in the site.
ALONE = (
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@require_safe
@vary_on_cookie
@cache_control(private=True, no_cache=True)  # a photo that is withdrawn is gone at once
def media_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photo, recording or file of an article that the reader may see, whole or in part."""
    return in_answer(request, get_object_or_404(selectors.media_for(request.user), pk=pk))


def in_answer(request: HttpRequest, item: Media) -> HttpResponseBase:
    """The file of `item`, or the part that was asked for. Raises Http404 if it is not held.

    Pictures and recordings are shown, whatever else is saved. What a browser makes of a file is
    decided here, by what it is (`archive.files`).
    """
    file = item.file
    try:
        opened = file.open("rb")
    except (FileNotFoundError, ValueError) as error:  # ValueError: no file is held
        raise Http404 from error
    content_type = type_of_file(opened)
    response = FileResponse(
        opened,
        content_type=content_type,
        as_attachment=not is_shown(content_type),
        filename=PurePath(file.name or "").name,
    )
    response.headers["Content-Security-Policy"] = ALONE
    return in_part(response, opened, request.headers.get("Range", ""))

"""An article that is not public, for whoever was sent a link to it.

Nobody's account matters here: the link shows what the public would see, and to an editor the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive import selectors
from archive.models import Media, Preview
from archive.previews import preview_open
from archive.story import Story
from archive.views.article import story_page
from archive.views.media import in_answer

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",  # or the pages that it leads to would be told the link
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}

View = Callable[..., HttpResponseBase]


def by_link(view: Callable[..., HttpResponseBase]) -> View:
    """Open the link that the address holds for `view(request, preview, …)`, or say that there is no
    such page."""

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponseBase:
        preview = preview_open(token=token, now=timezone.now())
        if preview is None:
            raise Http404
        request.user = AnonymousUser()
        response = view(request, preview, token=token, **named)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return opened


@by_link
def preview_page(request: HttpRequest, preview: Preview, token: str) -> HttpResponseBase:
    """The article's page. Once it is public, the way to that."""
    if selectors.is_public(preview.article):
        return redirect(preview.article)
    story = Story.of(preview.article, request.build_absolute_uri)
    for item in story.media:
        item.shared_at = reverse("archive:preview-media", args=[token, item.pk])
    return story_page(request, story, preview=preview)


@by_link
def preview_media(request: HttpRequest, preview: Preview, token: str, pk: int) -> HttpResponseBase:
    """A photo, recording or file of the article."""
    item = get_object_or_404(Media, pk=pk, article=preview.article)
    return in_answer(request, item)

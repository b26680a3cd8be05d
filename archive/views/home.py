"""The way in: the search box and the newest articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive import selectors

NEWEST = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box and the newest articles; what there is besides, the search counts."""
    # Joined to its few sources, the newest would be sorted out of all instead of looked up.
    newest = selectors.newest_articles().prefetch_related("section", "source")[:NEWEST]
    canonical = request.build_absolute_uri(reverse("archive:home"))
    return render(request, "archive/home.html", {"newest": newest, "canonical": canonical})

"""Reading: home, an article, a person, the people, and the files that articles carry."""

from pathlib import PurePath

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from archive import selectors
from archive.byte_ranges import in_part

NEWEST = 10
ARTICLES_PER_PAGE = 30
PEOPLE_PER_PAGE = 100

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
def home(request: HttpRequest) -> HttpResponse:
    """The search box and the newest articles; what there is besides, the search counts."""
    # Joined to its few sources, the newest would be sorted out of all instead of looked up.
    newest = selectors.newest_articles().prefetch_related("section", "source")[:NEWEST]
    return render(request, "archive/home.html", {"newest": newest})


@require_safe
@vary_on_cookie
def article_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One article under its one address; what is not public is as if it were not there."""
    articles = selectors.articles_for(request.user).select_related("section", "source")
    article = get_object_or_404(articles, pk=pk)
    if slug != article.slug:
        response: HttpResponse = redirect(article, permanent=True)
        # A headline that is changed and changed back must not leave browsers going in a circle.
        response.headers["Cache-Control"] = "no-cache"
        return response
    context = {
        "article": article,
        "mentions": article.mentions.select_related("person"),
        "tags": article.tags.all(),
        "media": article.media.all(),
        "read_also": list(selectors.read_also(article)),
        "is_public": selectors.is_public(article),
        "address": request.build_absolute_uri(article.get_absolute_url()),
    }
    return render(request, "archive/article.html", context)


@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody whom a public article mentions, A to Z, or those of one letter."""
    people = selectors.public_people()
    letters = selectors.initials(people)
    asked = request.GET.get("letter", "")
    letter = asked if asked in letters else ""
    chosen = people.filter(key__startswith=letter) if letter else people
    context = {
        "letter": letter,
        "letters": letters,
        "page": Paginator(chosen, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "archive/people.html", context)


@require_safe
def person_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One person and every public article that mentions them."""
    person = get_object_or_404(selectors.public_people(), slug=slug)
    articles = selectors.public_articles().filter(mentions__person=person)
    context = {
        "person": person,
        "aliases": person.aliases.all(),
        "years": selectors.year_counts(articles),
        "page": Paginator(articles.select_related("section", "source"), ARTICLES_PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "archive/person.html", context)


@require_safe
@vary_on_cookie
@cache_control(private=True, no_cache=True)  # a photo that is withdrawn is gone at once
def media_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photo, recording or file of an article that the reader may see, whole or in part."""
    file = get_object_or_404(selectors.media_for(request.user), pk=pk).file
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

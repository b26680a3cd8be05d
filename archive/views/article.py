"""One article on a page of its own, and as a citation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from archive import selectors
from archive.citing import FORMATS, plain
from archive.models import Article, Preview
from archive.story import Story, reference_of
from archive.structured import json_ld


@require_safe
@vary_on_cookie
def article_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One article under its one address; what is not public is as if it were not there.

    The query string, if there is one, is the search that led here.
    """
    article = asked_for(request, pk)
    if slug != article.slug:
        return moved(request, article)
    return story_page(request, Story.of(article, request.build_absolute_uri))


def story_page(
    request: HttpRequest, story: Story, *, preview: Preview | None = None
) -> HttpResponse:
    """The page of an article, for whoever may see it. preview: the link by which it is read."""
    context = {
        "article": story.article,
        "story": story,
        "preview": preview,
        "is_public": selectors.is_public(story.article),
        "picture": story.picture and story.address_of(story.picture),
        "citation": plain(reference_of(story.article, story.address)),
        "json_ld": json_ld(story),
    }
    return render(request, "archive/article.html", context)


@require_safe
@vary_on_cookie
def citation(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """A reference to an article, to be kept or given to a reference manager."""
    article = asked_for(request, pk)
    written = FORMATS[ending]
    address = request.build_absolute_uri(article.get_absolute_url())
    response = HttpResponse(
        written.write(reference_of(article, address)), content_type=written.content_type
    )
    name = content_disposition_header(True, f"{article.slug}.{ending}")
    response.headers["Content-Disposition"] = name
    return response


def asked_for(request: HttpRequest, pk: int) -> Article:
    articles = selectors.articles_for(request.user).select_related("section", "source")
    return get_object_or_404(articles, pk=pk)


def moved(request: HttpRequest, article: Article) -> HttpResponse:
    """To the address that the article has now, with the search that led here."""
    search = request.META["QUERY_STRING"]
    address = article.get_absolute_url()
    response: HttpResponse = redirect(f"{address}?{search}" if search else address, permanent=True)
    # A headline that is changed and changed back must not leave browsers going in a circle.
    # And to whom a draft is open, its headline is told here.
    response.headers["Cache-Control"] = "private, no-cache"
    return response

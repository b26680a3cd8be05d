"""One article on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from archive import selectors


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

"""Why one article was found: asked from a result, by htmx as a part of it, or as a page."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.http import push_url

from archive.models import Mention
from archive.selectors import public_articles
from search.document import IndexDocument
from search.finding import answer_as_typed, up_to_date
from search.forms import SearchForm
from search.links import Links
from search.parts.why import Telling, Told
from search.reading import Names, documents
from search.request import SearchRequest
from search.trail import place_in
from search.views import HtmxRequest, public_page, wants_fragment
from search.why import reasons


@public_page
def why(request: HtmxRequest, pk: int) -> HttpResponse:
    """The query string is the search, and `at` the article's place among its results."""
    article = get_object_or_404(public_articles(), pk=pk)
    form = SearchForm.read(request.GET)
    at = place_in(request.GET.get("at", "")) or 1
    context = {
        "form": form,
        "article": article,
        "url": Links(form).article(article.get_absolute_url(), at),
        "back": form.on_page(-(-at // form.view.per_page)).url,
        "told": told(form, pk),
    }
    if not wants_fragment(request):
        return render(request, "search/why.html", context)
    # htmx would take the address of a link for that of the page.
    return push_url(render(request, "search/_why.html", context), False)


def told(form: SearchForm, pk: int) -> list[Told] | None:
    """Why the search finds the article; None if it does not. Http404 if it is not public."""
    article, asked = public_document(pk), as_read(form)
    found = reasons(asked, article)
    if found is None:
        return None
    called = Mention.objects.filter(article=pk).values_list("person__slug", "surfaces")
    return Telling(asked, form.q, article, dict(called)).told(found)


def as_read(form: SearchForm) -> SearchRequest:
    """What the page of results took the search for."""
    counting = replace(form.to_request(), facets=(), offset=0, limit=0)
    return answer_as_typed(counting, up_to_date())[0]


def public_document(pk: int) -> IndexDocument:
    """The article as an engine is told of it now. Http404 if it is not public."""
    for document, is_public in documents([pk], Names()):
        if is_public:
            return document
    raise Http404

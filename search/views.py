"""The pages of finding: decide, ask, render. A page and its htmx fragment come from one view."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url
from django_htmx.middleware import HtmxDetails

from archive.selectors import current_slugs
from search import search_as_typed, suggest
from search.engines.base import IndexUnavailable
from search.forms import SearchForm, choose
from search.hand import hand
from search.parts.dates import reading
from search.plain.answering import answer_plainly
from search.plain.fallback import or_plainly
from search.request import PEOPLE, Facet, SearchPage
from search.showing import View
from search.timeline import on_timeline, pages_of
from search.upkeep.mending import mend_soon
from search.ways_out import ways_out


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page to be read, in two shapes; 503 with honest words where no index can be trusted."""

    @wraps(view)
    def page(request: HtmxRequest, **kwargs: Facet | int) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except IndexUnavailable as trouble:
            mend_soon(trouble)
            name = "_unavailable" if wants_fragment(request) else "unavailable"
            return render(request, f"search/{name}.html", status=503)

    varied = vary_on_headers("HX-Request", "HX-History-Restore-Request", "Cookie")
    return require_safe(varied(page))


def plain_search_page(request: HtmxRequest) -> HttpResponse:
    """The same from the database alone."""
    context = {"plain": (plain := answer_plainly(SearchForm.read(request.GET))), "form": plain.form}
    if not wants_fragment(request):
        return render(request, "search/plain.html", context)
    return push_url(render(request, "search/_plain_fragment.html", context), plain.form.url)


def no_suggestions(request: HtmxRequest) -> HttpResponse:
    return render(request, "search/_suggestions.html", {"options": ()})


@public_page
@or_plainly(plain_search_page)
def search_page(request: HtmxRequest) -> HttpResponse:
    """The search page, or only its changing part when htmx asks."""
    form, page = answer(SearchForm.read(request.GET))
    context = {"form": form, "page": page, "ways": () if page.total else ways_out(form, page)}
    if not wants_fragment(request):
        return render(request, "search/page.html", context)
    return push_url(render(request, "search/_fragment.html", context), form.url)


@public_page
@or_plainly(no_suggestions)
def suggestions(request: HtmxRequest) -> HttpResponse:
    """What somebody may be typing, as the options of a listbox."""
    form = SearchForm.read(request.GET)
    options = [(found, choose(form, found).url) for found in suggest(form.q)]
    return render(request, "search/_suggestions.html", {"options": options})


@public_page
def dates_read(request: HtmxRequest) -> HttpResponse:
    """How the dates that somebody is typing are understood, for a place beside their fields."""
    return HttpResponse(reading(SearchForm.read(request.GET), hand(), typing=True))


def wants_fragment(request: HtmxRequest) -> bool:
    """Does htmx ask for the changing part alone? Not when it goes back in the history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def answer(form: SearchForm) -> tuple[SearchForm, SearchPage]:
    """The page asked for; the last one where there are not that many."""
    page = search_as_typed(form.to_request())
    if slugs := moved_people(page):
        form = form.with_people_now(slugs)
        page = search_as_typed(form.to_request())
    if form.page > (last := pages_of(form, page)):
        form = form.on_page(last)
        page = search_as_typed(form.to_request()) if page.total else page
    return form, on_timeline(form, page) if form.view is View.TIMELINE else page


def moved_people(page: SearchPage) -> dict[str, str]:
    """The slugs of today of the chosen people who were renamed or merged since."""
    people = (person for facet in PEOPLE for person in page.facets[facet])
    unknown = [person.value for person in people if person.chosen and not person.count]
    return current_slugs(unknown) if unknown else {}

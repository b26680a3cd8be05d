"""More values of a facet than stand beside the results: as they are looked for, and all of them."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render

from search import values_as_typed
from search.browse.catalogue import Catalogue
from search.browse.names import NamesPage
from search.forms import SLUG_LENGTH, VALUES_SHOWN, SearchForm
from search.request import Facet, FacetCount, FacetRequest
from search.views import HtmxRequest, public_page, wants_fragment


@public_page
def facet_values(request: HtmxRequest, facet: Facet) -> HttpResponse:
    """For htmx the first values with `like` in the name; else a page with all, to choose from."""
    form = SearchForm.read(request.GET)
    if wants_fragment(request):
        like = request.GET.get("like", "").strip()[:SLUG_LENGTH]
        values = values_as_typed(form.to_request(), FacetRequest(facet, VALUES_SHOWN, like))
        return render(request, "search/_facet_values.html", {"facet": facet, "values": values})
    names, chosen = index_of(form, facet, Catalogue(), request.GET.dict())
    context = {
        "form": form,
        "back": form.but().url,
        "facet": facet,
        "names": names,
        "paging": names.paging,
        "chosen": chosen,
        "others": [value for value in names.found.values if not value.chosen],
    }
    return render(request, "search/facet.html", context)


def index_of(
    form: SearchForm, facet: Facet, catalogue: Catalogue, address: dict[str, str]
) -> tuple[NamesPage, tuple[FacetCount, ...]]:
    """The index of what the search finds, and what is chosen, also where nothing is left of it."""
    wanted = FacetRequest(facet, limit=0)
    asked = replace(form.to_request(), facets=(wanted,), offset=0, limit=0)
    request, answer = catalogue.answer_as_typed(asked)
    names = NamesPage.read(address, facet, lambda page: catalogue.names(request, page))
    return names, answer.facets[facet]

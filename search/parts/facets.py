"""The facets: what may be chosen, and how often it was found."""

from functools import cache

from django.utils.safestring import SafeString

from search.forms import SearchForm
from search.request import FACETS, Facet, FacetCount
from search.stencil import Stencil, together
from search.written import hand

FACET = Stencil("search/_facet.html", "rows", "state", "query")
VALUE = Stencil("search/_value.html", "value", "label", "count")
NO_VALUE = Stencil("search/_no_value.html")
HIDDEN_FIELD = Stencil("search/_hidden_field.html", "name", "value")

Facets = dict[Facet, tuple[FacetCount, ...]]


def facets(form: SearchForm, counts: Facets) -> SafeString:
    """The facets that have anything to choose, people first."""
    kept = {"state": hidden_fields(form), "query": form.but().query}
    return together(
        FACET.cut(
            facet=facet,
            more=has_more(facet, values),
            several_people=facet is Facet.PERSON and len(form.chosen.get(facet, ())) > 1,
            all_people=form.all_people,
        )(rows=value_rows(facet, values), **kept)
        for facet in Facet
        if (values := counts.get(facet))
    )


def has_more(facet: Facet, values: tuple[FacetCount, ...]) -> bool:
    """May the facet have more values than these?"""
    limit = next(request.limit for request in FACETS if request.facet is facet)
    return len(values) >= limit


def value_rows(facet: Facet, values: tuple[FacetCount, ...]) -> SafeString:
    """The values of one facet, each with a box to choose it."""
    if not values:
        return NO_VALUE.cut()()
    number, cut = hand().number, cache(VALUE.cut)
    return together(
        cut(facet=facet, chosen=found.chosen)(
            value=found.value, label=found.label, count=number(found.count)
        )
        for found in values
    )


def hidden_fields(form: SearchForm, without: str = "") -> SafeString:
    """The search, for a form of its own; `without` names a field that it has itself."""
    field = HIDDEN_FIELD.cut()
    return together(
        field(name=name, value=value) for name, value in form.but().parameters() if name != without
    )

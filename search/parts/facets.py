"""The facets: what may be chosen, and how often it was found."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from search.forms import VALUES_SHOWN, SearchForm
from search.hand import Hand
from search.links import Links
from search.request import Facet, FacetCount
from search.stencil import Stencil, together

FACET = Stencil("search/_facet.html", "rows", "state", "query")
VALUE = Stencil("search/_value.html", "value", "label", "count")
NO_VALUE = Stencil("search/_no_value.html")
HIDDEN_FIELD = Stencil("search/_hidden_field.html", "name", "value")

Facets = dict[Facet, tuple[FacetCount, ...]]


def facets(form: SearchForm, counts: Facets, links: Links, write: Hand) -> SafeString:
    """The facets that have anything to choose, people first."""
    kept = {"state": fields(links.parameters, write), "query": links.query}
    return together(
        write.cut(
            FACET,
            facet=facet,
            more=len(values) >= VALUES_SHOWN,
            several_people=facet is Facet.PERSON and len(form.chosen.get(facet, ())) > 1,
            all_people=form.all_people,
        )(rows=rows(facet, values, write), **kept)
        for facet in Facet
        if (values := counts.get(facet))
    )


def rows(facet: Facet, values: tuple[FacetCount, ...], write: Hand) -> SafeString:
    """The values of one facet, each with a box to choose it."""
    if not values:
        return write.cut(NO_VALUE)()
    return together(
        write.cut(VALUE, facet=facet, chosen=found.chosen)(
            value=found.value, label=found.label, count=write.number(found.count)
        )
        for found in values
    )


def fields(parameters: Iterable[tuple[str, str]], write: Hand) -> SafeString:
    """Parameters of a search as hidden fields, for a form of its own."""
    field = write.cut(HIDDEN_FIELD)
    return together(field(name=name, value=value) for name, value in parameters)

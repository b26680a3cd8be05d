"""What the templates around a search cannot say for themselves."""

from django import template
from django.utils.translation import gettext as _

from search import search
from search.engines.base import IndexUnavailable
from search.forms import SearchForm, facet_name
from search.parts.facets import hidden_fields, value_rows
from search.parts.results import results, status, title
from search.request import (
    Facet,
    FacetRequest,
    SearchPage,
    SearchRequest,
    Suggestion,
    SuggestionKind,
)

MOST_MENTIONED = 10

register = template.Library()
register.filter("facet_name", facet_name)
register.simple_tag(hidden_fields)
register.simple_tag(results)
register.simple_tag(status)
register.simple_tag(title)
register.simple_tag(value_rows)


@register.filter
def suggestion_kind(suggestion: Suggestion) -> str:
    return {
        SuggestionKind.HEADLINE: _("Words"),
        SuggestionKind.PERSON: _("Person"),
        SuggestionKind.TAG: _("Tag"),
    }[suggestion.kind]


@register.simple_tag
def with_query(form: SearchForm, q: str) -> str:
    return form.but(q=q).url


@register.simple_tag
def at_a_glance() -> SearchPage | None:
    """What the whole archive holds, counted by the engine; None while no index can be trusted."""
    facets = (FacetRequest(Facet.SECTION), FacetRequest(Facet.PERSON, limit=MOST_MENTIONED))
    try:
        return search(SearchRequest(limit=0, facets=facets))
    except IndexUnavailable:
        return None

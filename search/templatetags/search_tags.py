"""What the templates around a search cannot say for themselves."""

from django import template
from django.utils.translation import gettext as _

from search import by_name
from search.forms import SearchForm, facet_name
from search.hand import hand
from search.parts import results as parts
from search.parts.facets import fields, rows
from search.parts.plain import plain_results
from search.request import (
    Facet,
    FacetCount,
    Sort,
    Suggestion,
    SuggestionKind,
)

register = template.Library()
register.filter("facet_name", facet_name)
register.simple_tag(parts.results)
register.simple_tag(plain_results)


@register.simple_tag
def title(form: SearchForm) -> str:
    return parts.title(form, hand())


@register.simple_tag
def value_rows(facet: Facet, values: tuple[FacetCount, ...]) -> str:
    return rows(facet, values, hand())


@register.simple_tag
def hidden_fields(form: SearchForm, without: str = "") -> str:
    """The search, for a form of its own; `without` names a field that it has itself."""
    return fields((pair for pair in form.but().parameters() if pair[0] != without), hand())


@register.simple_tag
def as_words(form: SearchForm) -> SearchForm:
    """The same search, whose words are nobody's name."""
    return form.but(q=by_name.as_words(form.to_request()))


@register.filter
def suggestion_kind(suggestion: Suggestion) -> str:
    return {
        SuggestionKind.PERSON: _("person"),
        SuggestionKind.TAG: _("tag"),
        SuggestionKind.WORDS: _("words"),
        SuggestionKind.HEADLINES: _("in headlines only"),
    }[suggestion.kind]


@register.filter
def sort_name(sort: Sort) -> str:
    return {
        Sort.RELEVANCE: _("Relevance"),
        Sort.NEWEST: _("Newest first"),
        Sort.OLDEST: _("Oldest first"),
    }[sort]

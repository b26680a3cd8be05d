"""What the search page's templates cannot say for themselves: links, chips, pages, the status."""

from dataclasses import dataclass

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import search
from search.engines.base import IndexUnavailable
from search.forms import SearchForm, facet_name
from search.histogram import Histogram, ancestors, histogram
from search.language.dates import Period, describe
from search.request import (
    Facet,
    FacetCount,
    FacetRequest,
    SearchPage,
    SearchRequest,
    Sort,
    Suggestion,
    SuggestionKind,
)

PAGES_AROUND = 2
MOST_MENTIONED = 10

Facets = dict[Facet, tuple[FacetCount, ...]]

register = template.Library()


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was chosen, and the address of the same search without it."""

    kind: str
    label: str
    url: str


@register.simple_tag
def chips(form: SearchForm, page: SearchPage) -> list[Chip]:
    """Everything that narrows the search except its words."""
    found = [
        Chip(facet_kind(facet), label_of(page, facet, slug), form.without_value(facet, slug).url)
        for facet in Facet
        for slug in form.chosen.get(facet, ())
    ]
    if form.undated:
        found.append(Chip(_("Date"), _("undated"), form.without_dates().url))
    elif form.dates_in_words:
        found.append(Chip(_("Date"), form.dates_in_words, form.without_dates().url))
    return found


def label_of(page: SearchPage, facet: Facet, slug: str) -> str:
    """The name of a chosen value; its slug where nothing is known by it."""
    labels = {found.value: found.label for found in page.facets.get(facet, ())}
    return labels.get(slug, slug)


@register.filter
def facet_kind(facet: Facet) -> str:
    """One value's kind: the word on its chip."""
    return {
        Facet.PERSON: _("Person"),
        Facet.TAG: _("Tag"),
        Facet.SECTION: _("Section"),
        Facet.SOURCE: _("Source"),
    }[facet]


register.filter("facet_name", facet_name)


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
def undated_only(form: SearchForm) -> str:
    return form.without_dates().but(undated=True).url


@register.simple_tag
def bars_of(form: SearchForm, page: SearchPage) -> Histogram | None:
    """The histogram of what was found; None where it would have a single bar."""
    drawn = histogram(page.dates, form.start, form.end)
    return drawn if drawn and len(drawn.bars) > 1 else None


@register.simple_tag
def crumbs(form: SearchForm) -> list[tuple[str, str]]:
    """The way back up from a range of dates: words and address, the widest first."""
    if not (form.start and form.end):
        return []
    above = ancestors(Period(form.start, form.end))
    return [(describe(period), form.within(period).url) for period in above]


@register.simple_tag
def sorts(form: SearchForm) -> list[tuple[str, str, bool]]:
    """Value, words and whether chosen. The default's value is empty, so that addresses stay short
    and words typed later are ranked by relevance."""
    words = {
        Sort.RELEVANCE: _("Relevance"),
        Sort.NEWEST: _("Newest first"),
        Sort.OLDEST: _("Oldest first"),
    }
    usable = [sort for sort in Sort if form.q or sort is not Sort.RELEVANCE]
    return [
        ("" if sort is usable[0] else sort.value, words[sort], sort is form.order)
        for sort in usable
    ]


@register.simple_tag
def status(page: SearchPage) -> str:
    """What was found, in one line: “214 articles, 1989 to 2009”."""
    if not page.total:
        return _("No articles")
    found = ngettext("%(count)s article", "%(count)s articles", page.total) % {
        "count": intcomma(page.total)
    }
    return f"{found}, {years}" if (years := years_of(page)) else found


def years_of(page: SearchPage) -> str:
    if not page.dates:
        return ""
    first, last = page.dates[0].start.year, page.dates[-1].start.year
    if first == last:
        return str(first)
    return _("%(first)d to %(last)d") % {"first": first, "last": last}


@register.simple_tag
def at_a_glance() -> SearchPage | None:
    """What the whole archive holds, counted by the engine; None while no index can be trusted."""
    facets = (FacetRequest(Facet.SECTION), FacetRequest(Facet.PERSON, limit=MOST_MENTIONED))
    try:
        return search(SearchRequest(limit=0, facets=facets))
    except IndexUnavailable:
        return None

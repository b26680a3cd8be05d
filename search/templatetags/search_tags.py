"""What the search page's templates cannot say for themselves: links, chips, pages, the status."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import search
from search.engines.base import IndexUnavailable
from search.forms import LAST_PAGE, PAGE_SIZE, SearchForm, facet_name
from search.histogram import Histogram, ancestors, histogram
from search.language.dates import Period, describe
from search.request import (
    FACETS,
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


@register.filter
def in_order(facets: Facets) -> list[tuple[Facet, tuple[FacetCount, ...]]]:
    """The facets that have anything to choose, people first."""
    return [(facet, facets[facet]) for facet in Facet if facets.get(facet)]


@register.filter
def has_more(values: tuple[FacetCount, ...], facet: Facet) -> bool:
    """May the facet have more values than these?"""
    limit = next(request.limit for request in FACETS if request.facet is facet)
    return len(values) >= limit


@register.filter
def chosen_in(form: SearchForm, facet: Facet) -> int:
    return len(form.chosen.get(facet, ()))


@register.simple_tag
def with_person(form: SearchForm, slug: str) -> str:
    return form.with_value(Facet.PERSON, slug).url


@register.simple_tag
def with_query(form: SearchForm, q: str) -> str:
    return form.but(q=q).url


@register.simple_tag
def facet_page(form: SearchForm, facet: Facet) -> str:
    """The page with more values of a facet, in the same search."""
    return f"{reverse('search:facet', args=[facet])}?{form.but().query}"


@register.simple_tag
def undated_only(form: SearchForm) -> str:
    return form.without_dates().but(undated=True).url


@register.simple_tag
def bars_of(form: SearchForm, page: SearchPage) -> Histogram | None:
    """The histogram of what was found; None where it would have a single bar."""
    drawn = histogram(page.dates, form.start, form.end)
    return drawn if drawn and len(drawn.bars) > 1 else None


@register.simple_tag
def within(form: SearchForm, period: Period) -> str:
    return form.within(period).url


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
def page_links(form: SearchForm, page: SearchPage) -> list[tuple[int, str]]:
    """The first and the last page and those around this one; (0, "") where some are left out."""
    last = min(-(-page.total // PAGE_SIZE), LAST_PAGE)
    return [
        (number, form.on_page(number).url) if number else (0, "")
        for number in with_gaps(form.page, last)
    ]


def with_gaps(current: int, last: int) -> Iterator[int]:
    shown = {1, last, *range(current - PAGES_AROUND, current + PAGES_AROUND + 1)}
    before = 0
    for number in sorted(number for number in shown if 1 <= number <= last):
        if number > before + 1:
            yield 0
        yield number
        before = number


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


@register.inclusion_tag("search/_state.html")
def state(form: SearchForm, without: str = "") -> dict[str, Any]:
    """The search as hidden fields, for a form of its own; `without` names a field it has itself."""
    kept = [(name, value) for name, value in form.but().parameters() if name != without]
    return {"parameters": kept}

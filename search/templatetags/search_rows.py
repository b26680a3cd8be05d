"""What comes by the dozen on the search page, each of its template: values, bars, hits, pages."""

from collections.abc import Iterator
from functools import cache

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from search.days import written
from search.forms import LAST_PAGE, PAGE_SIZE, SearchForm
from search.histogram import Bar, Histogram
from search.links import Links
from search.request import FACETS, Facet, FacetCount, Hit, SearchPage
from search.stencil import Stencil, together

PAGES_AROUND = 2
PEOPLE_OF_A_HIT = 8

VALUE = Stencil("search/_value.html", "value", "label", "count")
NO_VALUE = Stencil("search/_no_value.html")
FACET = Stencil("search/_facet.html", "rows", "state", "query")
HIDDEN_FIELD = Stencil("search/_state.html", "name", "value")
BAR = Stencil(
    "search/_bar.html",
    *("first", "last", "url", "height", "space", "name", "articles", "label"),
)
BAR_ROW = Stencil("search/_bar_row.html", "url", "name", "count")
HIT = Stencil(
    "search/_hit.html",
    *("moment", "day", "section", "source", "url", "headline", "snippet", "people"),
)
HIT_PERSON = Stencil("search/_hit_person.html", "url", "name")
PAGE = Stencil("search/_page.html", "number", "url")

register = template.Library()


@register.simple_tag
def facets(form: SearchForm, page: SearchPage) -> SafeString:
    """The facets that have anything to choose, people first."""
    kept = {"state": state(form), "query": form.but().query}
    return together(
        FACET.cut(
            facet=facet,
            more=has_more(values, facet),
            several_people=facet is Facet.PERSON and len(form.chosen.get(facet, ())) > 1,
            all_people=form.all_people,
        )(rows=value_rows(facet, values), **kept)
        for facet in Facet
        if (values := page.facets.get(facet))
    )


def has_more(values: tuple[FacetCount, ...], facet: Facet) -> bool:
    """May the facet have more values than these?"""
    limit = next(request.limit for request in FACETS if request.facet is facet)
    return len(values) >= limit


@register.simple_tag
def value_rows(facet: Facet, values: tuple[FacetCount, ...]) -> SafeString:
    """The values of a facet, to be chosen."""
    if not values:
        return NO_VALUE.cut()()
    rows = [VALUE.cut(facet=facet, chosen=chosen) for chosen in (False, True)]
    return together(
        rows[found.chosen](value=found.value, label=found.label, count=intcomma(found.count))
        for found in values
    )


@register.simple_tag
def state(form: SearchForm, without: str = "") -> SafeString:
    """The search as hidden fields, for a form of its own; `without` names a field it has itself."""
    field = HIDDEN_FIELD.cut()
    parameters = form.but().parameters()
    return together(field(name=name, value=value) for name, value in parameters if name != without)


@register.simple_tag
def bars(form: SearchForm, chart: Histogram) -> SafeString:
    cut, links = cache(BAR.cut), Links(form)
    return together(
        cut(found=bool(bar.count), labelled=bool(bar.label))(
            first=bar.first,
            last=bar.last,
            url=links.within(bar.first, bar.last),
            height=bar.height,
            space=bar.space,
            name=bar.name,
            articles=articles(bar),
            label=bar.label,
        )
        for bar in chart.bars
    )


def articles(bar: Bar) -> str:
    shown = intcomma(bar.count)
    return ngettext("%(shown)s article", "%(shown)s articles", bar.count) % {"shown": shown}


@register.simple_tag
def bar_rows(form: SearchForm, chart: Histogram) -> SafeString:
    """The bars that stand for anything, as rows of a table."""
    row, links = BAR_ROW.cut(), Links(form)
    return together(
        row(url=links.within(bar.first, bar.last), name=bar.name, count=intcomma(bar.count))
        for bar in chart.bars
        if bar.count
    )


@register.simple_tag
def hits(form: SearchForm, page: SearchPage) -> SafeString:
    cut, person, links = cache(HIT.cut), HIT_PERSON.cut(), Links(form)
    return together(
        cut(dated=bool(hit.published), filed=bool(hit.section), peopled=bool(hit.people))(
            **when(hit),
            section=hit.section,
            source=hit.source,
            url=hit.url,
            headline=hit.headline,
            snippet=hit.snippet,
            people=together(
                person(url=links.with_person(named.slug), name=named.name)
                for named in hit.people[:PEOPLE_OF_A_HIT]
            ),
        )
        for hit in page.hits
    )


def when(hit: Hit) -> dict[str, str]:
    """When a hit was published, in the newsroom's own time."""
    if hit.published is None:
        return {}
    local = timezone.localtime(hit.published)
    return {"moment": local.isoformat(), "day": written(local.date())}


@register.simple_tag
def page_links(form: SearchForm, page: SearchPage) -> SafeString:
    """The first and the last page and those around this one; nothing where there is but one."""
    last = min(-(-page.total // PAGE_SIZE), LAST_PAGE)
    if last < 2:
        return SafeString()
    cut, links = cache(PAGE.cut), Links(form)
    return together(
        cut(gap=not number, current=number == form.page)(
            number=intcomma(number), url=links.on_page(number)
        )
        for number in with_gaps(form.page, last)
    )


def with_gaps(current: int, last: int) -> Iterator[int]:
    """The numbers of the pages to be linked, with a 0 where some are left out."""
    shown = {1, last, *range(current - PAGES_AROUND, current + PAGES_AROUND + 1)}
    before = 0
    for number in sorted(number for number in shown if 1 <= number <= last):
        if number > before + 1:
            yield 0
        yield number
        before = number

"""The part of the search page that changes with the search."""

from collections.abc import Sequence
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from search.forms import SearchForm
from search.hand import Hand, hand
from search.language.periods import Unit
from search.links import Links
from search.parts.chips import chips
from search.parts.dates import chart, date_fields
from search.parts.facets import facets
from search.parts.hits import headlines, hits, pages
from search.parts.timeline import timeline
from search.request import SearchPage
from search.showing import View
from search.stencil import Stencil
from search.timeline import pages_of
from search.ways_out import WayOut

TITLE = Stencil("search/_title.html", "words")
RESULTS = Stencil(
    "search/_results.html",
    *("title", "found", "notes", "chips", "chosen", "dates", "facets", "chart", "views", "sort"),
    *("hits", "pages", "way_out"),
)
VIEWS = Stencil("search/_views.html", *View)
SORT = Stencil("search/_sort.html")


def results(
    form: SearchForm, page: SearchPage, ways: Sequence[WayOut], *, fragment: bool
) -> SafeString:
    """fragment: alone, so that the page's title and status have to be told as well."""
    write, links, chosen = hand(), Links(form), chips(form, page)
    context = {"form": form, "page": page, "chosen": chosen, "ways": ways}
    notes = page.notes or form.notes or page.request.named
    return write.cut(RESULTS, fragment=fragment, any=bool(page.total), view=form.view)(
        title=title(form, write),
        found=status(page, write),
        notes=rendered("search/_notes.html", context, notes),
        chips=rendered("search/_chips.html", context, chosen),
        chosen=rendered("search/_chosen.html", context, chosen),
        dates=date_fields(form, write),
        facets=facets(form, page.facets, links, write),
        chart=chart(form, page, links, write),
        views=views(form, write),
        sort=write.cut(SORT, orders=form.orders, order=form.order)() if page.total else "",
        hits=articles(form, page, links, write),
        pages=pages(pages_of(form, page), form.page, links, write),
        way_out=rendered("search/_way_out.html", context, not page.total),
    )


def views(form: SearchForm, write: Hand) -> SafeString:
    """The same search in each view."""
    return write.cut(VIEWS, view=form.view)(**{view: form.but(view=view).url for view in View})


def articles(form: SearchForm, page: SearchPage, links: Links, write: Hand) -> SafeString:
    first = page.request.offset + 1
    match form.view:
        case View.LIST:
            return hits(page.hits, first, links, write, asked=bool(form.q or form.filtered))
        case View.HEADLINES:
            return headlines(page.hits, first, links, write)
        case View.TIMELINE:
            return timeline(form, page, links, write)


def rendered(template: str, context: dict[str, object], needed: object) -> str:
    """What most pages are without, so that it may take its time."""
    return render_to_string(template, context) if needed else ""


def title(form: SearchForm, write: Hand) -> SafeString:
    return write.cut(TITLE, worded=bool(form.q))(words=Truncator(form.q).chars(60))


def status(page: SearchPage, write: Hand) -> str:
    """What was found, in one line: “214 articles, 1989 to 2009”."""
    if not page.total:
        return _("No articles")
    found = write.articles(page.total)
    return SafeString(f"{found}, {escape(years)}") if (years := years_of(page)) else found


def years_of(page: SearchPage) -> str:
    years = [start.year for start, _ in page.spread.known_to(Unit.YEAR)]
    if not years:
        return ""
    first, last = min(years), max(years)
    if first == last:
        return str(first)
    return _("%(first)d to %(last)d") % {"first": first, "last": last}

"""The part of the search page that changes with the search."""

from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from search.forms import SearchForm
from search.hand import Hand, hand
from search.links import Links
from search.parts.chips import chips
from search.parts.dates import chart, date_fields
from search.parts.facets import facets
from search.parts.hits import hits, pages
from search.request import SearchPage
from search.stencil import Stencil

TITLE = Stencil("search/_title.html", "words")
RESULTS = Stencil(
    "search/_results.html",
    *("title", "found", "notes", "chips", "chosen", "dates", "facets", "chart", "sort"),
    *("start", "hits", "pages", "way_out"),
)
SORT = Stencil("search/_sort.html")


def results(form: SearchForm, page: SearchPage, *, fragment: bool) -> SafeString:
    """fragment: alone, so that the page's title and status have to be told as well."""
    write, links, chosen = hand(), Links(form), chips(form, page)
    context = {"form": form, "page": page, "chosen": chosen}
    return write.cut(RESULTS, fragment=fragment, any=bool(page.total))(
        title=title(form, write),
        found=status(page, write),
        notes=rendered("search/_notes.html", context, page.notes or form.notes),
        chips=rendered("search/_chips.html", context, chosen),
        chosen=rendered("search/_chosen.html", context, chosen),
        dates=date_fields(form, write),
        facets=facets(form, page.facets, write),
        chart=chart(form, page, links, write),
        sort=write.cut(SORT, worded=bool(form.q), order=form.order)() if page.total else "",
        start=page.request.offset + 1,
        hits=hits(page.hits, links, write),
        pages=pages(page.total, form.page, links, write),
        way_out=rendered("search/_way_out.html", context, not page.total),
    )


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
    if not page.dates:
        return ""
    first, last = page.dates[0].start.year, page.dates[-1].start.year
    if first == last:
        return str(first)
    return _("%(first)d to %(last)d") % {"first": first, "last": last}

"""The part of the search page that changes with the search, as far as it needs no index."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.forms import SearchForm
from search.hand import Hand, hand
from search.links import Links
from search.parts.chips import chips
from search.parts.dates import date_fields
from search.parts.hits import headlines, hits, pages
from search.parts.results import RESULTS, rendered, title
from search.plain.answering import PlainPage
from search.request import Facet
from search.showing import View
from search.stencil import Stencil, together
from search.timeline import pages_of

KEPT = {*Facet, "people", "sort", "view"}
KEPT_FIELD = Stencil("search/_kept_field.html", "name", "value")


def plain_results(plain: PlainPage, *, fragment: bool) -> SafeString:
    """As `results`."""
    write, form, page = hand(), plain.form, plain.page
    links, chosen = Links(form), chips(form, page)
    context = {"plain": plain, "form": form, "page": page, "chosen": chosen}
    return write.cut(RESULTS, fragment=fragment, any=bool(page.hits), view=form.view)(
        title=title(form, write),
        found=found(plain, write),
        notes=render_to_string("search/_plain_notes.html", context),
        chips=rendered("search/_chips.html", context, chosen),
        chosen=rendered("search/_chosen.html", context, chosen),
        dates=date_fields(form, write),
        facets=kept(form, write),
        chart="",
        views="",
        sort="",
        hits=articles(plain, links, write),
        pages=pages(pages_of(form, page), form.page, links, write),
        way_out=rendered("search/_plain_way_out.html", context, not page.hits),
    )


def found(plain: PlainPage, write: Hand) -> str:
    """How many were found among those that were looked at: “12 articles”, “12 articles so far”."""
    total = plain.page.total
    articles = write.articles(total) if total else _("No articles")
    return articles if plain.is_whole else _("%(articles)s so far") % {"articles": articles}


def kept(form: SearchForm, write: Hand) -> SafeString:
    """What else was chosen, kept while somebody types on: there is nothing to choose it in."""
    field = write.cut(KEPT_FIELD)
    chosen = form.but().parameters()
    return together(field(name=name, value=value) for name, value in chosen if name in KEPT)


def articles(plain: PlainPage, links: Links, write: Hand) -> SafeString:
    if plain.form.view is View.HEADLINES:
        return headlines(plain.page.hits, plain.page.request.offset + 1, links, write)
    return hits(plain.page.hits, plain.page.request.offset + 1, links, write, asked=False)

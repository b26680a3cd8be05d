"""People, sections and tags: the page that lists them, and the page of each with its articles."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from archive.models import Person
from archive.said import quotations_by
from archive.selectors import current_slugs
from search.browse.catalogue import Catalogue
from search.browse.crumbs import Crumb, canonical
from search.browse.days import years_of
from search.browse.kinds import PEOPLE_BESIDE, Kind
from search.browse.names import NamesPage
from search.browse.quoted import QUOTED_FIRST, Quoted, quoted
from search.plain.browsing import has_articles, plain_page
from search.plain.fallback import or_plainly
from search.request import Facet, SearchRequest
from search.views import public_page


@public_page
def names(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Everything of one kind that public articles carry: A to Z, or what most articles have."""
    catalogue = Catalogue()
    asked = SearchRequest(limit=0, facets=())
    page = NamesPage.read(request.GET, kind.facet, lambda wanted: catalogue.names(asked, wanted))
    context = {
        "kind": kind,
        "names": page,
        "paging": page.paging,
        "trail": [Crumb(str(kind.title))],
        "canonical": canonical(request, **page.parameters(), page=page.paging.current),
    }
    return render(request, "browse/names.html", context)


def plain_named(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """The articles alone, from the database."""
    asked = kind.request(slug)
    year = chosen_year(request.GET.get("year", ""), range(MINYEAR, MAXYEAR + 1))
    asked = in_year(asked, year) if year else asked
    if not has_articles(asked):
        return moved(request, kind, slug)
    name = str(get_object_or_404(kind.model, slug=slug))
    trail = [Crumb(str(kind.title), reverse(kind.list)), Crumb(name)]
    return plain_page(request, asked, name, trail, year)


@public_page
@or_plainly(plain_named)
def named(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """One person, section or tag, with all articles or those of one year."""
    catalogue, asked = Catalogue(), kind.request(slug)
    years = years_of(catalogue.answer(replace(asked, limit=0, facets=())).spread)
    year = chosen_year(request.GET.get("year", ""), [year for year, _ in years])
    if year:
        asked = in_year(asked, year)
    listing = catalogue.listing(asked, request.GET.get("page", ""))
    if not listing.answer.total:
        return moved(request, kind, slug)
    subject = get_object_or_404(kind.model, slug=slug)
    context = {
        "kind": kind,
        "catalogue": catalogue,
        "subject": subject,
        "search": search_url(kind.facet, slug, year),
        "years": years,
        "year": year,
        "listing": listing,
        "paging": listing.paging,
        "people": [person for person in listing.answer.facets[Facet.PERSON] if not person.chosen][
            :PEOPLE_BESIDE
        ],
        "said": first_quotations(subject) if not year and listing.paging.current == 1 else [],
        "trail": [Crumb(str(kind.title), reverse(kind.list)), Crumb(str(subject))],
        "canonical": canonical(request, year=year or "", page=listing.paging.current),
    }
    template = "person" if kind.facet is Facet.PERSON else "subject"
    return render(request, f"browse/{template}.html", context)


def first_quotations(subject: Model) -> list[Quoted]:
    """The newest of what a person says, and one more where there are more."""
    if not isinstance(subject, Person):
        return []
    return list(quoted(quotations_by(subject)[: QUOTED_FIRST + 1]))


def moved(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """To the person who has the slug's articles now. Raises Http404 for any other: as if it were
    not there, also where hidden articles carry it.
    """
    known = current_slugs([slug]) if kind.facet is Facet.PERSON else {}
    if not known:
        raise Http404
    address = reverse("browse:person", args=[known[slug]])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


def search_url(facet: Facet, slug: str, year: int | None) -> str:
    """The search among what is listed."""
    chosen: dict[str, str | int] = {facet.value: slug}
    if year:
        chosen |= {"from": year, "to": year}
    return f"{reverse('search:search')}?{urlencode(chosen)}"


def in_year(asked: SearchRequest, year: int) -> SearchRequest:
    return replace(asked, start=date(year, 1, 1), end=date(year, 12, 31))


def chosen_year(text: str, years: Iterable[int]) -> int | None:
    """The year that an address asks for, if it is one of these."""
    return next((year for year in years if str(year) == text), None)

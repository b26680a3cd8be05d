"""Pages of browsing without an index: a list of articles under a title, and no counts."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Article
from archive.selectors import articles_by_id, newest_articles, public_articles
from search.browse.catalogue import ARTICLES_PER_PAGE, LAST_PAGE
from search.browse.crumbs import Crumb, canonical
from search.browse.paging import Paging, number_of
from search.plain.conditions import condition, reach
from search.plain.looking import look
from search.request import SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class PlainListing:
    """One page of the articles that were found among those that were looked at."""

    articles: list[Article]
    paging: Paging
    is_whole: bool


def has_articles(asked: SearchRequest) -> bool:
    """Is there any public article of these dates, under what is chosen?"""
    return public_articles().filter(reach(asked), condition(asked)).order_by().exists()


def listing(asked: SearchRequest, page: str) -> PlainListing:
    """page: as it stands in an address; the last one where there are not that many."""
    enough = min(number_of(page), LAST_PAGE) * ARTICLES_PER_PAGE + 1
    in_time = asked.sort is Sort.OLDEST
    looked = look(newest_articles(), asked, enough, oldest_first=in_time)
    paging = Paging.of(page, ARTICLES_PER_PAGE, len(looked.found))
    shown = looked.found[paging.offset : paging.offset + ARTICLES_PER_PAGE]
    return PlainListing(articles_by_id(shown), paging, looked.is_whole)


def plain_page(
    request: HttpRequest,
    asked: SearchRequest,
    name: str,
    trail: list[Crumb],
    year: int | None = None,
) -> HttpResponse:
    """year: the one that the address asks for."""
    found = listing(asked, request.GET.get("page", ""))
    context = {
        "name": f"{name}, {year}" if year else name,
        "trail": trail,
        "listing": found,
        "paging": found.paging,
        "canonical": canonical(request, year=year or "", page=found.paging.current),
    }
    return render(request, "browse/plain.html", context)

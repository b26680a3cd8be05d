"""The articles found, and the links to more of them."""

from collections.abc import Iterator
from datetime import tzinfo

from django.utils import timezone
from django.utils.safestring import SafeString

from search.hand import Hand
from search.language.periods import Unit
from search.links import Links
from search.request import Hit
from search.stencil import Stencil, together

PAGES_AROUND = 2
PEOPLE_OF_A_HIT = 8

HIT = Stencil(
    "search/_hit.html",
    *("moment", "day", "section", "source", "url", "headline", "snippet", "people"),
    *("id", "why"),
)
HEADLINE = Stencil("search/_headline.html", "moment", "day", "url", "headline", "source")
LINK = Stencil("search/_link.html", "url", "name")
PAGES = Stencil("search/_pages.html", "pages")
PAGE = Stencil("search/_page.html", "number", "url")


def hits(
    found: tuple[Hit, ...], first: int, links: Links, write: Hand, *, asked: bool
) -> SafeString:
    """first: the place of the first of them in the results, from 1. asked: for anything at all, so
    that there are reasons to tell."""
    person, zone = write.cut(LINK), timezone.get_current_timezone()
    return together(
        write.cut(
            HIT,
            dated=bool(hit.published),
            filed=bool(hit.section),
            peopled=bool(hit.people),
            asked=asked,
        )(
            **when(hit, zone, write),
            section=hit.section,
            source=hit.source,
            url=links.article(hit.url, place),
            headline=hit.headline,
            snippet=hit.snippet,
            people=together(
                person(url=links.with_person(named.slug), name=named.name)
                for named in hit.people[:PEOPLE_OF_A_HIT]
            ),
            id=hit.id,
            why=links.why(hit.id, place),
        )
        for place, hit in enumerate(found, first)
    )


def headlines(found: tuple[Hit, ...], first: int, links: Links, write: Hand) -> SafeString:
    """The same without anything but their headlines, days and sources."""
    zone = timezone.get_current_timezone()
    return together(
        write.cut(HEADLINE, dated=bool(hit.published))(
            **when(hit, zone, write),
            url=links.article(hit.url, place),
            headline=hit.headline,
            source=hit.source,
        )
        for place, hit in enumerate(found, first)
    )


def when(hit: Hit, zone: tzinfo, write: Hand) -> dict[str, str]:
    """When a hit was published, in the newsroom's own time, as far as that is known."""
    if hit.published is None:
        return {}
    local = hit.published.astimezone(zone)
    moment = local.isoformat() if hit.unit is Unit.DAY else local.isoformat()[: hit.unit]
    return {"moment": moment, "day": write.known_day(local.date(), hit.unit)}


def pages(last: int, current: int, links: Links, write: Hand) -> SafeString:
    """The first and the last page and those around the current one; nothing if it is the only."""
    if last < 2:
        return SafeString()
    return write.cut(PAGES)(
        pages=together(
            write.cut(PAGE, gap=not page, current=page == current)(
                number=write.number(page), url=links.on_page(page)
            )
            for page in with_gaps(current, last)
        )
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

"""The strongest articles of some years, month by month."""

from collections import Counter
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.safestring import SafeString

from search.forms import SearchForm
from search.hand import Hand
from search.links import Links
from search.request import DateCount, Hit, SearchPage
from search.showing import View
from search.stencil import Stencil, together

YEAR = Stencil("search/_year.html", "url", "year", "articles", "months")
MONTH = Stencil(
    "search/_month.html",
    *("url", "month", "year", "articles", "article", "headline", "snippet"),
)


def timeline(form: SearchForm, page: SearchPage, write: Hand) -> SafeString:
    """page: what `on_timeline` gives. Its years and months lead to the list of their articles."""
    counts, links = counted(page.dates), Links(form.but(view=View.LIST))
    dated = [(timezone.localdate(hit.published), hit) for hit in page.hits if hit.published]
    year = write.cut(YEAR)
    return together(
        year(
            url=links.within(f"{number:04}", f"{number:04}"),
            year=f"{number}",
            articles=write.articles(counts[f"{number:04}"]),
            months=together(month(day, hit, counts, links, write) for day, hit in inside),
        )
        for number, inside in groupby(dated, lambda one: one[0].year)
    )


def month(day: date, hit: Hit, counts: Counter[str], links: Links, write: Hand) -> SafeString:
    name = f"{day:%Y-%m}"
    return write.cut(MONTH)(
        url=links.within(name, name),
        month=write.day(day, "F"),
        year=f"{day.year}",
        articles=write.articles(counts[name]),
        article=hit.url,
        headline=hit.headline,
        snippet=hit.snippet,
    )


def counted(dates: tuple[DateCount, ...]) -> Counter[str]:
    """How many articles each year and each month has, by their names in ISO's notation."""
    counts: Counter[str] = Counter()
    for start, count in dates:
        day = start.isoformat()
        counts[day[:4]] += count
        counts[day[:7]] += count
    return counts

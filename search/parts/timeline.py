"""The strongest articles of some years, month by month."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.safestring import SafeString

from search.forms import SearchForm
from search.hand import Hand
from search.links import Links
from search.request import Hit, Periods, SearchPage
from search.showing import View
from search.stencil import Stencil, together

YEAR = Stencil("search/_year.html", "url", "year", "articles", "months")
NO_YEAR = Stencil("search/_no_year.html", "url")
MONTH = Stencil(
    "search/_month.html",
    *("url", "month", "year", "articles", "article", "headline", "snippet"),
)


def timeline(form: SearchForm, page: SearchPage, links: Links, write: Hand) -> SafeString:
    """page: what `on_timeline` gives. Its years and months lead to the list of their articles."""
    counts, lists = counted(page.periods), Links(form.but(view=View.LIST))
    if not counts:
        return write.cut(NO_YEAR)(url=lists.first_page)
    # An article's place in the search is not known; that of the page it stands on leads back here.
    place = (form.page - 1) * form.view.per_page + 1
    year, month = write.cut(YEAR), write.cut(MONTH)
    return together(
        year(
            url=lists.within(number, number),
            year=number,
            articles=write.articles(counts[number]),
            months=together(
                month(
                    url=lists.within(name, name),
                    month=write.day(day, "F"),
                    year=number,
                    articles=write.articles(counts[name]),
                    article=links.article(hit.url, place),
                    headline=hit.headline,
                    snippet=hit.snippet,
                )
                for name, day, hit in months
            ),
        )
        for number, months in groupby(named(page.hits), lambda month: month[0][:4])
    )


def named(hits: Iterable[Hit]) -> Iterator[tuple[str, date, Hit]]:
    """Each with its day in the newsroom, and its month in ISO's notation."""
    for hit in hits:
        if hit.published:
            day = timezone.localdate(hit.published)
            yield day.isoformat()[:7], day, hit


def counted(periods: Periods) -> Counter[str]:
    """How many articles each year and each month has, by their names in ISO's notation."""
    counts: Counter[str] = Counter()
    for start, count in periods:
        day = start.isoformat()
        counts[day[:4]] += count
        counts[day[:7]] += count
    return counts

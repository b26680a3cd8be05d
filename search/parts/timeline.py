"""The strongest articles of some years, month by month."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.forms import SearchForm
from search.hand import Hand
from search.language.periods import Period, Unit, around, in_digits
from search.links import Links
from search.request import Hit, SearchPage, Spread
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
    years, months = years_counted(page.spread), months_counted(page.spread)
    lists = Links(form.but(view=View.LIST))
    if not years:
        return write.cut(NO_YEAR)(url=lists.first_page)
    # An article's place in the search is not known; that of the page it stands on leads back here.
    place = (form.page - 1) * form.view.per_page + 1
    year, month = write.cut(YEAR), write.cut(MONTH)
    return together(
        year(
            url=lists.within(name, name),
            year=name,
            articles=write.articles(years[name]),
            months=together(
                month(
                    url=lists.within(*in_digits(period)),
                    month=month_of(period, write),
                    year=name,
                    articles=write.articles(months[period]),
                    article=links.article(hit.url, place),
                    headline=hit.headline,
                    snippet=hit.snippet,
                )
                for period, hit in dated
            ),
        )
        for name, dated in groupby(dated_hits(page.hits), lambda one: year_of(one[0].start))
    )


def dated_hits(hits: Iterable[Hit]) -> Iterator[tuple[Period, Hit]]:
    """Each with its month in the newsroom's time; with its year where no more is known."""
    for hit in hits:
        if hit.published:
            yield around(timezone.localdate(hit.published), min(hit.unit, Unit.MONTH)), hit


def month_of(period: Period, write: Hand) -> SafeString | str:
    is_month = period == around(period.start, Unit.MONTH)
    return write.day(period.start, "F") if is_month else _("Month not known")


def year_of(day: date) -> str:
    return day.isoformat()[: Unit.YEAR]


def years_counted(spread: Spread) -> Counter[str]:
    """How many articles each year has."""
    counts: Counter[str] = Counter()
    for start, count in spread.known_to(Unit.YEAR):
        counts[year_of(start)] += count
    return counts


def months_counted(spread: Spread) -> Counter[Period]:
    """How many articles each month has, and each year those of which no month is known."""
    counts = Counter(
        {
            period: count
            for period, count in spread.wider
            if period == around(period.start, Unit.YEAR)
        }
    )
    for start, count in spread.known_to(Unit.MONTH):
        counts[around(start, Unit.MONTH)] += count
    return counts

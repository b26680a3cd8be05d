"""What is drawn of a histogram: the bars, and the same numbers as rows of a table."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search.hand import Hand
from search.histogram import Axis, Bar, Histogram, Width, columns
from search.language.periods import Period, in_digits
from search.links import Links
from search.stencil import Cut, Stencil, together

BAR = Stencil(
    "search/_bar.html",
    *("first", "last", "url", "height", "name", "articles", "count", "label"),
)
BAR_ROW = Stencil("search/_bar_row.html", "url", "name", "count", "whole", "percent")

COUNTED = {
    Width.CENTURY: _("Articles per century"),
    Width.DECADE: _("Articles per decade"),
    Width.YEAR: _("Articles per year"),
    Width.MONTH: _("Articles per month"),
    Width.WEEK: _("Articles per week"),
    Width.DAY: _("Articles per day"),
}
SHARED = {
    Width.CENTURY: _("Share of all articles of each century"),
    Width.DECADE: _("Share of all articles of each decade"),
    Width.YEAR: _("Share of all articles of each year"),
    Width.MONTH: _("Share of all articles of each month"),
    Width.WEEK: _("Share of all articles of each week"),
    Width.DAY: _("Share of all articles of each day"),
}

LABELS_SHOWN = 6
EASY_STEPS = (1, 2, 5, 10, 20)
YEARS = {Width.CENTURY: 100, Width.DECADE: 10, Width.YEAR: 1}


class Place(NamedTuple):
    """What the page has at one place of an axis: all that is not the search's own is filled in.

    The holes left are `url`, `articles`, `count` and `height` of a bar; `url`, `count`, `whole` and
    `percent` of a row; and `articles` of an empty place.
    """

    first: str
    last: str
    bar: Cut
    empty: Cut
    row: Cut


def bars(drawn: Histogram, links: Links, write: Hand, *, share: bool) -> dict[str, str]:
    """The holes of a histogram that its bars fill. share: what they are as high as."""
    drawn_bars, rows = [], []
    for bar, place in zip(drawn.bars, places(drawn.axis, write, share), strict=True):
        articles = write.share(bar.count, bar.whole) if share else write.articles(bar.count)
        if not bar.count:
            drawn_bars.append(place.empty(articles=articles))
            continue
        url = SafeString(escape(links.within(place.first, place.last)))
        drawn_bars.append(place.bar(url=url, articles=articles, count=bar.count, height=bar.height))
        rows.append(place.row(url=url, **numbers(bar, write, share)))
    return {
        "name": str((SHARED if share else COUNTED)[drawn.axis.width]),
        "highest": numbers(drawn.highest, write, share)["percent" if share else "count"],
        "bars": together(drawn_bars),
        "rows": together(rows),
    }


def numbers(bar: Bar, write: Hand, share: bool) -> dict[str, SafeString]:
    """Those of one row."""
    count = write.number(bar.count)
    if not share:
        return {"count": count}
    percent = write.percent(bar.count, bar.whole)
    return {"count": count, "whole": write.number(bar.whole), "percent": percent}


@lru_cache(maxsize=256)
def places(axis: Axis, write: Hand, share: bool) -> tuple[Place, ...]:
    """The places of an axis in one language. Naming them takes longer than all the rest."""
    periods = [column.period for column in columns(axis)]
    row = write.cut(BAR_ROW, share=share)
    made = []
    for period, label in zip(periods, labels(periods, axis.width, write), strict=True):
        first, last = in_digits(period)
        known = {"first": first, "last": last, "name": write.period(period), "label": label}
        bar, empty = (write.cut(BAR, found=found, labelled=bool(label)) for found in (True, False))
        bar, empty = bar.with_some(**known), empty.with_some(count=0, **known)
        made.append(Place(first, last, bar, empty, row.with_some(**known)))
    return tuple(made)


def labels(periods: Sequence[Period], width: Width, write: Hand) -> Sequence[str]:
    """A short label for every so many places, so that they have room; "" for the others."""
    step = -(-len(periods) // LABELS_SHOWN)
    if width in YEARS:
        return round_years([period.end.year // YEARS[width] for period in periods], width, step)
    if width is Width.MONTH and periods[0].start.year != periods[-1].start.year:
        ends = (period.end for period in periods)
        return [f"{day.year:04}" if day.month == 1 else "" for day in ends]
    shape = "M" if width is Width.MONTH else "j M"
    return [
        "" if at % step else write.day(period.start, shape) for at, period in enumerate(periods)
    ]


def round_years(numbers: Sequence[int], width: Width, step: int) -> list[str]:
    """Labels at years, decades or centuries that are easy to count in, at least `step` apart."""
    step = next(easy for easy in EASY_STEPS if easy >= step)
    return ["" if number % step else f"{number * YEARS[width]:04}" for number in numbers]

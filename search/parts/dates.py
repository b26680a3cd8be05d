"""The dates: the fields for them, and the articles found over time."""

from django.utils.safestring import SafeString

from search.forms import SearchForm
from search.hand import Hand
from search.histogram import Histogram, ancestors, histogram
from search.language.dates import Period, describe
from search.links import Links
from search.request import SearchPage
from search.stencil import Stencil, together

DATES = Stencil("search/_dates.html", "since", "until", "since_error", "until_error", "range")
HISTOGRAM = Stencil(
    "search/_histogram.html",
    *("name", "all_dates", "above", "range", "undated_url", "undated_articles"),
    *("highest", "bars", "rows"),
)
BAR = Stencil(
    "search/_bar.html",
    *("first", "last", "url", "height", "space", "name", "articles", "label"),
)
BAR_ROW = Stencil("search/_bar_row.html", "url", "name", "count")
LINK = Stencil("search/_link.html", "url", "name")


def date_fields(form: SearchForm, write: Hand) -> SafeString:
    since_error, until_error = form.since.error, form.until.error
    cut = write.cut(
        DATES,
        since_wrong=bool(since_error),
        until_wrong=bool(until_error),
        understood=bool(form.dates_in_words),
        undated=form.undated,
    )
    return cut(
        since=form.since.text,
        until=form.until.text,
        since_error=since_error,
        until_error=until_error,
        range=form.dates_in_words,
    )


def chart(form: SearchForm, page: SearchPage, links: Links, write: Hand) -> SafeString:
    """The articles over time, and the ways to other days; nothing where it would have one bar."""
    drawn = histogram(page.dates, form.start, form.end)
    drawn = drawn if drawn and len(drawn.bars) > 1 else None
    ranged, undated = form.dates_in_words, 0 if form.undated else page.undated
    if not (drawn or ranged or page.undated):
        return SafeString()
    return write.cut(HISTOGRAM, drawn=bool(drawn), ranged=bool(ranged), undated=bool(undated))(
        range=ranged,
        all_dates=form.without_dates().url if ranged else "",
        above=crumbs(form, write),
        undated_url=form.without_dates().but(undated=True).url if undated else "",
        undated_articles=write.undated_articles(undated),
        **(bars(drawn, links, write) if drawn else {}),
    )


def crumbs(form: SearchForm, write: Hand) -> SafeString:
    """The way back up from a range of dates, the widest first."""
    if not (form.start and form.end):
        return SafeString()
    link = write.cut(LINK)
    above = ancestors(Period(form.start, form.end))
    return together(link(url=form.within(period).url, name=describe(period)) for period in above)


def bars(drawn: Histogram, links: Links, write: Hand) -> dict[str, str]:
    """What is drawn: the bars, and the same numbers as rows of a table."""
    row, bars, rows = write.cut(BAR_ROW), [], []
    for bar in drawn.bars:
        first, last = bar.first, bar.last
        shared = {"url": links.within(first, last), "name": bar.name}
        bars.append(
            write.cut(BAR, found=bool(bar.count), labelled=bool(bar.label))(
                first=first,
                last=last,
                height=bar.height,
                space=bar.space,
                articles=write.articles(bar.count),
                label=bar.label,
                **shared,
            )
        )
        if bar.count:
            rows.append(row(count=write.number(bar.count), **shared))
    return {
        "name": drawn.name,
        "highest": write.number(drawn.highest),
        "bars": together(bars),
        "rows": together(rows),
    }

"""The dates: the fields for them, and the articles found over time."""

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search.forms import SearchForm
from search.hand import Hand
from search.histogram import Step, Width, histogram, trail
from search.language.periods import Period, in_digits
from search.links import Links
from search.parts.bars import bars
from search.request import SearchPage
from search.stencil import Stencil, together

DATES = Stencil("search/_dates.html", "since", "until", "reading")
READING = Stencil("search/_reading.html", "range", "since_error", "until_error", "doubts")
HISTOGRAM = Stencil(
    "search/_histogram.html",
    *("name", "all_dates", "crumbs", "undated_url", "undated_articles", "vague_articles"),
    *("other_url", "highest", "bars", "rows"),
)
LINK = Stencil("search/_link.html", "url", "name")
HERE = Stencil("search/_here.html", "name")


def date_fields(form: SearchForm, write: Hand) -> SafeString:
    cut = write.cut(
        DATES,
        since_wrong=bool(form.since.error),
        until_wrong=bool(form.until.error),
        undated=form.undated,
        share=form.share,
    )
    return cut(since=form.since.text, until=form.until.text, reading=reading(form, write))


def reading(form: SearchForm, write: Hand, *, typing: bool = False) -> SafeString:
    """How the dates were understood: in words, what was not, and what could be meant otherwise.

    typing: what is no date may only be unfinished, so it is not called an error yet.
    """
    range_, typed = form.dates_in_words, (form.since, form.until)
    errors = ["" if typing else date.error for date in typed]
    return write.cut(READING, understood=bool(range_), hint=not (range_ or any(errors)))(
        range=range_,
        since_error=errors[0],
        until_error=errors[1],
        doubts=" ".join(filter(None, (date.doubt for date in typed))),
    )


def chart(form: SearchForm, page: SearchPage, links: Links, write: Hand) -> SafeString:
    """The articles over time, and the ways to other days; nothing where it would have one bar."""
    grain, range_ = page.request.grain, form.dates_in_words
    drawn = histogram(page.spread, grain, form.start, form.end, page.everything)
    drawn = drawn if drawn and len(drawn.bars) > 1 else None
    undated = 0 if form.undated else page.undated
    if not (drawn or range_ or undated):
        return SafeString()
    vague = drawn.beside if drawn else 0
    shape = {"drawn": bool(drawn), "ranged": bool(range_), "undated": bool(undated)}
    shape["vague"] = bool(vague)
    return write.cut(HISTOGRAM, **shape, share=form.share)(
        all_dates=form.without_dates().url if range_ else "",
        crumbs=crumbs(form, range_, links, write),
        undated_url=links.undated() if undated else "",
        undated_articles=write.undated_articles(undated),
        vague_articles=write.vague_articles(vague),
        other_url=form.but(share=not form.share).url if drawn else "",
        **(bars(drawn, links, write, share=form.share) if drawn else {}),
    )


def crumbs(form: SearchForm, range_: str, links: Links, write: Hand) -> SafeString:
    """The way back up from a range of dates, the widest first, and the range itself."""
    steps, here = [], range_
    if form.start and form.end:
        period = Period(form.start, form.end)
        steps = trail(period)
        if steps and steps[-1].period == period:
            here = name_of(steps.pop())
    above, current = write.cut(LINK), write.cut(HERE)
    ways = [above(url=links.within(*in_digits(step.period)), name=name_of(step)) for step in steps]
    return together([*ways, current(name=here)])


def name_of(step: Step) -> str:
    """As short as it can be behind the wider steps: “1990s”, “1994”, “March”, “17 March”."""
    day = step.period.end
    match step.width:
        case Width.DECADE:
            return _("%(year)ss") % {"year": f"{day.year // 10 * 10:04}"}
        case Width.MONTH:
            return date_format(day, "F")
        case Width.DAY:
            return date_format(day, pgettext("a day, in the letters of Django's dates", "j F"))
    return f"{day.year:04}"

"""How browsing is drawn: years as bars, months as weeks, names; and what home tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.names import split_name
from search.browse.calendar_views import first_weekday
from search.browse.catalogue import Catalogue
from search.browse.days import Month, YearCount
from search.browse.glance import Glance, glance
from search.browse.kinds import Kind
from search.engines.base import IndexUnavailable
from search.hand import hand
from search.request import Facet
from search.stencil import Stencil, together
from search.upkeep.mending import mend_soon

DAY = Stencil("browse/_day.html", "url", "number", "name", "articles", "count")
WEEK = Stencil("browse/_week.html", "days")
NO_DAY = SafeString("<td></td>")

register = template.Library()


@register.simple_tag
def at_a_glance() -> Glance | None:
    """As the engine counts it; None while no index can be trusted."""
    try:
        return glance(Catalogue(), timezone.localdate())
    except IndexUnavailable as trouble:
        mend_soon(trouble)
        return None


@dataclass(frozen=True, slots=True)
class Bar:
    """One year in the picture. A bar stands in a slot 10 wide; the highest is 100."""

    year: int
    articles: int
    x: int
    height: float
    url: str
    chosen: bool

    @property
    def y(self) -> float:
        return 100 - self.height


@register.inclusion_tag("browse/_years.html")
def year_bars(
    years: Sequence[YearCount], chosen: int | None = None, *, here: bool = False
) -> dict[str, Any]:
    """Articles per year as a picture, and the same numbers as a list of links.

    here: to the same page with only that year's articles; else to the year in the calendar.
    """
    highest = max((year.articles for year in years), default=0)
    bars = [
        Bar(
            year,
            articles,
            x=10 * at,
            height=round(100 * articles / highest, 1),
            url=f"?year={year}" if here else reverse("browse:year", args=[year]),
            chosen=year == chosen,
        )
        for at, (year, articles) in enumerate(years)
    ]
    return {"bars": bars, "width": 10 * len(bars), "chosen": chosen}


@register.simple_tag
def weeks(month: Month, current: date | None = None) -> SafeString:
    """The rows of a month: each day with articles is a link that tells how many.

    current: the day whose page it stands on.
    """
    write, url = hand(), reverse("browse:month", args=[month.first])
    week = write.cut(WEEK)
    return together(
        week(
            days=together(
                write.cut(DAY, shade=month.shade(found), current=found.start == current)(
                    url=f"{url}{found.start.day:02}/",
                    number=found.start.day,
                    name=write.day(found.start, "DATE_FORMAT"),
                    articles=write.articles(found.count),
                    count=write.number(found.count),
                )
                if found
                else NO_DAY
                for found in row
            )
        )
        for row in month.weeks
    )


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    """The names of the days, short and long, from where weeks begin."""
    days = [(first_weekday() + at) % 7 for at in range(7)]
    return [(str(WEEKDAYS_ABBR[day]), str(WEEKDAYS[day])) for day in days]


@register.filter
def articles(count: int) -> str:
    """“1 article”, “1,234 articles”."""
    return hand().articles(count)


@register.filter
def space_above(height: int) -> int:
    """What is left of hundred above a bar."""
    return 100 - height


@register.filter
def share_of(count: int, highest: int) -> int:
    """In hundredths, at least 1 where there is anything."""
    return -(-100 * count // highest) if highest else 0


@register.filter
def family_marked(name: str, kind: Kind) -> str:
    """The name with the part that a person is filed under marked; any other as it is."""
    family = split_name(name).family if kind.facet is Facet.PERSON else ""
    before, found, behind = name.rpartition(family) if family else ("", "", "")
    return format_html("{}<b>{}</b>{}", before, found, behind) if before or behind else name


@register.filter
def letters(text: str) -> str:
    """The beginning of a name as it is shown: “Sm”; “Al …” where the next word follows."""
    shown = text[:1].upper() + text[1:]
    return f"{shown}…" if shown.endswith(" ") else shown

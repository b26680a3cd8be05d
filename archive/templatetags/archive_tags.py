"""How the record is written on a page: moments, durations, years as bars, links to pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.formats import date_format

from archive.selectors import YearCount

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """The date and time in the newsroom's own time; at midnight the date alone.

    A source that gave only the day is kept as its midnight, and nobody published at "midnight".
    """
    local = timezone.localtime(value)
    return date_format(local, "DATE_FORMAT" if local.time() == time() else "DATETIME_FORMAT")


@register.filter
def clock(seconds: int) -> str:
    """A duration as players show it: 26:13, 1:02:03."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One year in the picture. A bar stands in a slot 10 wide; the highest is 100."""

    year: int
    articles: int
    x: int
    height: float

    @property
    def y(self) -> float:
        return 100 - self.height


@register.inclusion_tag("archive/_years.html")
def year_bars(years: Sequence[YearCount]) -> dict[str, Any]:
    """Articles per year as a picture, and the same numbers as a list."""
    highest = max((year.articles for year in years), default=0)
    bars = [
        Bar(year, articles, x=10 * at, height=round(100 * articles / highest, 1))
        for at, (year, articles) in enumerate(years)
    ]
    return {"bars": bars, "width": 10 * len(bars)}


@register.inclusion_tag("archive/_pages.html", takes_context=True)
def page_links(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, with everything else in the address kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}

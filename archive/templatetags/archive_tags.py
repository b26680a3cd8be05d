"""How the record is written on a page: moments, durations, years as bars, links onward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import template
from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from archive.models import Media
from archive.pictures import Size, size_of
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


@register.simple_tag
def picture_size(photo: Media) -> Size | None:
    """Width and height of a photo, so that nothing on the page moves when it arrives."""
    try:
        with photo.file.open("rb") as file:
            return size_of(file)
    except FileNotFoundError:
        return None


@register.simple_tag
def search_link(**chosen: str | int) -> str:
    """The address of a search: `{% search_link person=person.slug from=1989 %}`."""
    return f"{reverse('search:search')}?{urlencode(chosen)}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One year in the picture. A bar stands in a slot 10 wide; the highest is 100."""

    year: int
    articles: int
    x: int
    height: float
    address: str

    @property
    def y(self) -> float:
        return 100 - self.height


@register.inclusion_tag("archive/_years.html")
def year_bars(years: Sequence[YearCount], **chosen: str | int) -> dict[str, Any]:
    """Articles per year as a picture, and the same numbers as a list that leads to the search.

    chosen: what the counted articles have in common, as `search_link` takes it.
    """
    highest = max((year.articles for year in years), default=0)
    bars = [
        Bar(
            year,
            articles,
            x=10 * at,
            height=round(100 * articles / highest, 1),
            address=search_link(**chosen, **{"from": year, "to": year}),
        )
        for at, (year, articles) in enumerate(years)
    ]
    return {"bars": bars, "width": 10 * len(bars)}


@register.inclusion_tag("archive/_pages.html", takes_context=True)
def page_links(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, with everything else in the address kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}

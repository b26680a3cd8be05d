"""How the first page of the desk is drawn."""

from collections.abc import Sequence
from typing import NamedTuple

from django import template
from django.contrib.auth.models import User
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.http import urlencode

from search.desk.counting import AT_MOST
from search.desk.coverage import Year
from search.desk.dashboard import Dashboard
from search.language.periods import describe

MONTH_HEIGHT = 4
"""Of the strip under the bars, which are 60 high; a year is 10 wide."""

BARS_HEIGHT = 60

register = template.Library()
register.filter("period", describe)


@register.simple_tag
def dashboard(editor: User) -> Dashboard:
    return Dashboard(editor)


@register.filter
def at_most(count: int) -> str:
    """A number that was counted so far: “1,000+” for more."""
    return f"{intcomma(AT_MOST)}+" if count > AT_MOST else intcomma(count)


@register.simple_tag
def articles_where(**chosen: str | int) -> str:
    """The address of the list of articles with these filters."""
    return f"{reverse('admin:archive_article_changelist')}?{urlencode(chosen)}"


class Box(NamedTuple):
    """A rectangle of the picture."""

    y: float
    height: float


class Column(NamedTuple):
    """One year of the picture: its bar, and the months that have articles."""

    year: Year
    x: int
    bar: Box
    covered: list[Box]


@register.simple_tag
def columns(years: Sequence[Year]) -> list[Column]:
    highest = max((year.articles for year in years), default=0) or 1
    return [column(year, 10 * at, highest) for at, year in enumerate(years)]


def column(year: Year, x: int, highest: int) -> Column:
    height = round(BARS_HEIGHT * year.articles / highest, 1)
    return Column(
        year,
        x,
        Box(BARS_HEIGHT - height, height),
        [Box(MONTH_HEIGHT * (run.start - 1), MONTH_HEIGHT * len(run)) for run in year.covered],
    )

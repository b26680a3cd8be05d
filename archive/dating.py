"""Dates as far as they are known: a day, perhaps with its time, a month or a year."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from archive.models import Article


class DatePrecision(models.TextChoices):
    """How exactly the date of an article is known. Empty, as nearly all are: to the day or better,
    so that what was imported before anybody asked says the same."""

    DAY = "", _("day, or day and time")
    MONTH = "month", _("month only")
    YEAR = "year", _("year only")


_SHAPES: dict[str, str] = {
    DatePrecision.DAY: "DATE_FORMAT",
    DatePrecision.MONTH: "YEAR_MONTH_FORMAT",
    DatePrecision.YEAR: "Y",
}
_CHARACTERS: dict[str, int] = {
    DatePrecision.DAY: len("2009-12-17"),
    DatePrecision.MONTH: len("2009-12"),
    DatePrecision.YEAR: len("2009"),
}


def beginning(moment: datetime, precision: str) -> datetime:
    """The first instant of the month or year that `moment` (aware) lies in where the newsroom is;
    `moment` itself if it is known to the day."""
    if not precision:
        return moment
    local = timezone.localtime(moment)
    first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
    return (first.replace(month=1) if precision == DatePrecision.YEAR else first).astimezone(UTC)


def in_words(day: date, precision: str) -> str:
    """“17 December 2009”, “December 2009” or “2009”, in the reader's language."""
    return date_format(day, _SHAPES[precision])


def in_digits(day: date, precision: str) -> str:
    """2009-12-17, 2009-12 or 2009."""
    return day.isoformat()[: _CHARACTERS[precision]]


def published_in_words(article: "Article") -> str:
    """The day in the newsroom's time, as far as it is known; empty for undated."""
    moment = article.first_published
    return in_words(timezone.localdate(moment), article.date_precision) if moment else ""


def published_in_digits(article: "Article") -> str:
    """The moment in ISO 8601, as far as it is known; empty for undated."""
    moment = article.first_published and timezone.localtime(article.first_published)
    if not moment:
        return ""
    precision = article.date_precision
    return in_digits(moment.date(), precision) if precision else moment.isoformat()

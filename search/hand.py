"""How pages are written in one language: numbers, days, and the stencils of their parts.

Whatever was written is kept. Django takes 10 µs for a number or a day, and the pages of an archive
show the same ones again and again.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from html import escape
from math import floor, log10
from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import get_script_prefix
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from search.language.periods import Period, Unit, describe
from search.stencil import Cut, Stencil

REMEMBERED = 10_000
"""Numbers, and as many days and so on: about 2 MB of each."""

SHAPES_OF_DAYS = {Unit.DAY: "DATE_FORMAT", Unit.MONTH: "YEAR_MONTH_FORMAT", Unit.YEAR: "Y"}

SHAPES = 256
"""Cuts of all stencils, several times as many as there are."""


class Hand:
    """Writes for one page, in the language and for the place of the site that are current then.

    All that it writes is safe in HTML.
    """

    def __init__(self) -> None:
        self.number: Callable[[int], SafeString] = remembered(intcomma)
        self.day: Callable[[date, str], SafeString] = remembered(date_format)
        self.period: Callable[[Period], SafeString] = remembered(describe)
        self.articles: Callable[[int], SafeString] = remembered(articles)
        self.undated_articles: Callable[[int], SafeString] = remembered(undated_articles)
        self.vague_articles: Callable[[int], SafeString] = remembered(vague_articles)
        self.known_day: Callable[[date, Unit], SafeString] = remembered(known_day)
        self.percent: Callable[[int, int], SafeString] = remembered(percent)
        self.share: Callable[[int, int], SafeString] = remembered(share)
        self.cut: Callable[..., Cut] = lru_cache(maxsize=SHAPES)(cut)


def hand() -> Hand:
    """The one for a page that is written now. In DEBUG it has seen no template before."""
    return Hand() if settings.DEBUG else _hand(get_language(), get_script_prefix())


@lru_cache(maxsize=16)
def _hand(language: str | None, script_prefix: str) -> Hand:
    return Hand()


def remembered(write: Callable[..., str]) -> Callable[..., SafeString]:
    """As `write`, escaped."""
    return lru_cache(maxsize=REMEMBERED)(lambda *given: SafeString(escape(write(*given))))


def cut(stencil: Stencil, **shape: Any) -> Cut:
    return Cut(stencil, shape)


def articles(count: int) -> str:
    """“1 article”, “1,234 articles”."""
    return ngettext("%(count)s article", "%(count)s articles", count) % {"count": intcomma(count)}


def undated_articles(count: int) -> str:
    text = ngettext("%(count)s undated article", "%(count)s undated articles", count)
    return text % {"count": intcomma(count)}


def vague_articles(count: int) -> str:
    """Of those that are in no bar."""
    text = ngettext(
        "and %(count)s article whose date is not known so exactly",
        "and %(count)s articles whose dates are not known so exactly",
        count,
    )
    return text % {"count": intcomma(count)}


def known_day(day: date, unit: Unit) -> str:
    """As much as is known of it: “17 December 2009”, “December 2009”, “2009”."""
    return date_format(day, SHAPES_OF_DAYS[unit])


def share(count: int, whole: int) -> str:
    """“4 of 120 articles, 3.3%”."""
    text = ngettext(
        "%(count)s of %(whole)s article, %(percent)s",
        "%(count)s of %(whole)s articles, %(percent)s",
        whole,
    )
    numbers = {"count": intcomma(count), "whole": intcomma(whole)}
    return text % {**numbers, "percent": percent(count, whole)}


def percent(count: int, whole: int) -> str:
    """“34%”, “3.3%”, “0.12%”: two digits are enough to compare by."""
    value = 100 * count / whole if whole else 0
    places = max(0, 1 - floor(log10(value))) if value else 0
    return _("%(number)s%%") % {"number": number_format(value, places)}

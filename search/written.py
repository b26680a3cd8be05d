"""Numbers and days as the page's language writes them, ready to stand in HTML.

Django takes 10 µs for each, and the pages of an archive show the same ones again and again.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from html import escape

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

REMEMBERED = 10_000
"""Of each kind, by each language: about 2 MB."""


class Hand:
    """How one language writes. Use it as long as that is the language, for one page say."""

    def __init__(self) -> None:
        self.number = remembered(intcomma)
        self.day = remembered(date_format)
        self.articles = remembered(articles)
        self.undated_articles = remembered(undated_articles)


def hand() -> Hand:
    """That of the language of now."""
    return _hand(get_language())


@cache
def _hand(language: str | None) -> Hand:
    return Hand()


def remembered(write: Callable[..., str]) -> Callable[..., SafeString]:
    """As `write`, escaped."""
    return lru_cache(maxsize=REMEMBERED)(lambda *given: SafeString(escape(write(*given))))


def articles(count: int) -> str:
    """“1 article”, “1,234 articles”."""
    return ngettext("%(count)s article", "%(count)s articles", count) % {"count": intcomma(count)}


def undated_articles(count: int) -> str:
    text = ngettext("%(count)s undated article", "%(count)s undated articles", count)
    return text % {"count": intcomma(count)}

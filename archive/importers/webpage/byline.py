"""Who wrote an article, by what stands on its page, where the page does not say it otherwise."""

import re
from calendar import day_abbr, day_name, month_name

from lxml import etree

from archive.importers.reading.html import text_of
from archive.importers.webpage.furniture import Part, part_of

_CALLED = re.compile(r"(?:^|[\W_])(?:byline|author|writer)s?(?:[\W_]|$|name|link)", re.IGNORECASE)
_LONGEST = 120  # characters of a byline with its date
_NO_NAME = "|".join((
    "By|Posted|Written|Submitted|Published|Updated|On", *month_name[1:], *day_name, *day_abbr
))  # fmt: skip
_WORD = rf"(?!(?:{_NO_NAME})\b)[A-ZÀ-Þ][\w.'’-]*"
_PARTICLE = r"(?!(?:and|at|by|for|in|on|to)\b)[a-z]{2,3}"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{1,3}}"
_BYLINE = re.compile(
    r"(?:(?:(?:[Pp]osted|[Ww]ritten|[Ss]ubmitted|[Pp]ublished|[Rr]ecipe|[Ww]ords|[Tt]ext) )?"
    r"[Bb][Yy]:? )?"
    rf"(?P<names>{_NAME}(?:(?:, | and | & ){_NAME})*)(?:\W.*)?"
)


def shown_byline(body: etree._Element, publisher: str) -> str:
    """The names in the first element that is called a byline or an author's, but for the
    publisher's own; "" if there is none.

    Those in a list or in a box beside the article are the authors of others.
    """
    for element in body.iter("a", "address", "div", "p", "span"):
        if "author" in element.get("rel", "").split() or _CALLED.search(element.get("class", "")):
            text = text_of(element)
            match = _BYLINE.fullmatch(text) if len(text) <= _LONGEST else None
            if not match or (publisher and publisher in match["names"]):
                continue
            if not any(map(_holds_others, element.iterancestors())):
                return match["names"]
    return ""


def _holds_others(element: etree._Element) -> bool:
    return element.tag in ("li", "aside", "nav") or part_of(element) is Part.COMMENTS

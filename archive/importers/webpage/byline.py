"""Who wrote an article, by what stands on its page, where the page does not say it otherwise."""

import re
from calendar import month_name

from lxml import etree

from archive.importers.reading.html import text_of
from archive.importers.webpage.furniture import Part, part_of

_CALLED = re.compile(r"(?:^|[\W_])(?:byline|author|writer)s?(?:[\W_]|$|name|link)", re.IGNORECASE)
_LONGEST = 120  # characters of a byline with its date
_NO_NAME = "By|Posted|Written|Published|Updated|On|" + "|".join(month_name[1:])
_WORD = rf"(?!(?:{_NO_NAME})\b)[A-ZÀ-Þ][\w.'’-]*"
_NAME = rf"{_WORD}(?: (?:[a-z]{{2,3}} )?{_WORD}){{1,3}}"
_BYLINE = re.compile(
    r"(?:(?:(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Rr]ecipe|[Ww]ords|[Tt]ext) )?[Bb][Yy]:? )?"
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

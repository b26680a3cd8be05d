"""The headline of a page: what stands above the article, if the page's other titles bear it out.

What <title> and Open Graph hold is written for search engines and readers of other sites, and ends
with the name of its own; what JSON-LD holds is often that, too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from lxml import etree

from archive.importers.reading.html import text_of

_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/]+\s+|\s*[|»]\s*|(?<=\w):\s+")
_ALIKE = 0.5  # of the words of the shorter one
_LONGEST = 300
_FEWEST_WORDS = 4  # of a heading that is taken for the headline on its own word
_LARGE = ("b", "strong", "big", "font", "span", "div", "td")
_AROUND = " |-–—·•:»«/"


def find_headline(body: etree._Element, titles: Sequence[str], publisher: str) -> str:
    """The headline of a page that claims `titles`, what is trusted most first; "" if it has none.

    It is the <h1> that resembles one of them, or the only one there is; else the title that is
    trusted most.
    """
    sites = [publisher, *_site_names(titles)]
    claimed = [without_site(title, sites) for title in titles]
    shown = [line for line in map(text_of, body.iter("h1")) if _may_be_one(line, sites)]
    for line in shown:
        if any(_is_alike(line, title) for title in claimed):
            return _without_kicker(line, claimed)
    if len(shown) == 1 and _is_long(shown[0]):
        return shown[0]
    return _as_claimed(body, claimed) if claimed else next(iter(shown), "")


def _may_be_one(line: str, sites: Iterable[str]) -> bool:
    return 0 < len(line) <= _LONGEST and not any(_is_site(line, site) for site in sites)


def _site_names(titles: Sequence[str]) -> Iterator[str]:
    """What one title has before or behind another: "Ferry sinks" and "Ferry sinks | Courier"."""
    for longer in titles:
        for shorter in titles:
            if len(longer) > len(shorter) > 10 and shorter in longer:
                yield longer.replace(shorter, "", 1)


def _as_claimed(body: etree._Element, claimed: Sequence[str]) -> str:
    """The title that is trusted most; where a heading says a part of one, that part, or whatever
    stands large on a page that has no headings."""
    parts = {part for title in claimed for part in (title, *_SEPARATOR.split(title))}
    headings = (text_of(one) for one in body.iter("h1", "h2", "h3"))
    large = (" ".join((one.text or "").split()) for one in body.iter(*_LARGE))
    spoken = (line for line in chain(headings, large) if line in parts and _is_long(line))
    return next(spoken, claimed[0])


def _is_long(line: str) -> bool:
    return len(_words(line)) >= _FEWEST_WORDS


def without_site(title: str, sites: Iterable[str]) -> str:
    """`title` without the name of its site at its end or beginning."""
    parts = _SEPARATOR.split(title)
    if len(parts) > 1 and any(_is_site(parts[-1], site) for site in sites):
        return title[: title.rindex(parts[-1])].rstrip(_AROUND)
    if len(parts) > 1 and any(_is_site(parts[0], site) for site in sites):
        return title[len(parts[0]) :].lstrip(_AROUND)
    return title.strip()


def _is_site(part: str, site: str) -> bool:
    """Whether it is the site's name, or so much of it as a title had room for."""
    one, other = sorted((_folded(part), _folded(site)), key=len)
    return bool(one) and one in other and len(other) < 2.5 * len(one)


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold())).removeprefix("the").removesuffix("com")


def _is_alike(line: str, title: str) -> bool:
    one, other = _words(line), _words(title)
    return bool(one and other) and len(one & other) >= _ALIKE * min(len(one), len(other))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _without_kicker(line: str, claimed: Iterable[str]) -> str:
    """ "Local News | Ferry sinks" is "Ferry sinks", if the page says so elsewhere."""
    for title in claimed:
        if title != line and len(title) > len(line) // 2 and line.endswith(title):
            return title
    return line

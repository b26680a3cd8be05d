"""What stands on a page and is no part of its article, told by how its elements are called.

Nothing here knows any site: these are the words in which pages everywhere call their parts.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from lxml import etree

# Words of class and id, taken apart at hyphens, underscores and capitals.
_WORDS = frozenset({
    "ad", "ads", "advert", "advertisement", "adslot", "advertising", "affiliate", "banner",
    "bio", "biography", "breadcrumb", "breadcrumbs", "byline", "bylines", "caption", "captions",
    "carousel", "credit", "credits",
    "consent", "cookie", "cookies", "copyright", "cta", "disclaimer", "disclosure",
    "donate", "donation", "dropdown", "flyout", "footer", "footnav", "gdpr", "infobox", "login",
    "masthead", "menu", "modal", "nav", "navbar", "navigation", "newsletter", "newsletters",
    "outbrain", "overlay", "pager", "pagination", "paywall", "popular", "popup", "postmeta",
    "print", "promo", "promos", "promotion", "rating", "ratings", "recirc", "recirculation",
    "recommendation", "recommendations", "recommended", "register", "related", "relatedlinks",
    "share", "sharebar", "sharedaddy", "sharing", "shares", "sidebar", "signup", "skip", "social",
    "sponsor", "sponsored", "subscribe", "subscription", "taboola", "tagcloud", "taglist", "tags",
    "teaser", "teasers", "ticker", "toc", "toolbar", "tooltip", "trending", "widget", "widgets",
})  # fmt: skip
_COMMENTS = frozenset({"comment", "comments", "commentlist", "disqus", "respond", "replies"})
_NOTES = frozenset({"note", "notes", "correction", "corrections", "clarification", "footnotes"})
_STANDFIRSTS = frozenset({"dek", "deck", "standfirst", "subheadline", "subtitle", "summary"})
_ROLES = frozenset({
    "alert", "banner", "complementary", "contentinfo", "dialog", "form", "menu", "menubar",
    "navigation", "search", "toolbar", "tooltip",
})  # fmt: skip
_TAGS = frozenset({"aside", "footer", "nav"})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LONGEST = 500  # characters of a name


class Part(Enum):
    """What an element is, by what it is called."""

    COMMENTS = auto()  # others' words
    FURNITURE = auto()
    NOTE = auto()  # of the editors: a correction, where the text stood first
    STANDFIRST = auto()
    OTHER = auto()


def part_of(element: etree._Element) -> Part:
    if not element.keys():  # as most paragraphs
        return Part.FURNITURE if element.tag in _TAGS else Part.OTHER
    get = element.get
    # Cut before it is remembered: what somebody hostile calls an element has no end.
    classes, id, role = get("class", "")[:_LONGEST], get("id", "")[:_LONGEST], get("role", "")
    return _part(element.tag, classes, id, role[:_LONGEST], get("aria-hidden") == "true")


@lru_cache(maxsize=20_000)
def _part(tag: str, classes: str, id: str, role: str, is_hidden: bool) -> Part:
    names = _names(classes, id)
    if not _COMMENTS.isdisjoint(names):
        return Part.COMMENTS
    if tag in _TAGS or role in _ROLES or is_hidden or not _WORDS.isdisjoint(names):
        return Part.FURNITURE
    if not _NOTES.isdisjoint(names):
        return Part.NOTE
    return Part.OTHER if _STANDFIRSTS.isdisjoint(names) else Part.STANDFIRST


def _names(classes: str, id: str) -> frozenset[str]:
    """The words of a class and an id; an id that is an address says only what it leads to."""
    words = _WORD.findall(f"{classes} {'' if '/' in id else id}")
    return frozenset(word.lower() for word in words)

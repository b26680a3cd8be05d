"""What stands on a page and is no part of its article, told by how its elements are called.

Nothing here knows any site: these are the words in which pages everywhere call their parts.
"""

import re
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
# Others' words: they go even where they are more than the article's own.
_COMMENTS = frozenset({"comment", "comments", "commentlist", "disqus", "respond", "replies"})
_NOTES = frozenset({"note", "notes", "correction", "corrections", "clarification", "footnotes"})
_STANDFIRSTS = frozenset({"dek", "deck", "standfirst", "subheadline", "subtitle", "summary"})
_ROLES = frozenset({
    "alert", "banner", "complementary", "contentinfo", "dialog", "form", "menu", "menubar",
    "navigation", "search", "toolbar", "tooltip",
})  # fmt: skip
_TAGS = frozenset({"aside", "footer", "nav"})
_NONE: frozenset[str] = frozenset()
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def is_furniture(element: etree._Element) -> bool:
    """Whether `element` is, by what it is called, no part of an article."""
    return (
        element.tag in _TAGS
        or element.get("role") in _ROLES
        or element.get("aria-hidden") == "true"
        or not _WORDS.isdisjoint(_names(element))
    )


def is_comments(element: etree._Element) -> bool:
    return not _COMMENTS.isdisjoint(_names(element))


def is_note(element: etree._Element) -> bool:
    """Whether it is called an editors' note or a correction."""
    return not _NOTES.isdisjoint(_names(element))


def is_standfirst(element: etree._Element) -> bool:
    return not _STANDFIRSTS.isdisjoint(_names(element))


def _names(element: etree._Element) -> frozenset[str]:
    """The words of its class and id; an id that is an address says what it leads to."""
    classes, id = element.get("class"), element.get("id")
    if not classes and not id:
        return _NONE
    return _words(classes or "", id if id and "/" not in id else "")


@lru_cache(maxsize=20_000)
def _words(classes: str, id: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(f"{classes} {id}"[:500]))

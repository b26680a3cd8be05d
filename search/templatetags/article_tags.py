"""What the search adds to the page of an article: the way back, marks, counts, similar articles.

While no index can be trusted the page is shown without.
"""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.models import Article, Mention, Person
from archive.selectors import ReadAlso
from search import search, similar
from search.engines.base import IndexUnavailable
from search.request import Facet, FacetRequest, SearchRequest
from search.trail import Trail, trail
from search.upkeep.mending import mend_soon

COUNTED = 50
"""People of one article whose articles are counted."""

SIMILAR = 6

register = template.Library()


@register.simple_tag(takes_context=True)
def trail_of(context: template.Context, article: Article) -> Trail | None:
    """The search that led to this page; None if none did."""
    try:
        return trail(article, context["request"].GET)
    except IndexUnavailable as trouble:
        mend_soon(trouble)
        return None


@register.filter
def marked(text: str, trail: Trail | None) -> SafeString:
    """A part of an article as HTML, the words of the search that led to it in `<mark>`."""
    return trail.highlighter.whole(text) if trail else SafeString(escape(text))


@register.filter
def marked_headline(text: str, trail: Trail | None) -> SafeString:
    return trail.highlighter.headline(text) if trail else SafeString(escape(text))


@register.simple_tag
def similar_to(article: Article, read_also: Sequence[ReadAlso]) -> list[Article]:
    """Similar articles, without those that the editors lead to already."""
    known = {pointer.url for pointer in read_also}
    try:
        found = similar(article, limit=SIMILAR + len(known))
    except IndexUnavailable as trouble:
        mend_soon(trouble)
        return []
    return [other for other in found if other.get_absolute_url() not in known][:SIMILAR]


@register.simple_tag
def people_counted(mentions: Sequence[Mention]) -> list[tuple[Person, int]]:
    """The people mentioned, each with the number of articles that mention them; 0 for unknown."""
    counts = person_counts(tuple(mention.person.slug for mention in mentions[:COUNTED]))
    return [(mention.person, counts.get(mention.person.slug, 0)) for mention in mentions]


def person_counts(slugs: tuple[str, ...]) -> dict[str, int]:
    # What is chosen is counted whatever the limit, and its own choice does not shrink its count.
    counting = (FacetRequest(Facet.PERSON, limit=0),)
    try:
        page = search(SearchRequest(people=slugs, facets=counting, limit=0))
    except IndexUnavailable as trouble:
        mend_soon(trouble)
        return {}
    return {person.value: person.count for person in page.facets[Facet.PERSON]}

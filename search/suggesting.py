"""What somebody who is typing may be after."""

from dataclasses import replace

from search.engines import get_engine
from search.finding import answer_as_typed, up_to_date
from search.language.parser import parse
from search.language.tree import And, Field, Node, Not, Or, Worded, either, every, negation
from search.language.unparse import unparse
from search.request import (
    Facet,
    FacetRequest,
    SearchRequest,
    Suggestion,
    SuggestionKind,
)

PEOPLE_SUGGESTED = 4
TAGS_SUGGESTED = 2


def suggest(text: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """People, tags, then headline words; at the end the same words in headlines alone.

    Everything suggested finds at least one public article.
    """
    hidden = up_to_date()
    named = suggest_names(text, hidden)
    in_headlines = suggest_headlines(text, hidden)
    words = suggest_words(text, limit - len(named) - len(in_headlines), hidden)
    return (*named, *words, *in_headlines)


def suggest_names(text: str, hidden: frozenset[int]) -> tuple[Suggestion, ...]:
    """The people and tags with a word that begins as `text` does, with their counts."""
    if not text.strip():
        return ()
    request = SearchRequest(
        limit=0,
        facets=(
            FacetRequest(Facet.PERSON, PEOPLE_SUGGESTED, like=text),
            FacetRequest(Facet.TAG, TAGS_SUGGESTED, like=text),
        ),
    )
    facets = get_engine().search(request, hidden=hidden).facets
    return tuple(
        Suggestion(kind, found.label, found.value, found.count)
        for facet, kind in ((Facet.PERSON, SuggestionKind.PERSON), (Facet.TAG, SuggestionKind.TAG))
        for found in facets[facet]
    )


def suggest_words(text: str, limit: int, hidden: frozenset[int]) -> tuple[Suggestion, ...]:
    """The query with its last word completed to a word of a public headline."""
    before, _, last = text.rpartition(" ")
    if limit <= 0 or not last.isalnum():
        return ()
    suggestions = []
    for word in get_engine().words(last, limit, hidden=hidden):
        completed = f"{before} {word}".strip()
        if count := count_of(parse(completed).tree, hidden):
            suggestions.append(Suggestion(SuggestionKind.WORDS, completed, completed, count))
    return tuple(suggestions)


def suggest_headlines(text: str, hidden: frozenset[int]) -> tuple[Suggestion, ...]:
    """The same query, its words looked for in headlines alone; nothing if they are already."""
    tree = parse(text).tree
    narrowed = in_headlines(tree)
    count = count_of(narrowed, hidden) if narrowed != tree else 0
    if not count:
        return ()
    return (Suggestion(SuggestionKind.HEADLINES, text, unparse(narrowed), count),)


def in_headlines(tree: Node) -> Node:
    """The same tree with the words that any part of an article may have asked of its headline."""
    match tree:
        case And(parts):
            return every(map(in_headlines, parts))
        case Or(parts):
            return either(map(in_headlines, parts))
        case Not(part):
            return negation(in_headlines(part))
    if isinstance(tree, Worded) and tree.field is None:
        return replace(tree, field=Field.HEADLINE)
    return tree


def count_of(tree: Node, hidden: frozenset[int]) -> int:
    """How many articles are found for it, the last word taken for a beginning if need be."""
    request = SearchRequest(replace(parse(""), tree=tree), limit=0, facets=())
    return answer_as_typed(request, hidden)[1].total

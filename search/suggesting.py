"""What somebody who is typing may be after."""

from dataclasses import replace

from search.by_name import mentions, people_like, people_with_alias, words_of_a_name
from search.engines import get_engine
from search.finding import UNFINISHED, answer_as_typed, up_to_date
from search.language.cost import affordable
from search.language.limits import MIN_PREFIX
from search.language.parser import parse
from search.language.tree import And, Field, Node, Not, Or, Worded, either, every, negation
from search.language.unparse import unparse
from search.request import (
    Facet,
    FacetRequest,
    PersonName,
    SearchRequest,
    Suggestion,
    SuggestionKind,
)
from search.spelling import WORDS_MENDED

SHORTEST_SLIP = 5
"""Letters of a word that may be a slip. Any shorter one is close to the names of many."""

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
    people = [(found.label, found.value, found.count) for found in facets[Facet.PERSON]]
    for person in otherwise_called(text, bool(people), hidden):
        if len(people) < PEOPLE_SUGGESTED and person.slug not in {slug for _, slug, _ in people}:
            people.append((*person, mentions(person.slug, hidden)))
    return (
        *(Suggestion(SuggestionKind.PERSON, *person) for person in people if person[-1]),
        *(
            Suggestion(SuggestionKind.TAG, found.label, found.value, found.count)
            for found in facets[Facet.TAG]
        ),
    )


def otherwise_called(text: str, is_known: bool, hidden: frozenset[int]) -> list[PersonName]:
    """The people with an alias that begins as `text` does; else those whose name it may be, with a
    slip. is_known: somebody has a name that begins so; then nothing is taken for a slip.
    """
    words = words_of_a_name(parse(text).tree)
    if not words or len(text) < MIN_PREFIX:
        return []
    aliased = people_with_alias(words)
    if aliased or is_known or max(map(len, words)) < SHORTEST_SLIP:
        return aliased
    return people_like(words, hidden) if len(words) <= WORDS_MENDED else []


def suggest_words(text: str, limit: int, hidden: frozenset[int]) -> tuple[Suggestion, ...]:
    """The query with its last word completed to a word of a public headline."""
    before, _, last = text.rpartition(" ")
    if limit <= 0 or not last.isalnum():
        return ()
    limit = affordable(limit, parse(text).tree)
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
    return answer_as_typed(request, hidden, [UNFINISHED])[1].total

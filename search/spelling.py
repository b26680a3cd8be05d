""" "Did you mean": another spelling of a query that found nothing. Only what finds something."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice, product

from search.engines import get_engine
from search.language.cost import affordable
from search.language.limits import MIN_PREFIX
from search.language.notes import UnfinishedWord
from search.language.parser import Parsed, parse
from search.language.tree import (
    And,
    Field,
    Node,
    Not,
    Or,
    Prefix,
    Word,
    either,
    every,
    negation,
    words_of,
)
from search.language.unparse import unparse
from search.language.words import query_terms
from search.request import SearchRequest

WORDS_LOOKED_AT = 12
"""Words of one query that may be unknown. Each costs a search."""

WORDS_MENDED = 3
"""Unknown words that are mended. Each costs a walk through the vocabulary."""

CANDIDATES = 3
"""Spellings of each of them."""

ATTEMPTS = 8
"""Ways of putting them together that are tried before giving up, fewer for a long query. Each costs
a search."""

IN_THE_TEXT = (None, Field.HEADLINE)
"""Where a word is looked for that is no name."""


def unfinished(query: Parsed) -> Parsed | None:
    """The query with its last word as a beginning, which it is while somebody types; and a note.

    None where the last thing asked for is no plain word, or too short for a beginning.
    """
    *before, last = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    if not isinstance(last, Word) or last.field not in IN_THE_TEXT:
        return None
    match query_terms(last.text):
        case (term,) if len(term) >= MIN_PREFIX:
            tree = every([*before, Prefix(term, last.field)])
            return Parsed(tree, (*query.notes, UnfinishedWord(last.text)))
    return None


def correction(request: SearchRequest, hidden: frozenset[int]) -> str:
    """The query with its unknown words mended, such that it finds something; "" if none does.

    The filters of the request stay as they are, so that following it never ends in nothing.
    """
    words = plain_words(request.query.tree)[:WORDS_LOOKED_AT]
    unknown = islice((word for word in words if not finds(word, hidden)), WORDS_MENDED)
    candidates = {word: similar(word, hidden) for word in unknown}
    mendable = {word: spellings for word, spellings in candidates.items() if spellings}
    attempts = affordable(ATTEMPTS, request.query.tree) if mendable else 0
    for choice in islice(product(*mendable.values()), attempts):
        text = unparse(with_words(request.query.tree, dict(zip(mendable, choice, strict=True))))
        attempt = replace(request, query=parse(text), offset=0, limit=0, facets=())
        if get_engine().search(attempt, hidden=hidden).total:
            return text
    return ""


def plain_words(tree: Node) -> list[Word]:
    """The words that are searched in the text itself, each once."""
    words = (part for part in words_of(tree) if isinstance(part, Word))
    return list(dict.fromkeys(word for word in words if word.field in IN_THE_TEXT))


def finds(word: Word, hidden: frozenset[int]) -> bool:
    request = SearchRequest(replace(parse(""), tree=word), limit=0, facets=())
    return bool(get_engine().search(request, hidden=hidden).total)


def similar(word: Word, hidden: frozenset[int]) -> list[Word]:
    spellings = get_engine().similar_words(word.text, CANDIDATES, hidden=hidden)
    return [replace(word, text=spelling) for spelling in spellings]


def with_words(tree: Node, mended: Mapping[Word, Word]) -> Node:
    """The same tree with some words exchanged."""
    match tree:
        case Word():
            return mended.get(tree, tree)
        case And(parts):
            return every(with_words(part, mended) for part in parts)
        case Or(parts):
            return either(with_words(part, mended) for part in parts)
        case Not(part):
            return negation(with_words(part, mended))
        case _:
            return tree

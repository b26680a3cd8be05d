"""The search itself: catch up, ask the engine, fetch the page from the database.

Whatever an engine answers, only `public_articles` are shown: an index that lags behind can neither
show what was withdrawn nor count it (`outbox.hidden_ids`).
"""

from dataclasses import replace

from search import outbox, spelling
from search.engines import get_engine
from search.engines.base import Shelf
from search.hydration import hydrate
from search.language.limits import MAX_WINDOW
from search.language.parser import parse
from search.request import (
    Answer,
    Facet,
    FacetCount,
    FacetRequest,
    SearchPage,
    SearchRequest,
    Suggestion,
    SuggestionKind,
)

PEOPLE_SUGGESTED = 4
TAGS_SUGGESTED = 2


def search(request: SearchRequest) -> SearchPage:
    """One page of public results. Raises IndexUnavailable."""
    hidden = up_to_date()
    return page_of(request, get_engine().search(request, hidden=hidden), hidden)


def search_as_typed(request: SearchRequest) -> SearchPage:
    """As `search`, for somebody who may still be typing.

    Where nothing is found, the last word may be unfinished: then what has a word that begins with
    it is found, and a note says so.
    """
    hidden = up_to_date()
    return page_of(*answer_as_typed(request, hidden), hidden)


def values_as_typed(request: SearchRequest, wanted: FacetRequest) -> tuple[FacetCount, ...]:
    """Of what `search_as_typed` finds, the values of one facet alone."""
    counting = replace(request, facets=(wanted,), offset=0, limit=0)
    _, answer = answer_as_typed(counting, up_to_date())
    return answer.facets[wanted.facet]


def answer_as_typed(request: SearchRequest, hidden: frozenset[int]) -> tuple[SearchRequest, Answer]:
    """The answer, and which request it is to: this one, or the one with a beginning at its end."""
    answer = get_engine().search(request, hidden=hidden)
    if not answer.total and (query := spelling.unfinished(request.query)):
        longer = replace(request, query=query)
        if (found := get_engine().search(longer, hidden=hidden)).total:
            return longer, found
    return request, answer


def up_to_date() -> frozenset[int]:
    """Have the index follow as far as it can; the articles that it must not show all the same."""
    outbox.catch_up()
    return outbox.hidden_ids()


def page_of(request: SearchRequest, answer: Answer, hidden: frozenset[int]) -> SearchPage:
    return SearchPage(
        request=request,
        total=answer.total,
        hits=hydrate(request, answer),
        facets=answer.facets,
        dates=answer.dates,
        undated=answer.undated,
        notes=request.query.notes,
        suggestion="" if answer.total else spelling.correction(request, hidden),
    )


def suggest(text: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """What somebody who has typed `text` may be after: people, tags, then headline words.

    Everything suggested finds at least one public article.
    """
    hidden = up_to_date()
    named = suggest_names(text, hidden)
    return (*named, *suggest_words(text, limit - len(named), hidden))


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
        if count := count_of(completed, hidden):
            suggestions.append(Suggestion(SuggestionKind.HEADLINE, completed, completed, count))
    return tuple(suggestions)


def count_of(text: str, hidden: frozenset[int]) -> int:
    request = SearchRequest(parse(text), limit=0, facets=())
    return get_engine().search(request, hidden=hidden).total


def desk_ids(text: str, limit: int = MAX_WINDOW) -> list[int]:
    """The ids of all articles that match, public or not, the best first. For the admin alone."""
    outbox.catch_up()
    request = SearchRequest(parse(text), limit=limit, facets=())
    matches = [
        match for shelf in Shelf for match in get_engine().search(request, shelf=shelf).matches
    ]
    matches.sort(key=lambda match: match.score, reverse=True)
    return [match.id for match in matches[:limit]]

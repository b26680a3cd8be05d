"""What a page of browsing asks of the engine, and the articles that it shows."""

from dataclasses import dataclass, replace

from archive.models import Article
from archive.selectors import articles_by_id
from search.browse.paging import Paging, number_of
from search.engines import get_engine
from search.filing import NamesFound, NamesRequest
from search.finding import answer_as_typed, up_to_date
from search.language.limits import MAX_WINDOW
from search.request import Answer, Grain, SearchRequest, Spread

ARTICLES_PER_PAGE = 30

LAST_PAGE = MAX_WINDOW // ARTICLES_PER_PAGE
"""Nobody pages further: the years and the calendar lead to what is further down. So the last page
takes 2 ms more than the first, however many articles there are (measured at a million)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of public articles, and all that was counted with it."""

    articles: list[Article]
    answer: Answer
    paging: Paging

    @property
    def is_cut(self) -> bool:
        """Are there articles behind the last page?"""
        return self.answer.total > LAST_PAGE * ARTICLES_PER_PAGE


class Catalogue:
    """The archive as one page sees it: the index followed as far as it can, and what it may not
    show any more is left out. Every method may raise IndexUnavailable.
    """

    def __init__(self) -> None:
        self._hidden = up_to_date()

    def answer(self, request: SearchRequest) -> Answer:
        return get_engine().search(request, hidden=self._hidden)

    def answer_as_typed(self, request: SearchRequest) -> tuple[SearchRequest, Answer]:
        """As `finding.answer_as_typed`."""
        return answer_as_typed(request, self._hidden)

    def names(self, request: SearchRequest, wanted: NamesRequest) -> NamesFound:
        return get_engine().names(request, wanted, hidden=self._hidden)

    def days(self) -> Spread:
        """Every day of the archive that has articles."""
        return self.answer(SearchRequest(limit=0, facets=(), grain=Grain.DAY)).spread

    def listing(self, request: SearchRequest, page: str) -> Listing:
        """page: as it stands in an address; the last one where there are not that many."""
        asked = min(number_of(page), LAST_PAGE)
        answer = self.answer(on_page(request, asked))
        paging = Paging.of(
            page, ARTICLES_PER_PAGE, min(answer.total, LAST_PAGE * ARTICLES_PER_PAGE)
        )
        if paging.current != asked:
            answer = self.answer(on_page(request, paging.current))
        return Listing(articles_by_id([match.id for match in answer.matches]), answer, paging)


def on_page(request: SearchRequest, number: int) -> SearchRequest:
    return replace(request, offset=(number - 1) * ARTICLES_PER_PAGE, limit=ARTICLES_PER_PAGE)

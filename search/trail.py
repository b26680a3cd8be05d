"""The way from an article back into the search that led to it, and on to its neighbours there.

The state is in the article's address: the search's own parameters, and `at`, the article's place
among the results. Nothing is kept on the server, and a link that is shared leads the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.http import QueryDict

from archive.models import Article
from archive.selectors import articles_by_id
from search.finding import answer_as_typed, up_to_date
from search.forms import SearchForm
from search.highlight import Highlighter
from search.language.limits import MAX_WINDOW
from search.links import Links

AROUND = 3
"""Places on both sides where an article is looked for: what is published meanwhile moves it."""


Placed = tuple[int, int]
"""A place in the results and the id of the article there."""


class Neighbour(NamedTuple):
    article: Article
    url: str


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an article stands in a search.

    place: from 1; None where it is no longer found, and then it has no neighbours.
    back: the address of the page of results that it stands on.
    """

    q: str
    total: int
    place: int | None
    back: str
    previous: Neighbour | None
    next: Neighbour | None
    highlighter: Highlighter


def trail(article: Article, data: QueryDict) -> Trail | None:
    """data: the query string of the article's address. None if it names no search.

    One search for at most 2 * AROUND + 1 articles, and a look into the database. Raises
    IndexUnavailable.
    """
    at = place_in(data.get("at", ""))
    if at is None:
        return None
    form = SearchForm.read(data)
    first = max(at - AROUND, 1)
    wanted = replace(form.to_request(), facets=(), offset=first - 1, limit=at + AROUND - first + 1)
    request, answer = answer_as_typed(wanted, up_to_date())
    before, place, behind = around(article.pk, [match.id for match in answer.matches], first)
    known = {found.pk: found for found in articles_by_id([id for _, id in (*before, *behind)])}
    links = Links(form)
    return Trail(
        q=form.q,
        total=answer.total,
        place=place,
        back=form.on_page(-(-(place or at) // form.view.per_page)).url,
        previous=nearest(reversed(before), known, links),
        next=nearest(behind, known, links),
        highlighter=Highlighter(request.query.tree),
    )


def place_in(text: str) -> int | None:
    """A place that a page of results can have, or None."""
    place = int(text) if text.isdecimal() and len(text) <= len(str(MAX_WINDOW)) else 0
    return place if 1 <= place <= MAX_WINDOW else None


def around(
    article: int, ids: Sequence[int], first: int
) -> tuple[Sequence[Placed], int | None, Sequence[Placed]]:
    """What stands before an article, its place, and what stands behind it.

    ids: of the results from the place `first` on. Nothing, None and nothing if it is not there.
    """
    places = list(enumerate(ids, first))
    if article not in ids:
        return (), None, ()
    at = ids.index(article)
    return places[:at], first + at, places[at + 1 :]


def nearest(
    places: Iterable[Placed], public: Mapping[int, Article], links: Links
) -> Neighbour | None:
    """The first of these that is public still."""
    for place, id in places:
        if article := public.get(id):
            return Neighbour(article, links.article(article.get_absolute_url(), place))
    return None

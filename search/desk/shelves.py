"""Both shelves asked as one. For the desk alone: what is found need not be public."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from search import outbox
from search.engines import get_engine
from search.engines.base import Shelf
from search.finding import answer_as_typed
from search.language.limits import MAX_WINDOW
from search.language.parser import parse
from search.language.periods import Period
from search.request import Answer, FacetCount, FacetRequest, SearchRequest, Spread

DEEPER = 10
"""How much more of a facet each shelf is asked for, since the first of both may lie deep in one."""


def answer_at_the_desk(
    request: SearchRequest, hidden: Collection[int] = ()
) -> tuple[SearchRequest, Answer]:
    """As `finding.answer_as_typed`, from both shelves. hidden: what the editor may not read.

    What somebody may have meant is still looked up among what is public.
    """
    outbox.catch_up()
    return answer_as_typed(request, frozenset(), ask=partial(ask_both, hidden=hidden))


def desk_ids(text: str, limit: int = MAX_WINDOW, *, hidden: Collection[int] = ()) -> list[int]:
    """The ids of the articles that match, public or not, best first; `hidden` as above. Raises
    IndexUnavailable."""
    outbox.catch_up()
    answer = ask_both(SearchRequest(parse(text), limit=limit, facets=()), hidden)
    return [match.id for match in answer.matches[:limit]]


def ask_both(request: SearchRequest, hidden: Collection[int] = ()) -> Answer:
    """One answer from both shelves, as if `hidden` were on neither. Raises IndexUnavailable.

    matches: of each shelf as many as asked for, by falling score; whoever asks for an order by
    date has to put the two together. The window begins at 0, whatever the request says.
    """
    wider = (replace(wanted, limit=wanted.limit * DEEPER) for wanted in request.facets)
    asked = replace(request, offset=0, facets=tuple(wider))
    answers = [get_engine().search(asked, shelf=shelf, hidden=hidden) for shelf in Shelf]
    matches = sorted(
        chain.from_iterable(answer.matches for answer in answers),
        key=lambda match: match.score,
        reverse=True,
    )
    return Answer(
        total=sum(answer.total for answer in answers),
        matches=tuple(matches),
        facets={
            wanted.facet: merged(wanted, [answer.facets[wanted.facet] for answer in answers])
            for wanted in request.facets
        },
        spread=added([answer.spread for answer in answers]),
        undated=sum(answer.undated for answer in answers),
    )


def added(spreads: Sequence[Spread]) -> Spread:
    """The articles of all of them."""
    periods, wider = Counter[date](), Counter[Period]()
    for spread in spreads:
        periods.update(dict(spread.periods))
        wider.update(dict(spread.wider))
    by_date = sorted(wider.items(), key=lambda one: (one[0].start, -one[0].end.toordinal()))
    return Spread(tuple(sorted(periods.items())), tuple(by_date))


def merged(
    wanted: FacetRequest, counts: Iterable[tuple[FacetCount, ...]]
) -> tuple[FacetCount, ...]:
    """The most frequent values of both shelves together, and those chosen."""
    values: dict[str, FacetCount] = {}
    for found in chain.from_iterable(counts):
        known = values.get(found.value)
        if known is None:
            values[found.value] = found
        else:
            label = found.label if found.count > known.count else known.label
            values[found.value] = known._replace(label=label, count=known.count + found.count)
    ranked = sorted(values.values(), key=lambda found: (-found.count, found.label, found.value))
    return tuple(
        found for place, found in enumerate(ranked) if place < wanted.limit or found.chosen
    )

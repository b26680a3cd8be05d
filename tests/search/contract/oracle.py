"""The same questions asked of the engine and of plain Python over the documents."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from search.document import Entry, IndexDocument
from search.engines.base import Change, Engine, Shelf
from search.language import tree
from search.language.parser import Parsed
from search.language.periods import Period, Unit
from search.language.words import joined, query_terms, stem, tokens
from search.request import (
    Answer,
    Facet,
    FacetRequest,
    Grain,
    SearchRequest,
    Sort,
    Spread,
)
from search.why import reasons
from tests.search.contract.shelves import document, tell

# What a tree matches


def matches(node: tree.Node, article: IndexDocument) -> bool:
    match node:
        case tree.Everything():
            return True
        case tree.Word(text, field):
            return stands_in(article, field, query_terms(text)) or (
                (whole := joined(text)) is not None and stands_in(article, field, (whole,))
            )
        case tree.Phrase(text, field):
            return stands_in(article, field, query_terms(text))
        case tree.Near(text, gap, field):
            return stand_near(article, field, query_terms(text), gap)
        case tree.Prefix(text, field):
            start = joined(text) or "".join(query_terms(text))
            words = (token.term for part in parts_of(article, field) for token in tokens(part))
            return bool(start) and any(word.startswith(start) for word in words)
        case tree.Dated(start, end):
            return is_within(article, start, end)
        case tree.Undated():
            return article.day is None
        case tree.Quoted(part):
            alone = (replace(article, quotes=(quote,)) for quote in article.quotes)
            return any(matches(part, one) for one in alone)
        case tree.And(parts):
            return all(matches(part, article) for part in parts)
        case tree.Or(parts):
            return any(matches(part, article) for part in parts)
        case tree.Not(part):
            return not matches(part, article)


def stands_in(article: IndexDocument, field: tree.Field | None, words: tuple[str, ...]) -> bool:
    """Do the words stand side by side in one part of the field?"""
    form = form_of(field)
    wanted = {(offset, form(word)) for offset, word in enumerate(words)}
    for part in parts_of(article, field):
        found = {(token.position, form(token.term)) for token in tokens(part)}
        for start in {position for position, _ in found}:
            if wanted and {(start + offset, word) for offset, word in wanted} <= found:
                return True
    return False


def stand_near(
    article: IndexDocument, field: tree.Field | None, words: tuple[str, ...], gap: int
) -> bool:
    """Do the words stand among so many in a row as they are and `gap` more, in any order?"""
    form = form_of(field)
    found, behind = set[tuple[int, str]](), 0
    for part in parts_of(article, field):
        own = {(behind + token.position, form(token.term)) for token in tokens(part)}
        behind = max((position for position, _ in own), default=behind - APART) + APART
        found |= own
    wanted, reach = Counter(map(form, words)), len(words) + gap
    return bool(words) and any(
        wanted <= Counter(word for place, word in found if start <= place < start + reach)
        for start, _ in found
    )


def parts_of(article: IndexDocument, field: tree.Field | None) -> list[str]:
    match field:
        case None:
            return [article.headline, article.standfirst, article.body]
        case tree.Field.HEADLINE:
            return [article.headline]
        case tree.Field.BYLINE:
            return [article.byline]
        case tree.Field.SAID:
            return [quote.words for quote in article.quotes]
        case tree.Field.BY:
            return names_of(entries_of(article, Facet.QUOTED))
        case _:
            return names_of(entries_of(article, Facet(field)))


def names_of(entries: Iterable[Entry]) -> list[str]:
    return [name for entry in entries for name in (entry.name, *entry.aliases)]


def form_of(field: tree.Field | None) -> Callable[[str], str]:
    return stem if field in (None, tree.Field.HEADLINE, tree.Field.SAID) else str


def is_within(article: IndexDocument, start: date | None, end: date | None) -> bool:
    """Are all days that it may be of in the range?"""
    if article.day is None:
        return False
    days = days_of(article.day, article.unit)
    return all((not start or start <= day) and (not end or day <= end) for day in days)


def days_of(day: date, unit: Unit) -> list[date]:
    """The day, or all days that the month or year has in common with it, in ISO's notation."""
    around = (day + timedelta(days=near) for near in range(366))
    return [day] if unit is Unit.DAY else [d for d in around if f"{d}"[:unit] == f"{day}"[:unit]]


APART = 10
"""Places between the last word of a part and the first of the next."""


# What a request answers


def entries_of(article: IndexDocument, facet: Facet) -> tuple[Entry, ...]:
    return {
        Facet.PERSON: article.people,
        Facet.QUOTED: tuple(dict.fromkeys(one.speaker for one in article.quotes if one.speaker)),
        Facet.TAG: article.tags,
        Facet.SECTION: (article.section,) if article.section else (),
        Facet.SOURCE: (article.source,),
    }[facet]


def chosen(request: SearchRequest, article: IndexDocument, facet: Facet) -> bool:
    values = request.chosen(facet)
    carried = {entry.slug for entry in entries_of(article, facet)}
    if facet is Facet.PERSON and request.all_people:
        return carried.issuperset(values)
    return not values or bool(carried.intersection(values))


def dated(request: SearchRequest, article: IndexDocument) -> bool:
    if request.undated:
        return article.day is None
    if request.start is None and request.end is None:
        return True
    return is_within(article, request.start, request.end)


def found_by(
    request: SearchRequest,
    articles: Iterable[IndexDocument],
    but: Facet | None = None,
    dates: bool = True,
) -> list[IndexDocument]:
    return [
        article
        for article in articles
        if matches(request.query.tree, article)
        and all(chosen(request, article, facet) for facet in Facet if facet is not but)
        and (not dates or dated(request, article))
        and request.unit in (None, article.unit)
    ]


def expected(request: SearchRequest, articles: list[IndexDocument]) -> dict[str, object]:
    found = found_by(request, articles)
    spread = spread_of([(one.day, one.unit) for one in found if one.day], request.grain)
    return {
        "total": len(found),
        "ids": {article.id for article in found},
        "facets": {facet: facet_counts(request, articles, facet) for facet in Facet},
        "spread": spread,
        "undated": sum(article.day is None for article in found_by(request, articles, dates=False)),
    }


def facet_counts(
    request: SearchRequest, articles: list[IndexDocument], facet: Facet
) -> dict[str, int]:
    own = facet is not Facet.PERSON or not request.all_people
    among = found_by(request, articles, but=facet if own else None)
    counted = Counter(entry.slug for article in among for entry in entries_of(article, facet))
    return dict.fromkeys(request.chosen(facet), 0) | counted


def spread_of(days: Iterable[tuple[date, Unit]], grain: Grain) -> Spread:
    """The days, of which so much is known, in the bars of a histogram and beside it."""
    wide = Unit.DAY if grain is Grain.DAY else Unit.MONTH
    known = [(day, unit) for day, unit in days]
    bars = Counter(bar(day, grain) for day, unit in known if unit >= wide)
    beside = Counter((days_of(day, unit)[0], unit) for day, unit in known if unit < wide)
    wider = ((Period(days_of(*one)[0], days_of(*one)[-1]), n) for one, n in sorted(beside.items()))
    return Spread(tuple(sorted(bars.items())), tuple(wider))


def bar(day: date, grain: Grain) -> date:
    return day if grain is Grain.DAY else day.replace(day=1)


def answered(answer: Answer) -> dict[str, object]:
    """The answer in the shape of `expected`."""
    return {
        "total": answer.total,
        "ids": {match.id for match in answer.matches},
        "facets": {
            facet: {value.value: value.count for value in values}
            for facet, values in answer.facets.items()
        },
        "spread": answer.spread,
        "undated": answer.undated,
    }


def in_order(request: SearchRequest, articles: list[IndexDocument]) -> list[int]:
    """The ids in a sort by date, as the contract has it."""
    oldest = request.sort is Sort.OLDEST
    found = sorted(
        found_by(request, articles),
        key=lambda article: (article.published or ANY_TIME, article.id),
        reverse=not oldest,
    )
    return [article.id for article in sorted(found, key=lambda article: article.day is None)]


# Random archives and requests

ANY_TIME = datetime(1, 1, 1, tzinfo=UTC)

WORDS = st.sampled_from(
    (
        "harbour", "harbours", "bridge", "strike", "flood", "the", "run-s", "run", "B-52", "b52",
        "52", "co-op", "coop", "U.S.", "us", "café", "O'Brien", "—",
    )
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
PEOPLE = [
    Entry("ann-vale", "Ann Vale", ("Annie Strike",)),
    Entry("ben-bridge", "Ben Bridge"),
    Entry("cy", "Cy O'Brien", ("U.S. Cy", "Strike")),
]
TAGS = [Entry("floods", "Floods"), Entry("strike", "Strike")]
DAYS = st.sampled_from(
    ["2009-12-17", "2009-12-01", "2010-01-01", "1989-06-30", "2009-12", "2009", "1989-06", "2010"]
)


def some(entries: list[Entry]) -> st.SearchStrategy[list[Entry]]:
    return st.lists(st.sampled_from(entries), unique=True, max_size=2)


DOCUMENTS = st.builds(
    document,
    id=st.integers(1, 9),
    headline=TEXTS,
    standfirst=TEXTS,
    body=TEXTS,
    byline=st.sampled_from(["", "By Ann Vale"]),
    published=st.none() | DAYS,
    people=some(PEOPLE),
    tags=some(TAGS),
    section=st.sampled_from([None, "Culture", "The Bridge"]),
    source=st.sampled_from(["Courier", "Tribune"]),
    said=st.lists(st.tuples(TEXTS, st.none() | st.sampled_from(PEOPLE)), max_size=3),
)
CHANGES = st.builds(
    lambda article, shelf: Change(article.id, article if shelf else None, shelf),
    DOCUMENTS,
    st.sampled_from([Shelf.PUBLIC, Shelf.PUBLIC, Shelf.DESK, None]),
)
HISTORIES = st.lists(st.lists(CHANGES, min_size=1, max_size=6), min_size=1, max_size=5)

FIELDS = st.none() | st.sampled_from(tree.Field)
EDGES = ["1989-01-01", "1989-06-01", "1989-06-30", "2009-01-01", "2009-12-01", "2009-12-31"]
BOUNDS = (
    st.none()
    | st.dates(date(1989, 6, 29), date(2010, 1, 2))
    | st.sampled_from(EDGES).map(date.fromisoformat)
)
LEAVES: st.SearchStrategy[tree.Node] = st.one_of(
    st.builds(tree.Word, WORDS, FIELDS),
    st.builds(tree.Phrase, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), FIELDS),
    st.builds(
        tree.Near,
        st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
        st.sampled_from([0, 1, 2, 5, 9, 50]),
        FIELDS,
    ),
    st.builds(tree.Prefix, st.sampled_from(["ha", "st", "b-5", "co", "v", "us", "5"]), FIELDS),
    st.tuples(BOUNDS, BOUNDS).filter(any).map(lambda bounds: tree.Dated(*bounds)),
    st.just(tree.Undated()),
    st.just(tree.Everything()),
)
TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(tree.every),
        st.lists(parts, min_size=1, max_size=3).map(tree.either),
        parts.map(tree.negation),
        parts.map(tree.held_together),
    ),
    max_leaves=6,
).map(tree.held_together)


def slugs(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Usually no choice."""
    some = st.lists(st.sampled_from(values), unique=True, max_size=2)
    return st.one_of(st.just(()), st.just(()), some.map(tuple))


REQUESTS = st.builds(
    SearchRequest,
    query=TREES.map(Parsed),
    people=slugs("ann-vale", "ben-bridge", "cy", "nobody"),
    quoted=slugs("ann-vale", "cy", "nobody"),
    all_people=st.booleans(),
    tags=slugs("floods", "strike"),
    sections=slugs("culture", "the-bridge"),
    sources=slugs("courier", "tribune"),
    start=st.one_of(st.none(), BOUNDS),
    end=st.one_of(st.none(), BOUNDS),
    undated=st.sampled_from([False, False, False, True]),
    unit=st.sampled_from([None, None, None, *Unit]),
    sort=st.sampled_from(Sort),
    limit=st.just(100),
    facets=st.just(tuple(FacetRequest(facet) for facet in Facet)),
    grain=st.sampled_from(Grain),
)


class LikeBruteForce:
    @given(HISTORIES, st.lists(REQUESTS, min_size=4, max_size=12), st.sets(st.integers(1, 9)))
    @settings(
        max_examples=50,
        deadline=None,
        phases=[phase for phase in Phase if phase is not Phase.explain],  # which takes minutes
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    def test_it_answers_what_plain_python_finds(
        self,
        engine: Engine,
        history: list[list[Change]],
        requests: list[SearchRequest],
        hidden: set[int],
    ) -> None:
        # The index of the example before is emptied, not new: its deletions stay in the way.
        tell(engine, *(Change(id) for shelf in Shelf for id, _ in list(engine.contents(shelf))))
        kept: dict[int, Change] = {}
        for batch in history:
            tell(engine, *batch)
            kept |= {change.id: change for change in batch}
        for shelf in Shelf:
            articles = list(on_shelf(kept.values(), shelf))
            contents = {article.id: article.hash() for article in articles}
            assert dict(engine.contents(shelf)) == contents
            for request in requests:
                agree(engine, request, shelf, articles, set())
            agree(engine, requests[0], shelf, articles, hidden)


def on_shelf(changes: Iterable[Change], shelf: Shelf) -> Iterator[IndexDocument]:
    for change in changes:
        if change.document and change.shelf is shelf:
            yield change.document


def agree(
    engine: Engine,
    request: SearchRequest,
    shelf: Shelf,
    articles: list[IndexDocument],
    hidden: set[int],
) -> None:
    seen = [article for article in articles if article.id not in hidden]
    answer = engine.search(request, shelf=shelf, hidden=hidden)
    assert answered(answer) == expected(request, seen)
    explained = {article.id for article in seen if reasons(request, article) is not None}
    assert {match.id for match in answer.matches} == explained
    if request.sort is not Sort.RELEVANCE:
        assert [match.id for match in answer.matches] == in_order(request, seen)

"""The executor finds, scores and ranks what plain Python does, document by document."""

from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from search.document import IndexDocument
from search.engines.whoosh import write
from search.engines.whoosh.execute import Search
from search.engines.whoosh.scratch import scratch
from search.engines.whoosh.snapshot import Snapshot
from search.language import tree
from search.language.parser import Parsed
from search.request import Facet, SearchRequest, Sort
from tests.search.contract.oracle import ANY_TIME, DOCUMENTS, REQUESTS, TREES, found_by
from tests.search.whoosh.naive import snapshot_of
from tests.search.whoosh.stock import scores as stock_scores
from tests.search.whoosh.test_stock import Plain

ARCHIVES = st.lists(DOCUMENTS, max_size=9, unique_by=lambda document: document.id)
IDS = st.sets(st.integers(1, 9), max_size=4)
EXAMPLES = settings(
    deadline=None,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(scope="module", params=["lists", "rows"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Where segments are made; with rows and bitmaps, which only large ones have otherwise."""
    large = 1 if request.param == "rows" else write.LARGE
    with patch.multiple(write, LARGE=large, DENSE=4):
        yield tmp_path_factory.mktemp("segments")


def in_segments(folder: Path, archive: list[IndexDocument], number: int, deleted: set[int]):
    folder = folder / str(len(list(folder.iterdir())))
    folder.mkdir()
    return snapshot_of(folder, *(archive[at::number] for at in range(number)), deleted=deleted)


def ranked(request: SearchRequest, snapshot: Snapshot, hidden: Iterable[int], count: int):
    """The ids and scores of the best."""
    with scratch() as lent:
        return Search(request, snapshot, hidden, lent).best(count)


def in_order(request: SearchRequest, scored: Iterable[tuple[IndexDocument, float]]):
    """All of them, sorted as the request asks for."""
    turn = -1 if request.sort is Sort.OLDEST else 1

    def key(pair: tuple[IndexDocument, float]):
        document, score = pair
        since = (document.published or ANY_TIME) - ANY_TIME
        return round(score, 9), document.day is not None, turn * since, turn * document.id

    return sorted(scored, key=key, reverse=True)


@given(
    archive=ARCHIVES,
    segments=st.integers(1, 3),
    deleted=IDS,
    hidden=IDS,
    requests=st.lists(REQUESTS, min_size=3, max_size=10),
    count=st.integers(0, 10),
)
@EXAMPLES
def test_it_finds_scores_and_ranks_as_plain_python_does(
    folder: Path,
    archive: list[IndexDocument],
    segments: int,
    deleted: set[int],
    hidden: set[int],
    requests: list[SearchRequest],
    count: int,
) -> None:
    snapshot = in_segments(folder, archive, segments, deleted)
    plain = Plain(archive)
    seen = [one for one in archive if one.id not in deleted | hidden]
    for request in requests:
        by_score = request.sort is Sort.RELEVANCE
        node = request.query.tree
        expected = in_order(
            request,
            [(one, plain.score(node, one) if by_score else 0) for one in found_by(request, seen)],
        )
        found = ranked(request, snapshot, hidden, count)
        assert [id for id, _ in found] == [one.id for one, _ in expected[:count]]
        scores = [score for _, score in expected[:count]]
        assert [score for _, score in found] == pytest.approx(scores, rel=1e-5)


@given(
    archive=ARCHIVES,
    segments=st.integers(1, 3),
    deleted=IDS,
    hidden=IDS,
    requests=st.lists(REQUESTS, min_size=3, max_size=10),
)
@EXAMPLES
def test_a_facet_is_counted_among_what_all_other_choices_leave(
    folder: Path,
    archive: list[IndexDocument],
    segments: int,
    deleted: set[int],
    hidden: set[int],
    requests: list[SearchRequest],
) -> None:
    snapshot = in_segments(folder, archive, segments, deleted)
    seen = [one for one in archive if one.id not in deleted | hidden]
    for request in requests:
        with scratch() as lent:
            search = Search(request, snapshot, hidden, lent)
            assert search.total == len(found_by(request, seen))
            undated = [one for one in found_by(request, seen, dates=False) if one.day is None]
            assert search.undated() == (len(undated))
            for facet in Facet:
                own = facet is not Facet.PERSON or not request.all_people
                among = search.without_choice_of(facet)
                expected = found_by(request, seen, but=facet if own else None)
                assert ids(snapshot, among) == {one.id for one in expected}


def ids(snapshot: Snapshot, among: list) -> set[int]:
    """In each of the ways that a set can be asked for, which agree."""
    found = set()
    for part, documents in zip(snapshot.parts, among, strict=True):
        docs = documents.docs()
        assert documents.count == len(docs) == documents.between(0, part.arrays.size)
        assert (np.flatnonzero(documents.mask()) + documents.start == docs).all()
        bits = np.unpackbits(documents.bits().view(np.uint8), bitorder="little")
        assert (np.flatnonzero(bits) + documents.start == docs).all()
        assert (
            np.flatnonzero(documents.holds(np.arange(part.arrays.size, dtype="u4"))) == docs
        ).all()
        found |= set(part.arrays.ids[docs].tolist())
    return found


@given(
    archive=ARCHIVES,
    segments=st.integers(1, 3),
    deleted=IDS,
    nodes=st.lists(TREES, min_size=3, max_size=10),
)
@EXAMPLES
def test_whooshs_own_searcher_finds_the_same_with_the_same_scores(
    folder: Path,
    archive: list[IndexDocument],
    segments: int,
    deleted: set[int],
    nodes: list[tree.Node],
) -> None:
    snapshot = in_segments(folder, archive, segments, deleted)
    for node in nodes:
        found = dict(ranked(SearchRequest(Parsed(node)), snapshot, (), 100))
        assert found == pytest.approx(stock_scores(node, snapshot), rel=1e-5)

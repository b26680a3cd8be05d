"""Trees as Whoosh queries: what a prefix costs, and that Whoosh's own searcher agrees."""

from pathlib import Path

import pytest

from search.engines.base import Shelf
from search.engines.whoosh import compile as compiling
from search.engines.whoosh.engine import WhooshEngine
from search.language.parser import parse
from tests.search.contract.shelves import Articles, find, search, shelving


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WhooshEngine:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    return WhooshEngine(tmp_path / "index")


@pytest.fixture
def articles(engine: WhooshEngine) -> Articles:
    return shelving(engine)


def test_a_prefix_that_many_words_begin_with_keeps_the_most_frequent(
    engine: WhooshEngine, articles: Articles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "MAX_EXPANSION", 2)
    often = [articles(body=word) for word in ("harbour", "harvest", "harbour", "harvest")]
    articles(body="harpsichord")
    assert set(find(engine, "har*")) == set(often)


QUERIES = [
    "harbour",
    "harbour bridge",
    "harbour OR storm -bridge",
    '"harbour bridge"',
    "har*",
    "B-52 OR headline:harbour",
    "person:vale date:2009",
    "-(harbour date:2009)",
]


@pytest.mark.parametrize("query", QUERIES)
def test_whooshs_own_searcher_finds_the_same_with_the_same_scores(
    engine: WhooshEngine, articles: Articles, query: str
) -> None:
    for body in ("harbour bridge", "bridge harbour", "storm b52", "harvest", "storm bridge"):
        articles(body=body, headline="A Harbour" if "harvest" in body else "", people=["Ann Vale"])
    articles(id=2, body="gone elsewhere", published=None)
    ours = {match.id: match.score for match in search(engine, query).matches}
    with engine._store.snapshot(Shelf.PUBLIC) as snapshot:
        searcher = snapshot.searcher
        tree = parse(query).tree
        index = compiling.Index(searcher.reader(), snapshot.columns.days)
        results = searcher.search(compiling.compiled(tree, index), limit=None, optimize=False)
        theirs = {int(snapshot.columns.ids[hit.docnum]): hit.score for hit in results}
    assert set(ours) == set(theirs)
    if any(ours.values()):
        assert ours == pytest.approx(theirs, rel=1e-5)

"""The benchmark's queries on segments of real size: the executor against Whoosh's own searcher."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.corpus import Corpus
from benchmarks.queries import sixty
from benchmarks.sentences import real_sentences
from search.engines.whoosh import write
from search.engines.whoosh.build import build_segment
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Part, Snapshot
from search.request import SearchRequest
from tests.search.whoosh.stock import scores
from tests.search.whoosh.test_execute import ranked

pytestmark = pytest.mark.shared_data

SEGMENTS = 3
DELETED = 0.05


def deleted_from(arrays: SegmentArrays) -> np.ndarray:
    chance = np.random.default_rng(arrays.size).random(arrays.size)
    return np.flatnonzero(chance < DELETED).astype(np.uint32)


def in_segments(folder: Path, corpus: Corpus) -> Snapshot:
    documents = list(corpus)
    parts = []
    for number in range(SEGMENTS):
        path = folder / f"{number}.arrays"
        build_segment(path, documents[number::SEGMENTS])
        arrays = SegmentArrays.open(path)
        parts.append(Part(arrays, deleted_from(arrays)))
    return Snapshot(parts)


def test_the_executor_finds_and_scores_what_whoosh_does(shared: Path, tmp_path: Path) -> None:
    corpus = Corpus(SEGMENTS * (write.LARGE + 100), real_sentences())
    snapshot = in_segments(tmp_path, corpus)
    for query in {query.text: query.request.query for query in sixty(corpus)}.values():
        expected = scores(query.tree, snapshot)
        every = ranked(SearchRequest(query), snapshot, (), corpus.size)
        found = dict(every)
        assert found.keys() == expected.keys()
        np.testing.assert_allclose([found[id] for id in expected], [*expected.values()], rtol=1e-5)
        assert ranked(SearchRequest(query), snapshot, (), 20) == every[:20]

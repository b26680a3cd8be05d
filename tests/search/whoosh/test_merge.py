"""A merged segment is the one that its documents would have made in the first place."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import Entry, IndexDocument, Quote
from search.engines.whoosh import company, merge, merge_lists, write
from search.engines.whoosh.arrays import open_arrays
from search.engines.whoosh.merge import merge_segments
from tests.search.whoosh.naive import segment_of, snapshot_of

WORDS = ("run", "runs", "run-s", "co-op", "co", "op", "B-52", "b", "52", "harbour", "U.S.", "café")

texts = st.lists(st.sampled_from([*WORDS, "\n"]), max_size=8).map(" ".join)
people = st.sampled_from(
    [
        Entry("ann-vale", "Ann Vale", ("A. Vale",)),
        Entry("ann-vale", "Ann Vale-Roy"),
        Entry("ben-roy", "Ben Roy"),
    ]
)
quotes = st.builds(Quote, texts, st.none() | people)
times = st.none() | st.integers(-2, 2).map(
    lambda hours: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@st.composite
def documents(draw: st.DrawFn, id: int) -> IndexDocument:
    published = draw(times)
    return IndexDocument(
        id=id,
        headline=draw(texts),
        standfirst=draw(texts),
        body=draw(texts),
        byline=draw(st.sampled_from(["", "Ann Vale", "Ben Roy and Ann"])),
        published=published,
        day=published.date() if published else None,
        people=tuple(draw(st.lists(people, max_size=2, unique=True))),
        tags=tuple(Entry(tag, tag) for tag in draw(st.sets(st.sampled_from(["sea", "oil"])))),
        section=draw(st.none() | st.just(Entry("news", "News"))),
        source=Entry("wire", "Wire"),
        quotes=tuple(draw(st.lists(quotes, max_size=2))),
    )


@st.composite
def batches(draw: st.DrawFn) -> list[list[IndexDocument]]:
    ids = iter(draw(st.permutations(range(1, 40))))
    sizes = draw(st.lists(st.integers(0, 8), min_size=1, max_size=4))
    return [[draw(documents(next(ids))) for _ in range(size)] for size in sizes]


@st.composite
def deletions(draw: st.DrawFn, of: Sequence[Sequence[IndexDocument]]) -> set[int]:
    ids = [document.id for batch in of for document in batch]
    return draw(st.just(set(ids)) | st.just(set[int]()) | st.sets(st.sampled_from(ids or [0])))


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small segments have rows and bitmaps, and are merged in many blocks."""
    for module in (write, merge, company):
        monkeypatch.setattr(module, "LARGE", 4)
    monkeypatch.setattr(company, "OFTEN", 3)
    monkeypatch.setattr(write, "DENSE", 2)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from([1, 7, 1 << 19]))
def test_a_merged_segment_is_what_its_documents_would_have_made(
    data: st.DataObject, block: int
) -> None:
    parts = data.draw(batches())
    deleted = data.draw(deletions(parts))
    left = [document for part in parts for document in part if document.id not in deleted]
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge_lists, "BLOCK", block)
        folder = Path(name)
        merged = merge_segments(
            snapshot_of(folder, *parts, deleted=deleted).parts, folder / "merged"
        )
        segment_of(folder / "expected", left)
        assert merged == len(left)
        found, expected = open_arrays(folder / "merged"), open_arrays(folder / "expected")
        assert list(found) == list(expected)
        for array, content in expected.items():
            assert found[array].dtype == content.dtype, array
            np.testing.assert_array_equal(found[array], content, array)

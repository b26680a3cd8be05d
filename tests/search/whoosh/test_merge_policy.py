"""Few segments for searches, and little to write anew for edits."""

from datetime import UTC, datetime
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import FileIndex

from search.document import Entry, IndexDocument
from search.engines.whoosh.codec import SegmentCodec, arrays_of
from search.engines.whoosh.merge_policy import (
    FLOOR,
    RATIO,
    STALE,
    Count,
    merge_by_tiers,
    plan_merge,
)
from search.engines.whoosh.schema import SCHEMA, fields_of
from search.engines.whoosh.snapshots import Snapshots
from tests.search.whoosh.signed import storage_in

counts = st.tuples(st.integers(0, 2_000) | st.integers(0, 2_000_000), st.integers(0, 100)).map(
    lambda drawn: Count(drawn[0], drawn[0] * drawn[1] // 100)
)


def after(segments: list[Count], chosen: list[int]) -> list[Count]:
    others = [one for number, one in enumerate(segments) if number not in chosen]
    merged = sum(segments[number].staying for number in chosen)
    return [*others, Count(merged, 0)] if merged else others


def most_segments(documents: int) -> float:
    return 2 + max(0, log(max(1, documents) / FLOOR, RATIO + 1))


@given(st.lists(counts, max_size=30))
def test_whatever_there_was_few_segments_are_left(segments: list[Count]) -> None:
    left = after(segments, plan_merge(segments))
    assert len(left) <= most_segments(sum(one.staying for one in left))


@given(st.lists(counts, max_size=30))
def test_no_segment_is_left_with_many_deleted_documents(segments: list[Count]) -> None:
    left = after(segments, plan_merge(segments))
    assert all(one.deleted * STALE <= one.documents for one in left)


@given(st.lists(counts, max_size=30))
def test_what_was_merged_needs_no_merging(segments: list[Count]) -> None:
    assert plan_merge(after(segments, plan_merge(segments))) == []


@given(st.lists(counts, max_size=30))
def test_a_lone_segment_is_written_anew_only_for_what_is_deleted(segments: list[Count]) -> None:
    chosen = plan_merge(segments)
    if len(chosen) == 1:
        alone = segments[chosen[0]]
        assert alone.deleted * STALE > alone.documents


@given(st.lists(st.tuples(st.integers(1, 3_000), st.floats(0, 1)), max_size=200))
def test_a_document_is_written_anew_a_logarithmic_number_of_times(
    commits: list[tuple[int, float]],
) -> None:
    """Each commit adds documents, and deletes up to as many from any one segment."""
    segments: list[Count] = []
    added = deleted = written = 0
    for number, (documents, share) in enumerate(commits):
        if segments:
            at = number % len(segments)
            gone = int(share * min(documents, segments[at].staying))
            segments[at] = segments[at]._replace(deleted=segments[at].deleted + gone)
            deleted += gone
        kept = segments
        segments = [*kept, Count(documents, 0)]
        chosen = plan_merge(segments)
        written += sum(kept[at].staying for at in chosen if at < len(kept))
        segments = after(segments, chosen)
        added += documents
    times = log(max(1, added / FLOOR), 1 + 1 / RATIO)
    clearing = (STALE - 1) * (1 + 1 / RATIO) + 1 / log(1 + 1 / RATIO)
    assert written <= FLOOR * len(commits) + times * added + clearing * deleted


def test_an_edit_does_not_touch_the_large_segments() -> None:
    assert plan_merge([Count(200_000, 20), Count(9_000, 3), Count(200, 5), Count(1, 0)]) == [2, 3]


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return storage_in(tmp_path).create_index(SCHEMA)


def commit(index: FileIndex, *ids: int, delete: tuple[int, ...] = ()) -> None:
    writer = index.writer(codec=SegmentCodec())
    for number in delete:
        writer.delete_document(number)
    for id in ids:
        writer.add_document(**fields_of(article(id)))
    part_of = Snapshots(index.storage).part_of
    writer.commit(mergetype=lambda writer, old: merge_by_tiers(writer, old, part_of))


def article(id: int) -> IndexDocument:
    when = datetime(2009, 12, 17, tzinfo=UTC)
    wire = Entry("wire", "Wire")
    return IndexDocument(id, "Harbour", "", f"Word{id}", "", when, when.date(), (), (), None, wire)


def ids_of(index: FileIndex) -> list[list[int]]:
    return [arrays_of(index.storage, one).ids.tolist() for one in index._segments()]


def test_commits_of_whooshs_writer_are_merged_by_the_next_ones(index: FileIndex) -> None:
    commit(index, 1, 2)
    commit(index, 3)
    commit(index, 4)
    assert ids_of(index) == [[1, 2, 3], [4]]


def test_a_merge_leaves_out_what_was_deleted(index: FileIndex) -> None:
    commit(index, 1, 2)
    commit(index, 3, delete=(0,))
    assert ids_of(index) == [[2], [3]]


def test_a_segment_of_which_nothing_stays_is_dropped(index: FileIndex) -> None:
    commit(index, 1, 2)
    commit(index, delete=(0, 1))
    assert ids_of(index) == []
    assert list(Path(index.storage.folder).glob("*.arrays")) == []

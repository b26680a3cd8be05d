"""Segments through Whoosh's own writer, readers and searchers.

What the codec relies on beyond the interfaces in `whoosh.codec.base` fails here when it changes.
"""

import pickle
import random
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import FileIndex
from whoosh.matching import ReadTooFar
from whoosh.query import And, Every, FuzzyTerm, Not, Or, Phrase, Prefix, Query, Term, TermRange
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.document import IndexDocument
from search.engines.whoosh.arrays import MAGIC, NotOurArrays, open_arrays
from search.engines.whoosh.codec import Segment, SegmentCodec
from search.engines.whoosh.schema import EPOCH, RECORD, SCHEMA, fields_of, record_of
from search.engines.whoosh.scoring import MAX_WEIGHT, length_codes
from search.engines.whoosh.storage import ARRAYS
from search.engines.whoosh.sums import Damaged
from tests.search.contract.oracle import DOCUMENTS
from tests.search.contract.shelves import document
from tests.search.whoosh import naive
from tests.search.whoosh.signed import storage_in

Documents = Sequence[IndexDocument]

ARCHIVES = st.lists(DOCUMENTS, min_size=1, max_size=8, unique_by=lambda document: document.id)

on_random_archives = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def _fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


def in_order(documents: Documents) -> list[IndexDocument]:
    """As a segment asks for them."""
    return sorted(documents, key=lambda one: (one.day is not None, one.published or EPOCH, one.id))


def create(folder: Path) -> FileIndex:
    return FileIndex.create(storage_in(folder), SCHEMA)


def write(index: FileIndex) -> Any:
    return index.writer(codec=SegmentCodec(), compound=False)


def commit(index: FileIndex, documents: Documents) -> None:
    writer = write(index)
    for each in in_order(documents):
        writer.add_document(**fields_of(each))
    writer.commit(merge=False)


def delete(index: FileIndex, docnums: Collection[int]) -> None:
    writer = write(index)
    for docnum in docnums:
        writer.delete_document(docnum)
    writer.commit(merge=False)


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return create(tmp_path)


# Writing


@given(archive=ARCHIVES)
@on_random_archives
def test_whooshs_writer_makes_the_segment_that_is_made_the_plain_way(
    archive: Documents, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("written")
    commit(create(folder), archive)
    (path,) = folder.glob(f"*{ARRAYS}")
    naive.segment_of(folder / "plain", archive)
    written, plain = open_arrays(path), open_arrays(folder / "plain")
    assert set(written) == set(plain)
    for name, array in plain.items():
        assert written[name].dtype == array.dtype, name
        np.testing.assert_array_equal(written[name], array, err_msg=name)


@pytest.mark.parametrize("compound", [False, True])
def test_a_segment_is_one_file(index: FileIndex, tmp_path: Path, compound: bool) -> None:
    writer = index.writer(codec=SegmentCodec(), compound=compound)
    writer.add_document(**fields_of(document(1)))
    writer.commit()
    segment = index.reader().segment()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"MANIFEST", "MAIN_WRITELOCK", segment.make_filename(ARRAYS)}


def test_documents_out_of_order_are_refused(index: FileIndex) -> None:
    writer = write(index)
    for each in reversed(in_order([document(1), document(2)])):
        writer.add_document(**fields_of(each))
    with pytest.raises(ValueError, match="by time of publication"):
        writer.commit()
    assert index.doc_count() == 0


@pytest.mark.parametrize("go_on", ["add", "commit"])
def test_a_document_that_failed_halfway_lets_the_writer_only_be_cancelled(
    index: FileIndex, go_on: str
) -> None:
    writer = write(index)
    writer.add_document(**fields_of(document(1)))
    with pytest.raises(AttributeError):
        writer.add_document(**fields_of(document(2, body="harbour")) | {"text": "not placed"})
    with pytest.raises(ValueError, match="halfway"):
        writer.add_document(**fields_of(document(3))) if go_on == "add" else writer.commit()


def test_a_writer_that_is_cancelled_leaves_nothing_behind(index: FileIndex, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    writer = write(index)
    writer.add_document(**fields_of(document(1)))
    writer.cancel()
    assert {path.name for path in tmp_path.iterdir()} - {"MAIN_WRITELOCK"} == before


def test_lengths_have_whooshs_own_codes() -> None:
    lengths = np.arange(120_000)
    assert length_codes(lengths).tolist() == [length_to_byte(length) for length in lengths.tolist()]


# Segments


def test_segments_never_share_a_name_whoever_seeds_the_random_numbers() -> None:
    names = set()
    for _ in range(3):
        random.seed(1)
        names.add(SegmentCodec().new_segment(None, "MAIN").segment_id())
    assert len(names) == 3


def test_a_segment_keeps_its_deletions_when_it_is_pickled() -> None:
    segment = Segment("MAIN", documents=5)
    for docnum in (1, 3, 4):
        segment.delete_document(docnum)
    segment.delete_document(4, delete=False)
    kept = pickle.loads(pickle.dumps(segment))  # noqa: S301  as Whoosh does
    assert (kept.segment_id(), kept.doc_count_all(), kept.doc_count()) == (
        segment.segment_id(),
        5,
        3,
    )
    assert set(kept.deleted_docs()) == {1, 3}
    assert [kept.is_deleted(docnum) for docnum in range(5)] == [False, True, False, True, False]


@pytest.fixture
def arrays_file(index: FileIndex, tmp_path: Path) -> Path:
    commit(index, [document(1, "Harbour")])
    (path,) = tmp_path.glob(f"*{ARRAYS}")
    return path


def test_a_segment_of_another_version_is_not_read(index: FileIndex, arrays_file: Path) -> None:
    content = bytearray(arrays_file.read_bytes())
    content[len(MAGIC)] += 1
    arrays_file.write_bytes(content)
    with pytest.raises(NotOurArrays, match="version"):
        index.reader()


def test_a_file_that_is_none_of_ours_is_not_read(index: FileIndex, arrays_file: Path) -> None:
    arrays_file.write_bytes(b"SQLite format 3\0" * 100)
    with pytest.raises(NotOurArrays):
        index.reader()


def test_a_segment_that_is_cut_short_anywhere_is_not_read(
    index: FileIndex, arrays_file: Path
) -> None:
    content = arrays_file.read_bytes()
    for length in [0, 8, 12, 16, 100, 1000, *range(2000, len(content), 997), len(content) - 1]:
        arrays_file.write_bytes(content[:length])
        with pytest.raises((NotOurArrays, Damaged)):
            index.reader()


# Reading


@given(
    archive=ARCHIVES,
    segments=st.integers(1, 3),
    deleted=st.sets(st.integers(0, 7)),
)
@on_random_archives
def test_whooshs_reader_sees_what_was_given_to_the_writer(
    archive: Documents, segments: int, deleted: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = create(tmp_path_factory.mktemp("read"))
    batches = [in_order(archive[first::segments]) for first in range(segments)]
    for batch in batches:
        commit(index, batch)
    documents = [each for batch in batches for each in batch]
    deleted &= set(range(len(documents)))
    delete(index, deleted)
    with index.reader() as reader:
        live = set(range(len(documents))) - deleted
        assert set(reader.all_doc_ids()) == live
        assert (reader.doc_count_all(), reader.doc_count()) == (len(documents), len(live))
        records = reader.column_reader("record", translate=False)
        assert list(records) == [record_of(each) for each in documents]
        postings = {term: live_postings(reader, *term) for term in reader.all_terms()}
        expected = postings_of(documents)
        assert list(postings) == sorted(expected)
        for term, given_ in expected.items():
            assert postings[term] == [own for own in given_ if own[0] in live]
            assert_statistics(reader.term_info(*term), given_)
        for name in ("text", "headline"):
            assert_lengths(reader, name, documents)


Posted = tuple[int, float, list[int]]
"""Document, weight, positions."""


def postings_of(documents: Documents) -> dict[tuple[str, bytes], list[Posted]]:
    """What Whoosh is told of each document."""
    postings: dict[tuple[str, bytes], list[Posted]] = {}
    for number, each in enumerate(documents):
        for name, value in fields_of(each).items():
            if SCHEMA[name].indexed:
                for term, _, weight, encoded in SCHEMA[name].index(value):
                    at = decoded(name, encoded)
                    own = number, min(weight, MAX_WEIGHT), at
                    postings.setdefault((name, term), []).append(own)
    return postings


def live_postings(reader: Any, name: str, term: bytes) -> list[Posted]:
    matcher = reader.postings(name, term)
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight(), decoded(name, matcher.value())))
        matcher.next()
    return found


def decoded(name: str, value: bytes) -> list[int]:
    format_ = SCHEMA[name].format
    return format_.decoder("positions")(value) if format_.supports("positions") else []


def assert_statistics(info: Any, postings: Sequence[Posted]) -> None:
    weights = [weight for _, weight, _ in postings]
    assert info.doc_frequency() == len(postings)
    assert (info.weight(), info.max_weight()) == (sum(weights), max(weights))
    assert (info.min_id(), info.max_id()) == (postings[0][0], postings[-1][0])


def assert_lengths(reader: Any, name: str, documents: Documents) -> None:
    exact = [sum(map(len, fields_of(each)[name].positions.values())) for each in documents]
    coded = [byte_to_length(length_to_byte(length)) for length in exact]
    assert [reader.doc_field_length(number, name) for number in range(len(exact))] == coded
    assert reader.field_length(name) == sum(exact)
    assert reader.min_field_length(name) == min(coded)
    assert reader.max_field_length(name) == max(coded)


# Searching

ARCHIVE = [
    document(1, "Harbour bridge", body="a storm", published="2001-01-01"),
    document(2, "Storm", body="bridge over the harbour", published="2002-01-01"),
    document(3, "Harvest", body="harbour harbour harbour", published="2003-01-01"),
    document(4, "Gone", body="harbour bridge storm", published="2004-01-01"),
    document(5, "Theatre", body="a storm, a storm", published="2005-01-01"),
]


@pytest.fixture
def harbour(index: FileIndex) -> FileIndex:
    """Three segments, the fourth document deleted."""
    for batch in (ARCHIVE[:2], ARCHIVE[2:4], ARCHIVE[4:]):
        commit(index, batch)
    delete(index, [3])
    return index


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Term("text", "harbour"), {1, 2, 3}),
        (Term("text", "nowhere"), set()),
        (And([Term("text", "harbour"), Term("text", "bridg")]), {1, 2}),
        (Or([Term("text", "harvest"), Term("text", "theatr")]), {3, 5}),
        (And([Term("text", "storm"), Not(Term("text", "bridg"))]), {5}),
        (Phrase("text", ["harbour", "bridg"]), {1}),
        (Prefix("exact", "har"), {1, 2, 3}),
        (Prefix("headline_exact", "har"), {1, 3}),
        (TermRange("headline_exact", "h", "i"), {1, 3}),
        (FuzzyTerm("exact", "harbor"), {1, 2, 3}),
        (Every(), {1, 2, 3, 5}),
        (Every("headline"), {1, 2, 3, 5}),
    ],
)
def test_whooshs_queries_find_what_is_there(
    harbour: FileIndex, query: Query, found: set[int]
) -> None:
    with harbour.searcher() as searcher:
        records = searcher.reader().column_reader("record", translate=False)
        docs = searcher.docs_for_query(query)
        assert {int(np.frombuffer(records[doc], RECORD)["id"][0]) for doc in docs} == found


def test_a_cursor_walks_the_terms_of_a_field(index: FileIndex) -> None:
    commit(index, [document(1, body="storm harbour bridge")])
    with index.reader() as reader:
        cursor = reader.cursor("exact")
        assert (cursor.text(), cursor.next(), cursor.next()) == ("bridge", "harbour", "storm")
        assert cursor.next() is None
        assert (cursor.first(), cursor.find("c"), cursor.find(b"i")) == (
            "bridge",
            "harbour",
            "storm",
        )
        assert cursor.find("z") is None
        # What Whoosh walks it for.
        assert list(reader.terms_within("exact", "harbor", 1)) == ["harbour"]


@given(
    archive=ARCHIVES,
    words=st.lists(st.sampled_from(["harbour", "bridg", "strike", "b52"]), min_size=1),
)
@on_random_archives
def test_pruning_changes_no_score(
    archive: Documents, words: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = create(tmp_path_factory.mktemp("pruned"))
    commit(index, archive)
    with index.searcher() as searcher:
        for query in (Or([Term("text", word) for word in words]), Phrase("text", words)):
            for limit in (1, 3):
                all_, pruned = (
                    searcher.search(query, limit=limit, optimize=optimize).top_n
                    for optimize in (False, True)
                )
                assert [score for score, _ in pruned] == [score for score, _ in all_]


def test_a_matcher_steps_skips_and_starts_again(index: FileIndex) -> None:
    commit(index, [document(id, body="harbour" if id % 2 else "") for id in range(6)])
    with index.searcher() as searcher:
        matcher = searcher.postings("text", "harbour")
        assert list(matcher.all_ids()) == [1, 3, 5]
        matcher.skip_to(2)
        other = matcher.copy()
        assert (matcher.id(), matcher.next(), matcher.id()) == (3, None, 5)
        matcher.skip_to(1)
        assert (matcher.id(), other.id()) == (5, 3)
        matcher.skip_to(6)
        assert not matcher.is_active()
        for move in (matcher.next, lambda: matcher.skip_to(7)):
            with pytest.raises(ReadTooFar):
                move()
        matcher.reset()
        assert (matcher.id(), matcher.term()) == (1, ("text", b"harbour"))


def test_a_matcher_leaves_out_what_is_not_good_enough(index: FileIndex) -> None:
    commit(index, [document(1, body="harbour")])
    with index.searcher() as searcher:
        matcher = searcher.postings("text", "harbour")
        assert matcher.supports_block_quality()
        assert matcher.score() <= matcher.block_quality() <= matcher.max_quality()
        assert matcher.skip_to_quality(matcher.block_quality() / 2) == 0
        assert matcher.is_active()
        assert matcher.skip_to_quality(matcher.block_quality()) == 1
        assert not matcher.is_active()


def test_a_term_that_is_not_there_is_no_mistake_of_the_file(index: FileIndex) -> None:
    commit(index, [document(1, body="harbour")])
    with index.reader() as reader:
        assert ("text", b"nowhere") not in reader
        assert (reader.frequency("text", b"nowhere"), reader.doc_frequency("text", b"no")) == (0, 0)
        for ask in (reader.term_info, reader.postings):
            with pytest.raises(TermNotFound):
                ask("text", b"nowhere")

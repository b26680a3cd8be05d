"""Segments through Whoosh's own writer, readers and searchers."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import FileIndex

from search.document import IndexDocument
from search.engines.whoosh.arrays import open_arrays
from search.engines.whoosh.codec import ARRAYS, SegmentCodec
from search.engines.whoosh.durable import DurableStorage
from search.engines.whoosh.schema import EPOCH, SCHEMA, fields_of
from tests.search.contract.oracle import DOCUMENTS
from tests.search.whoosh import naive

BATCHES = st.lists(DOCUMENTS, min_size=1, max_size=8, unique_by=lambda document: document.id)

without_fixtures = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def _fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


def index_in(folder: Path) -> FileIndex:
    folder.mkdir()
    return FileIndex.create(DurableStorage(folder), SCHEMA)


def in_order(documents: Collection[IndexDocument]) -> list[IndexDocument]:
    """As `naive` puts them into a segment."""
    return sorted(
        documents,
        key=lambda one: (one.day is not None, one.published or EPOCH, one.id),
    )


def commit(index: FileIndex, documents: Collection[IndexDocument]) -> None:
    writer = index.writer(codec=SegmentCodec(), compound=False)
    for each in in_order(documents):
        writer.add_document(**fields_of(each))
    writer.commit(merge=False)


# Writing


@given(batch=BATCHES)
@without_fixtures
def test_whooshs_writer_makes_the_segment_that_is_made_the_plain_way(
    batch: Sequence[IndexDocument], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("written")
    commit(index_in(folder / "index"), batch)
    (path,) = (folder / "index").glob(f"*{ARRAYS}")
    naive.segment_of(folder / "naive", batch)
    written, plain = open_arrays(path), open_arrays(folder / "naive")
    assert set(written) == set(plain)
    for name, array in plain.items():
        assert written[name].dtype == array.dtype, name
        np.testing.assert_array_equal(written[name], array, err_msg=name)

"""Segments built in bulk are those that the plain way makes."""

from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import Entry, IndexDocument
from search.engines.whoosh.arrays import open_arrays
from search.engines.whoosh.build import build_segment
from tests.search.contract.oracle import DOCUMENTS
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import segment_of

NASTY = (
    "U.S.", "u.s.", "U.S", "I.B.M.-led", "B-52", "b52", "run-s", "run", "AT&T", "O'Brien's", "don’t",  # noqa: E501
    "1,200.50", "3.5m", "Café", "CAFÉ", "ſ", "İstanbul", "ﬁle", "straße", "harbour’s", "—", "--", "...",  # noqa: E501
    "a\0b", "a\x1cb", "a\x85b", "a\xa0b", "a\u2028b", "\u00ad", "soft\u00adhyphen", "\ud800", "x\udfffy",  # noqa: E501
    "東京タワー", "नमस्ते", "עברית", "e\u0301", "\u0301", "_", "a_b", "x" * 70, "x" * 64 + "-y", "-a-", "a-", "a.b-c",  # noqa: E501
)  # fmt: skip
ANY = st.text(max_size=12)
NASTY_TEXTS = st.lists(st.sampled_from(NASTY) | ANY, max_size=8).flatmap(
    lambda words: st.sampled_from(["", " ", "\n", "-"]).map(lambda between: between.join(words))
)
NAMES = st.sampled_from(["", "Ann", "Ann-Vale", "—", "O'Brien", "U.S. Cy", "新聞", "ann"])
ENTRIES = st.builds(
    Entry, st.sampled_from(["a", "b"]), NAMES, st.lists(NAMES, max_size=2).map(tuple)
)
NASTY_DOCUMENTS = st.builds(
    document,
    id=st.integers(1, 2**40),
    headline=NASTY_TEXTS,
    standfirst=NASTY_TEXTS,
    body=NASTY_TEXTS,
    byline=NASTY_TEXTS,
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    people=st.lists(ENTRIES, max_size=3),
    tags=st.lists(ENTRIES, max_size=2),
)


@given(st.lists(DOCUMENTS, max_size=9) | st.lists(NASTY_DOCUMENTS, max_size=6))
@settings(max_examples=300, deadline=None)
def test_a_segment_is_array_by_array_the_one_that_the_plain_way_makes(
    documents: list[IndexDocument],
) -> None:
    with TemporaryDirectory() as folder:
        build_segment(Path(folder) / "bulk", documents)
        segment_of(Path(folder) / "plain", documents)
        assert_same(Path(folder) / "bulk", Path(folder) / "plain")


def assert_same(one: Path, other: Path) -> None:
    arrays, expected = open_arrays(one), open_arrays(other)
    assert arrays.keys() == expected.keys()
    for name, array in expected.items():
        assert arrays[name].dtype == array.dtype, name
        np.testing.assert_array_equal(arrays[name], array, name)

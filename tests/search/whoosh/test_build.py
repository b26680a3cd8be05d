"""Segments built in bulk are those that the plain way makes."""

from collections.abc import Sequence
from datetime import UTC
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import Entry, IndexDocument
from search.engines.whoosh import build, cut, invert
from search.engines.whoosh.arrays import open_arrays
from search.engines.whoosh.build import Builder, build_segment
from search.engines.whoosh.occurrences import order_of
from search.engines.whoosh.pieces import SIGNS
from search.language.words import tokens
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
    said=st.lists(st.tuples(NASTY_TEXTS, st.none() | ENTRIES), max_size=3),
)


@given(
    st.lists(DOCUMENTS, max_size=9) | st.lists(NASTY_DOCUMENTS, max_size=6),
    st.sampled_from([1, 600, 1 << 20]),
    st.sampled_from([2, 8, 1 << 19]),
)
@settings(max_examples=300, deadline=None)
def test_a_segment_is_array_by_array_the_one_that_the_plain_way_makes(
    documents: list[IndexDocument], batch: int, slots: int
) -> None:
    """Whatever is taken apart together, and however many words want the same slot of the table."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "BATCH", batch)
        patch.setattr(cut, "SLOTS", slots)
        build_segment(Path(folder) / "bulk", documents)
        segment_of(Path(folder) / "plain", documents)
        assert_same(Path(folder) / "bulk", Path(folder) / "plain")


@given(st.lists(NASTY_TEXTS))
def test_what_texts_are_cut_into_has_their_terms(texts: list[str]) -> None:
    found = cut.cut(texts)
    spans = zip(found.starts, found.ends, strict=True)
    pieces = (found.raw[start:end].decode("utf-8", "surrogatepass") for start, end in spans)
    for text, length in zip(texts, found.lengths, strict=True):
        assert terms(*islice(pieces, length)) == terms(text)
    assert not list(pieces)


@given(st.sampled_from(NASTY) | ANY, st.text(SIGNS, max_size=3), st.text(SIGNS, max_size=3))
def test_signs_around_a_word_make_no_difference(word: str, before: str, behind: str) -> None:
    assert terms(before + word + behind) == terms(word)


@given(st.lists(st.integers(0, 3) | st.integers(0, 2**32 - 1) | st.integers(0, 2**20)))
def test_sorting_in_halves_is_stable_sorting(numbers: list[int]) -> None:
    ranks = np.array(numbers, np.int64)
    assert order_of(ranks).tolist() == np.argsort(ranks, kind="stable").tolist()


def test_several_runs_become_the_segment_of_all_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "RUN", 1)
    assert built(tmp_path, ARCHIVE) == len(ARCHIVE)
    segment_of(tmp_path / "plain", ARCHIVE)
    assert_same(tmp_path / "bulk", tmp_path / "plain")


def test_a_run_ends_with_the_batch_that_makes_it_long_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "BATCH", 1)
    monkeypatch.setattr(build, "RUN", 40)
    builder = Builder(tmp_path)
    builder.add([document(1, body="x " * 20), document(2, body="x " * 20), document(3)])
    assert len(list(tmp_path.iterdir())) == 1
    assert builder.finish(tmp_path / "bulk") == 3


def test_a_new_vocabulary_makes_the_same_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "RUN", 1)
    monkeypatch.setattr(invert, "KEPT", 0)
    built(tmp_path, ARCHIVE)
    segment_of(tmp_path / "plain", ARCHIVE)
    assert_same(tmp_path / "bulk", tmp_path / "plain")


def test_runs_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "RUN", 1)
    built(tmp_path, ARCHIVE)
    assert [path.name for path in tmp_path.iterdir()] == ["bulk"]


def test_nothing_makes_an_empty_segment(tmp_path: Path) -> None:
    assert built(tmp_path, []) == 0
    segment_of(tmp_path / "plain", [])
    assert_same(tmp_path / "bulk", tmp_path / "plain")


ARCHIVE = [
    document(
        number,
        headline=f"Storm {number % 3} over the U.S. run-s",
        body=f"The harbour of B-{number} — said “O'Brien”.",
        published=None if number % 5 == 0 else f"20{number:02}-12-17",
        people=[Entry("ann-vale", "Ann Vale", ("Annie",)), Entry(f"p{number % 4}", "Ben")],
        tags=["Floods"] if number % 2 else [],
        section="News",
        said=[(f"a wall of {number} feet", "Ann Vale"), ("“No”", None)] if number % 3 else [],
    )
    for number in (7, 3, 10, 1, 9, 2, 8, 5, 6, 4)
]


def built(folder: Path, documents: Sequence[IndexDocument]) -> int:
    """Added in two portions."""
    builder = Builder(folder)
    builder.add(documents[:5])
    builder.add(documents[5:])
    return builder.finish(folder / "bulk")


def terms(*texts: str) -> list[tuple[str, int]]:
    """The terms of the texts and their positions, numbered as in one text."""
    found: list[tuple[str, int]] = []
    start = 0
    for text in texts:
        found += [(token.term, start + token.position) for token in tokens(text)]
        start = found[-1][1] + 1 if found else 0
    return found


def assert_same(one: Path, other: Path) -> None:
    arrays, expected = open_arrays(one), open_arrays(other)
    assert arrays.keys() == expected.keys()
    for name, array in expected.items():
        assert arrays[name].dtype == array.dtype, name
        np.testing.assert_array_equal(arrays[name], array, name)

"""Segments as they are read."""

from pathlib import Path

import numpy as np
import pytest

from search.engines.whoosh.arrays import MAGIC, NotOurArrays, open_arrays, write_arrays
from search.engines.whoosh.segment import SegmentArrays
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import segment_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.arrays"


@pytest.fixture
def segment(path: Path) -> SegmentArrays:
    days = ["2009-12-17", None, "1989-06-30", "2009-12-17"]
    return segment_of(
        path, [document(9 - i, "Harbour co-op", published=day) for i, day in enumerate(days)]
    )


def test_documents_stand_by_time_then_id_with_the_undated_first(segment: SegmentArrays) -> None:
    assert segment.ids.tolist() == [8, 7, 6, 9]
    assert segment.undated == 1
    assert segment.ids[segment.by_id].tolist() == [6, 7, 8, 9]


def test_documents_are_found_by_the_ids_of_their_articles(segment: SegmentArrays) -> None:
    assert segment.holding([9, 5, 8, 9]).tolist() == [0, 3]
    assert segment.holding([]).tolist() == []


def test_terms_are_found_by_number_and_by_beginning(segment: SegmentArrays) -> None:
    terms = segment.fields["exact"].terms
    assert list(terms) == [b"co", b"coop", b"harbour", b"op"]
    assert [terms.number(term) for term in (b"op", b"coop", b"zoo", b"")] == [3, 1, None, None]
    assert [terms.beginning(start) for start in (b"co", b"h", b"x", b"")] == [
        (0, 2),
        (2, 3),
        (4, 4),
        (0, 4),
    ]


def test_the_stream_has_the_part_and_the_overlay_the_joined_word(segment: SegmentArrays) -> None:
    text = segment.fields["text"]
    part, whole = text.terms.number(b"co"), text.terms.number(b"coop")
    assert part is not None
    assert whole is not None
    assert text.places_of(part).tolist() == text.places_of(whole).tolist()
    assert set(text.stream[text.places_of(part)]) == {text.codes[part]}
    assert [(pair >> 32, pair & 0xFFFFFFFF) for pair in text.overlay.tolist()] == [
        (whole, place) for place in text.places_of(whole).tolist()
    ]


def test_arrays_come_back_as_they_were_and_cannot_be_written(path: Path) -> None:
    arrays = {"a": np.arange(3, dtype="<u4"), "none": np.empty((0, 4), "<i8"), "one": np.ones(1)}
    write_arrays(path, arrays)
    opened = open_arrays(path)
    path.unlink()
    for name, array in arrays.items():
        assert opened[name].dtype == array.dtype
        np.testing.assert_array_equal(opened[name], array)
    with pytest.raises(ValueError, match="read-only"):
        opened["a"][0] = 1


def test_a_file_is_never_written_over(path: Path) -> None:
    write_arrays(path, {})
    with pytest.raises(FileExistsError):
        write_arrays(path, {})


@pytest.mark.parametrize("length", [0, 10, 40, -1])
def test_a_file_cut_short_is_not_read(path: Path, length: int) -> None:
    write_arrays(path, {"a": np.arange(1000)})
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(ValueError):  # noqa: PT011  NotOurArrays is one, broken JSON another
        open_arrays(path)


@pytest.mark.parametrize("header", [b"somebody", MAGIC + b"\x07\0\0\0"])
def test_another_version_is_not_read(path: Path, header: bytes) -> None:
    write_arrays(path, {"a": np.arange(3)})
    path.write_bytes(header + path.read_bytes()[len(header) :])
    with pytest.raises(NotOurArrays, match="version"):
        open_arrays(path)

"""Which bytes a Range header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.byte_ranges import byte_range


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-", range(10)),
        ("bytes=2-5", range(2, 6)),
        ("bytes=2-99", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-99", range(10)),
        ("bytes=10-", range(10, 10)),
        ("bytes=-0", range(10, 10)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_a_range_header_names_these_bytes_of_ten(wanted: str, part: range | None):
    assert byte_range(wanted, 10) == part


@given(wanted=st.text() | st.from_regex(r"bytes=\d*-\d*", fullmatch=True), size=st.integers(0, 50))
def test_no_header_reaches_outside_the_file(wanted: str, size: int):
    part = byte_range(wanted, size)
    assert not part or (0 <= part.start < part.stop <= size)

"""Every block of a file has a checksum, and a block can be checked by itself."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.whoosh import sums
from search.engines.whoosh.sums import Damaged, check_block, map_checked, map_file, sums_of


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sums, "BLOCK", 1000)
    path = tmp_path / "some.arrays"
    path.write_bytes(bytes(range(256)) * 10)
    return path


@settings(suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, 2559), bit=st.integers(0, 7))
def test_any_bit_that_is_turned_is_found_in_its_block(path: Path, at: int, bit: int) -> None:
    path.write_bytes(bytes(range(256)) * 10)
    written = sums_of(path)
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)
    block = at // 1000
    span = f"between its bytes {block * 1000} and {min(2560, (block + 1) * 1000)}"
    with pytest.raises(Damaged, match=span):
        map_checked(path, written)
    for number in range(3):
        if number != block:
            check_block(path, written, number)
    with pytest.raises(Damaged, match=span):
        check_block(path, written, block)


@pytest.mark.parametrize("size", [1, 999, 1000, 2559, 2561, 3000])
def test_another_size_is_said(path: Path, size: int) -> None:
    written = sums_of(path)
    path.write_bytes((path.read_bytes() * 2)[:size])
    for look in (lambda: map_checked(path, written), lambda: check_block(path, written, 0)):
        with pytest.raises(Damaged, match=f"has {size} bytes and was written with 2560"):
            look()


def test_an_empty_file_is_damaged(path: Path) -> None:
    written = sums_of(path)
    path.write_bytes(b"")
    with pytest.raises(Damaged, match="empty"):
        map_checked(path, written)


def test_a_mapped_file_can_be_read_after_it_was_removed(path: Path) -> None:
    mapped = map_file(path)
    path.unlink()
    assert len(bytes(mapped)) == 2560

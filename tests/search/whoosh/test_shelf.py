"""Commits to one shelf, and threads that read it meanwhile."""

import random
import struct
import threading
from pathlib import Path

import pytest
from whoosh.util.filelock import FcntlLock

from search.document import IndexDocument
from search.engines.base import Change, EngineBusy, Shelf
from search.engines.whoosh import storage
from search.engines.whoosh.execute import Search
from search.engines.whoosh.scratch import scratch
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.shelf import ShelfIndex
from search.engines.whoosh.snapshot import Snapshot
from search.language.parser import parse
from search.request import SearchRequest
from tests.search.contract.shelves import document, find, tell
from tests.search.whoosh.signed import KEY, engine_in, new_shelf


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    return tmp_path / "shelf"


@pytest.fixture
def shelf(folder: Path) -> ShelfIndex:
    return new_shelf(folder)


def words_in(shelf: ShelfIndex) -> set[bytes]:
    return {term for part in shelf.snapshot().parts for term in part.arrays.fields["text"].terms}


def ids_in(shelf: ShelfIndex) -> list[int]:
    return [id for id, _ in shelf.snapshot().contents()]


def broken(id: int) -> IndexDocument:
    """A document of which no record can be made."""
    document_ = document(id, "Zeppelin", body="zeppelin")
    object.__setattr__(document_, "id", "seven")
    return document_


def test_a_document_that_fails_leaves_nothing_behind(shelf: ShelfIndex) -> None:
    shelf.apply([], [document(1, body="harbour")])
    with pytest.raises(struct.error):
        shelf.apply([1], [document(2, body="bridge"), broken(7)])
    assert words_in(shelf) == {b"harbour"}
    shelf.apply([], [document(3, body="storm")])
    assert words_in(shelf) == {b"harbour", b"storm"}
    assert ids_in(shelf) == [1, 3]


def test_a_commit_that_fails_changes_nothing_and_says_why(
    shelf: ShelfIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.apply([], [document(1, body="harbour")])
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="disk is full"):
        shelf.apply([1], [document(2, body="bridge")])
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    assert words_in(shelf) == {b"harbour"}
    shelf.apply([], [document(3, body="storm")])
    assert words_in(shelf) == {b"harbour", b"storm"}


def test_what_a_failed_commit_left_is_removed_by_the_next(
    shelf: ShelfIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        failing.setattr("os.fsync", full)
        with pytest.raises(OSError, match="disk is full"):
            shelf.apply([], [document(1)])
    shelf.apply([], [document(2)])
    assert len(list(folder.glob("*.arrays"))) == 1


def test_what_a_killed_purge_left_is_removed_by_the_next_for_good(
    shelf: ShelfIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.apply([], [document(1)])
    [segment] = folder.glob("*.arrays")
    left = folder / "left.arrays"
    left.write_bytes(segment.read_bytes())
    gone_when_synced: list[bool] = []
    monkeypatch.setattr(storage, "sync", lambda path: gone_when_synced.append(not left.exists()))
    shelf.purge()
    assert list(folder.glob("*.arrays")) == [segment]
    assert gone_when_synced == [True]


def test_a_small_commit_waits_for_one_segment_on_the_disk(
    shelf: ShelfIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.apply([], [document(1)])
    synced: list[Path] = []
    monkeypatch.setattr(storage, "sync", synced.append)
    shelf.apply([1], [document(1), document(2)])
    assert synced == list(folder.glob("*.arrays"))


def test_a_merge_maps_no_segment_a_second_time(
    shelf: ShelfIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.apply([], [document(1)])
    shelf.snapshot()
    opened: list[Path] = []
    open_ = SegmentArrays.open
    monkeypatch.setattr(
        SegmentArrays, "open", lambda path, sums: opened.append(path) or open_(path, sums)
    )
    shelf.apply([], [document(2)])
    assert len(shelf.snapshot().parts) == 1
    assert len(opened) == 2  # what is new, and what it was merged to


def test_a_lock_that_cannot_be_let_go_is_told_as_what_it_is(
    shelf: ShelfIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(lock: FcntlLock) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as failing:
        failing.setattr(FcntlLock, "release", fail)
        with pytest.raises(OSError, match="disk is gone"):
            shelf.apply([], [document(1)])


def full(descriptor: int) -> None:
    raise OSError("the disk is full")


def test_nothing_to_do_makes_no_commit(shelf: ShelfIndex, folder: Path) -> None:
    shelf.apply([1, 2, 3], [])
    assert [path.name for path in folder.iterdir()] == ["MANIFEST"]
    assert shelf.snapshot().parts == ()


def test_a_writer_who_did_not_take_the_lock_is_turned_away(shelf: ShelfIndex) -> None:
    with shelf._writer(), pytest.raises(EngineBusy):
        shelf.apply([], [document(1)])


def test_segments_never_share_a_name_whoever_seeds_the_random_numbers(
    shelf: ShelfIndex, folder: Path
) -> None:
    for id in range(3):
        random.seed(1)
        shelf.apply([], [document(id, body="harbour")])
    assert ids_in(shelf) == [0, 1, 2]


def test_all_threads_share_the_snapshot_of_a_commit(shelf: ShelfIndex) -> None:
    shelf.apply([], [document(1)])
    first = shelf.snapshot()
    assert shelf.snapshot() is first
    shelf.apply([], [document(2)])
    second = shelf.snapshot()
    assert second is not first
    assert [second.documents, first.documents] == [2, 1]


def test_a_commit_opens_only_what_is_new(shelf: ShelfIndex) -> None:
    shelf.apply([], [document(id) for id in range(300)])  # too many to be merged with one
    (large,) = shelf.snapshot().parts
    shelf.apply([7], [document(300)])
    kept, added = shelf.snapshot().parts
    assert kept.arrays is large.arrays
    assert (kept.deleted.tolist(), added.arrays.ids.tolist()) == ([7], [300])


def test_a_snapshot_outlives_the_files_of_its_segments(shelf: ShelfIndex, folder: Path) -> None:
    shelf.apply([], [document(1, "Harbour", body="harbour by night"), document(2, body="harbour")])
    snapshot = shelf.snapshot()
    files = set(folder.glob("*.arrays"))
    before = [results(snapshot, query) for query in ("harbour", "date:2009")]
    for id in range(3, 6):  # which merges them
        shelf.apply([], [document(id)])
    assert not any(file.exists() for file in files)
    assert [results(snapshot, query) for query in ("harbour", "date:2009")] == before


def results(snapshot: Snapshot, query: str) -> list[tuple[int, int, float]]:
    with scratch() as memory:
        return Search(SearchRequest(parse(query)), snapshot, (), memory).best(10)


def test_what_is_withdrawn_leaves_the_public_shelf_even_if_the_desk_cannot_take_it(
    folder: Path,
) -> None:
    engine = engine_in(folder)
    tell(engine, Change(1, document(1, body="harbour"), Shelf.PUBLIC))
    (desk_folder,) = folder.glob("g*/desk")
    desk = ShelfIndex(desk_folder, KEY)
    with desk._writer(), pytest.raises(EngineBusy):
        tell(engine, Change(1, document(1, body="harbour"), Shelf.DESK))
    assert find(engine) == []


def test_a_common_word_in_a_headline_is_not_taken_for_a_rare_one(folder: Path) -> None:
    engine = engine_in(folder)
    said = [document(id, "It was night", body="he said so") for id in range(1, 60)]
    rare = document(60, "It was night", body="a zeppelin so")
    told = document(61, "It was said", body="he said so")
    tell(engine, *(Change(each.id, each, Shelf.PUBLIC) for each in (*said, rare, told)))
    assert find(engine, "said OR zeppelin")[:2] == [60, 61]


def test_threads_see_a_commit_whole_or_not_at_all(folder: Path) -> None:
    """One article at a time is in the archive; readers that find none or two saw half a commit."""
    engine = engine_in(folder)
    tell(engine, Change(0, document(0, body="harbour"), Shelf.PUBLIC))
    done = threading.Event()
    seen: list[object] = []

    def read() -> None:
        while not done.is_set():
            try:
                seen.append(len(find(engine, "harbour")))
            except Exception as error:  # noqa: BLE001  any at all fails the test below
                seen.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for id in range(1, 40):
        replacement = Change(id, document(id, body="harbour"), Shelf.PUBLIC)
        tell(engine, Change(id - 1), replacement)
    done.set()
    for reader in readers:
        reader.join()
    assert set(seen) == {1}

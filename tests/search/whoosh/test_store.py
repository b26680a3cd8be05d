"""The folder: who may write, what is live, and what happens when it cannot be trusted."""

import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from search.engines.base import Change, EngineBusy, IndexUnavailable, Shelf
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.schema import LAYOUT
from tests.search.contract.shelves import document, find, tell
from tests.search.whoosh.signed import Settled, engine_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> WhooshEngine:
    return engine_in(folder)


def put(engine: WhooshEngine, id: int = 1, body: str = "harbour") -> None:
    tell(engine, Change(id, document(id, body=body), Shelf.PUBLIC))


def files(folder: Path) -> dict[str, bytes]:
    """Everything in the folder but the locks, which hold nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_a_search_in_an_empty_folder_makes_an_empty_index(
    engine: WhooshEngine, folder: Path
) -> None:
    assert find(engine) == []
    (generation,) = folder.glob("g000001-*")
    assert (folder / "CURRENT").read_text() == f"{LAYOUT} {generation.name}\n"


def test_the_folder_is_closed_to_others(engine: WhooshEngine, folder: Path) -> None:
    find(engine)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_another_process_sees_each_commit(engine: WhooshEngine, folder: Path) -> None:
    other = engine_in(folder)  # what it shares with `engine` is the folder alone
    assert find(other) == []
    put(engine)
    assert find(other, "harbour") == [1]
    with engine.rebuild() as rebuild, engine.writing(0):
        rebuild.add(Shelf.PUBLIC, [document(2, body="harbour")])
        rebuild.switch()
    assert find(other, "harbour") == [2]
    put(other, 3)
    assert set(find(engine)) == {2, 3}


def test_processes_that_come_to_an_empty_folder_at_once_make_one_index(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    start = context.Barrier(4)
    workers = [context.Process(target=come_and_write, args=(folder, start, id)) for id in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert sorted(find(engine_in(folder), "harbour")) == [0, 1, 2, 3]


def come_and_write(folder: Path, start: Callable[[], None], id: int) -> None:
    engine = engine_in(folder)
    start.wait()  # type: ignore[attr-defined]
    put(engine, id)


def test_a_writer_in_another_process_is_waited_for_no_longer_than_asked(
    engine: WhooshEngine,
) -> None:
    context = multiprocessing.get_context("fork")
    with engine.writing(0):
        worker = context.Process(target=expect_busy, args=(engine,))
        worker.start()
        worker.join()
    assert worker.exitcode == 0
    with engine.writing(0):
        pass


def expect_busy(engine: WhooshEngine) -> None:
    with pytest.raises(EngineBusy), engine.writing(0.05):
        pass


def test_a_writer_that_died_leaves_no_lock(engine: WhooshEngine) -> None:
    context = multiprocessing.get_context("fork")
    worker = context.Process(target=die_writing, args=(engine,))
    worker.start()
    worker.join()
    assert worker.exitcode == -9
    put(engine)
    assert find(engine, "harbour") == [1]


def die_writing(engine: WhooshEngine) -> None:
    import os
    import signal

    def changes() -> Iterator[Change]:
        yield Change(2, document(2, body="storm"), Shelf.PUBLIC)
        os.kill(os.getpid(), signal.SIGKILL)

    with engine.writing(0), engine.rebuild() as rebuild:
        rebuild.add(Shelf.PUBLIC, (change.document for change in changes() if change.document))


def left_by_a_dead_rebuild(folder: Path) -> Path:
    (live,) = folder.glob("g000001-*")
    return Path(shutil.copytree(live, folder / "g000007-00000000"))


def test_what_a_dead_rebuild_left_is_removed_by_the_next(
    engine: WhooshEngine, folder: Path
) -> None:
    put(engine)
    left = left_by_a_dead_rebuild(folder)
    with engine.rebuild() as rebuild:
        assert not left.exists()
        with engine.writing(0):
            rebuild.switch()
    (live,) = folder.glob("g*")
    assert live.name.startswith("g000002-")


def test_what_a_dead_rebuild_left_is_removed_by_the_next_writer(
    engine: WhooshEngine, folder: Path
) -> None:
    put(engine)
    left = left_by_a_dead_rebuild(folder)
    put(engine, 2)
    assert not left.exists()
    assert set(find(engine)) == {1, 2}


def test_a_writer_leaves_a_rebuild_alone_that_is_going_on(
    engine: WhooshEngine, folder: Path
) -> None:
    with engine.rebuild() as rebuild:
        put(engine)
        rebuild.add(Shelf.PUBLIC, [document(2)])
        with engine.writing(0):
            rebuild.switch()
    assert find(engine) == [2]


def test_who_reads_a_generation_reads_it_to_the_end(engine: WhooshEngine) -> None:
    put(engine)
    with engine._store.reading(Shelf.PUBLIC) as snapshot:
        with engine.rebuild() as rebuild, engine.writing(0):
            rebuild.switch()
        text = snapshot.parts[0].arrays.fields["text"]
        assert list(text.terms) == [b"harbour"]
        assert text.docs.tolist() == [0]
    assert find(engine) == []


def test_other_processes_read_without_a_gap_while_generations_come_and_go(
    engine: WhooshEngine, folder: Path
) -> None:
    """Each of them opens the index anew all the time: between reading a name and opening what has
    it, the generation may be removed.
    """
    put(engine)
    context = multiprocessing.get_context("fork")
    done = context.Event()
    readers = [context.Process(target=read_until, args=(folder, done)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for id in range(2, 14):
        with engine.rebuild() as rebuild:
            rebuild.add(Shelf.PUBLIC, [document(1, body="harbour"), document(id, body="storm")])
            with engine.writing(5):
                rebuild.switch()
        put(engine, id, "another storm")
    done.set()
    for reader in readers:
        reader.join()
    assert [reader.exitcode for reader in readers] == [0, 0]


def read_until(folder: Path, done: Event) -> None:
    kept = engine_in(folder, Settled())
    times = 0
    while not done.is_set() or times < 10:
        for engine in (kept, engine_in(folder, Settled())):
            assert find(engine, "harbour") == [1]
        times += 1


@pytest.mark.parametrize(
    "content",
    ["", "nonsense", f"{LAYOUT} g999999-00000000\n", "3 g000001\n", f"{LAYOUT + 1} g000001\n"],
)
def test_an_index_that_cannot_be_trusted_waits_for_a_rebuild(
    engine: WhooshEngine, folder: Path, content: str
) -> None:
    put(engine)
    (folder / "CURRENT").write_text(content)
    before = files(folder)
    for use in (find, lambda engine: put(engine), lambda engine: engine.words("ha", 1)):
        with pytest.raises(IndexUnavailable, match="rebuild_index"):
            use(engine_in(folder))
    assert files(folder) == before
    with engine.rebuild() as rebuild:
        rebuild.add(Shelf.PUBLIC, [document(2, body="harbour")])
        with engine.writing(0):
            rebuild.switch()
    assert find(engine_in(folder), "harbour") == [2]


def test_a_lost_current_is_not_taken_for_an_empty_index(engine: WhooshEngine, folder: Path) -> None:
    put(engine)
    (folder / "CURRENT").unlink()
    with pytest.raises(IndexUnavailable, match="is gone"):
        find(engine_in(folder, Settled()))
    assert list(folder.glob("g000001-*"))


def test_who_died_making_the_first_generation_is_not_in_the_way(
    engine: WhooshEngine, folder: Path
) -> None:
    (folder / "g000001-00000000" / "public").mkdir(parents=True)
    assert find(engine) == []

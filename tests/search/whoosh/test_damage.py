"""Whatever happens to a file of the index: it is noticed, said, and nothing is answered from it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import Change, Forgetful, IndexUnavailable, Shelf
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.storage import MANIFEST
from tests.search.contract.shelves import document, find, search, tell
from tests.search.whoosh.signed import Settled, engine_in

QUERIES = ("", "harbour", '"harbour bridge"', "har* -storm", "date:2009")

Damage = Callable[[Path, st.DataObject], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index with two segments on the public shelf, one of them with a deletion."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        folder = tmp_path_factory.mktemp("sound") / "index"
        fill(engine_in(folder))
        yield folder


@pytest.fixture(scope="module")
def other(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another index, signed with the same key, whose files have the same names."""
    folder = tmp_path_factory.mktemp("other") / "index"
    engine = engine_in(folder)
    fill(engine, "theirs")
    renamed = shutil.copytree(folder, tmp_path_factory.mktemp("renamed") / "index")
    for shelf in Shelf:
        ours, theirs = (sorted(path.glob(f"g*/{shelf}/MAIN_*.*")) for path in (sound, renamed))
        for our, their in zip(ours, theirs, strict=False):
            their.rename(their.with_name(our.name))
    (generation,) = renamed.glob("g*")
    (ours_,) = sound.glob("g*")
    generation.rename(renamed / ours_.name)
    return renamed


def fill(engine: WhooshEngine, word: str = "ours") -> None:
    many = (document(id, f"Story {id}", body=f"harbour bridge {word}") for id in range(300))
    tell(engine, *(Change(each.id, each, Shelf.PUBLIC) for each in many))
    tell(engine, Change(7), Change(500, document(500, body=f"harbour {word}"), Shelf.PUBLIC))
    tell(engine, Change(600, document(600, body=f"draft {word}"), Shelf.DESK))


def files(folder: Path) -> list[str]:
    """Everything that matters: locks hold nothing."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and "LOCK" not in path.name
    )


def answers(engine: WhooshEngine) -> list[object]:
    return [search(engine, query, shelf) for shelf in Shelf for query in QUERIES]


def refused(folder: Path) -> list[str]:
    """Ask everything of both shelves; the reasons, where there was none to ask."""
    reasons = []
    for shelf in Shelf:
        try:
            find(engine_in(folder, Settled()), "harbour", shelf)
        except IndexUnavailable as trouble:
            reasons.append(str(trouble))
    return reasons


# The ways of damage


def cut_short(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])


def made_longer(path: Path, data: st.DataObject) -> None:
    path.write_bytes(path.read_bytes() + data.draw(st.binary(min_size=1, max_size=9)))


def zeroed(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    if not any(content[start:end]):  # then that is no damage
        start, end = 0, len(content)
    content[start:end] = bytes(end - start)
    path.write_bytes(content)


def flipped(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)


def gone(path: Path, data: st.DataObject) -> None:
    path.unlink()


def cut_short_by_one(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def damaged_at_the_end(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def gone_now(path: Path) -> None:
    path.unlink()


WAYS: tuple[Damage, ...] = (cut_short, made_longer, zeroed, flipped, gone)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_to_any_file_is_noticed_before_anything_is_answered(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path_factory.mktemp("damaged") / "index"))
    name = data.draw(st.sampled_from(files(folder)))
    data.draw(st.sampled_from(WAYS))(folder / name, data)
    reasons = refused(folder)
    assert reasons, name
    assert all("rebuild_index" in reason for reason in reasons)
    assert {name} >= set(files(sound)) - set(files(folder)), "and nothing is removed"


def test_every_file_in_turn_may_not_be_that_of_another_index(
    sound: Path, other: Path, tmp_path: Path
) -> None:
    exchanged = sorted({*files(sound)} & {*files(other)} - {"CURRENT"})
    assert len(exchanged) > 3
    for name in exchanged:
        folder = Path(shutil.copytree(sound, tmp_path / "index"))
        shutil.copy(other / name, folder / name)
        assert refused(folder), name
        shutil.rmtree(folder)


def test_a_shelf_may_not_be_the_other_one(sound: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    (live,) = folder.glob("g*")
    shutil.rmtree(live / "public")
    shutil.copytree(live / "desk", live / "public")
    with pytest.raises(IndexUnavailable, match="is that of"):
        find(engine_in(folder))


def test_a_sound_index_answers(sound: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    assert refused(folder) == []
    assert answers(engine_in(folder)) == answers(engine_in(sound))


def test_what_was_signed_with_another_key_is_not_read_and_not_condemned(sound: Path) -> None:
    before = (sound / "CURRENT").read_bytes()
    stranger = WhooshEngine(sound, b"another key", Forgetful())
    with pytest.raises(IndexUnavailable, match="SECRET_KEY"):
        find(stranger)
    assert (sound / "CURRENT").read_bytes() == before
    assert find(engine_in(sound), "draft", Shelf.DESK) == [600]


def test_nothing_is_unpickled_that_is_not_signed(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    for manifest in folder.rglob(MANIFEST):
        signature, rest = manifest.read_bytes().split(b"\n", 1)
        manifest.write_bytes(signature + b"\n" + rest + b" ")
    monkeypatch.setattr("pickle.loads", lambda *_: pytest.fail("this was unpickled"))
    monkeypatch.setattr("pickle.load", lambda *_: pytest.fail("this was unpickled"))
    assert len(refused(folder)) == len(Shelf)
    with pytest.raises(IndexUnavailable):
        tell(engine_in(folder), Change(1))


def test_an_older_commit_put_back_is_noticed_by_who_has_read_a_newer_one(
    sound: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    engine = engine_in(folder)
    tell(engine, Change(700, document(700, body="harbour"), Shelf.PUBLIC))
    assert 700 in find(engine, "harbour")
    live = next(folder.glob("g*"))
    shutil.rmtree(live / "public")
    shutil.copytree(sound / live.name / "public", live / "public")
    with pytest.raises(IndexUnavailable, match="older"):
        find(engine)


# What was found damaged


@pytest.fixture
def damaged(sound: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    largest = max(folder.rglob("*.arrays"), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[-1] ^= 1
    largest.write_bytes(content)
    return folder


def test_what_one_process_found_damaged_no_other_reads(
    damaged: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(IndexUnavailable, match="was changed between its bytes"):
        find(engine_in(damaged))
    assert "was changed between its bytes" in caplog.text
    for largest in damaged.rglob("*.arrays"):  # who comes later need not look
        largest.unlink()
    for shelf in Shelf:
        with pytest.raises(IndexUnavailable, match="was changed between its bytes"):
            find(engine_in(damaged), shelf=shelf)


def test_damage_is_looked_for_once(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_in(damaged)
    monkeypatch.setattr("search.engines.whoosh.current.write_durably", read_only)
    with pytest.raises(IndexUnavailable):
        find(engine)
    monkeypatch.setattr("search.engines.whoosh.sums.block_sums", lambda _: pytest.fail("again"))
    with pytest.raises(IndexUnavailable, match="was changed between its bytes"):
        find(engine)


@pytest.mark.parametrize("how", [cut_short_by_one, damaged_at_the_end, gone_now])
def test_what_is_damaged_while_it_is_open_is_found_by_reading_it_again(
    sound: Path, tmp_path: Path, how: Callable[[Path], None]
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    engine = engine_in(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*.arrays"))
    assert engine.check_bytes() == size
    assert 0 < engine.check_bytes(blocks=1) < size
    how(max(folder.rglob("*.arrays"), key=lambda path: path.stat().st_size))
    with pytest.raises(IndexUnavailable):
        engine.check_bytes()
    for process in (engine, engine_in(folder)):
        with pytest.raises(IndexUnavailable, match="is damaged"):
            find(process)


def test_a_merge_while_it_is_read_again_is_no_damage(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    engine = engine_in(folder)
    monkeypatch.setattr("random.sample", lambda found, _: purge_first(engine, found))
    assert engine.check_bytes(blocks=99) > 0
    assert 7 not in find(engine, "harbour")


def purge_first(engine: WhooshEngine, blocks: list[object]) -> list[object]:
    with engine.writing(5):
        engine.purge()
    return blocks


def read_only(*_: object) -> None:
    raise OSError("read-only")


def rebuilt(folder: Path) -> None:
    engine = engine_in(folder)
    with engine.rebuild() as rebuild:
        rebuild.add(Shelf.PUBLIC, [document(2, body="harbour")])
        with engine.writing(0):
            rebuild.switch()
    assert find(engine_in(folder), "harbour") == [2]


def test_a_rebuild_puts_things_right_and_keeps_what_was_damaged(damaged: Path) -> None:
    (live,) = damaged.glob("g*")
    before = {path.name: path.read_bytes() for path in live.glob("*/*.arrays")}
    refused(damaged)
    rebuilt(damaged)
    kept = damaged / f"aside-{live.name}"
    assert {path.name: path.read_bytes() for path in kept.glob("*/*.arrays")} == before


def test_a_rebuild_notices_that_what_it_replaces_is_damaged(damaged: Path) -> None:
    rebuilt(damaged)
    assert len(list(damaged.glob("aside-g*"))) == 1


def test_only_the_last_damaged_generation_is_kept(damaged: Path) -> None:
    rebuilt(damaged)
    (live,) = damaged.glob("g*")
    next(live.glob("public/*.arrays")).unlink()
    rebuilt(damaged)
    assert [path.name for path in damaged.glob("aside-g*")] == [f"aside-{live.name}"]


def test_a_sound_generation_is_removed_when_another_takes_its_place(
    sound: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    rebuilt(folder)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_a_folder_that_others_may_enter_is_closed(sound: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert refused(folder) == []
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))} == {0}


def test_all_that_is_written_is_ours_alone(sound: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in (sound, *sound.rglob("*"))} == {0}

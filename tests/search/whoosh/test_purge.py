"""After a purge no file of the index has a byte of what left it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from search.document import Entry, IndexDocument
from search.engines.base import Change, Shelf
from search.engines.whoosh.engine import WhooshEngine
from search.language.words import stem
from tests.search.contract.leaving import purge
from tests.search.contract.shelves import document, find, tell
from tests.search.whoosh.signed import engine_in

SECRET = "zyxomorphing"
FORMS = {SECRET.encode(), stem(SECRET).encode()}


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WhooshEngine:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    return engine_in(tmp_path / "index")


def telling(id: int, word: str) -> IndexDocument:
    """An article with a word wherever it has words."""
    named = Entry(word, word, (f"{word} alias",))
    return document(
        id,
        headline=f"Harbour {word}",
        standfirst=f"A {word} of the bridge",
        body=f"The harbour has a {word}. “A {word},” {word} said.",
        byline=word,
        people=[named],
        tags=[named],
        section=word,
        source=word,
        said=[(f"A {word}", named)],
    )


def files_with(folder: Path, words: Iterable[bytes]) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(word in path.read_bytes().lower() for word in words)
    ]


@pytest.mark.parametrize("shelf", Shelf)
@pytest.mark.parametrize(
    "leaves",
    [
        Change(1),
        Change(1, telling(1, "tame"), Shelf.PUBLIC),
        Change(1, telling(1, "tame"), Shelf.DESK),
    ],
    ids=["deleted", "edited and public", "edited at the desk"],
)
def test_no_byte_is_left_of_what_left(
    engine: WhooshEngine, tmp_path: Path, shelf: Shelf, leaves: Change
) -> None:
    others = [Change(id, telling(id, "tame"), shelf) for id in range(2, 400)]
    tell(engine, *others, Change(1, telling(1, SECRET), shelf))
    tell(engine, leaves)
    assert files_with(tmp_path / "index", FORMS), "a merge has purged before us"
    purge(engine)
    assert files_with(tmp_path / "index", FORMS) == []
    assert len(find(engine, "tame", shelf)) >= 398


def test_no_byte_is_left_by_a_rebuild_that_died(engine: WhooshEngine, tmp_path: Path) -> None:
    tell(engine, Change(2, telling(2, "tame"), Shelf.PUBLIC))
    dead = tmp_path / "index" / "g000007" / "public-runs"
    dead.mkdir(parents=True)
    (dead / "run").write_bytes(SECRET.encode())
    purge(engine)
    assert files_with(tmp_path / "index", FORMS) == []


def test_no_byte_is_left_in_what_was_set_aside(engine: WhooshEngine, tmp_path: Path) -> None:
    tell(engine, Change(1, telling(1, SECRET), Shelf.PUBLIC))
    next((tmp_path / "index").glob("g*/desk/MANIFEST")).write_bytes(b"damaged")
    with engine.rebuild() as new, engine.writing(1):
        new.switch()
    assert files_with(tmp_path / "index", FORMS), "nothing was set aside"
    purge(engine)
    assert files_with(tmp_path / "index", FORMS) == []


def test_a_rebuild_that_goes_on_is_not_taken_for_a_dead_one(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    tell(engine, Change(1, telling(1, "tame"), Shelf.PUBLIC))
    with engine.rebuild() as new:
        new.add(Shelf.PUBLIC, [telling(1, "tame")])
        purge(engine)
        with engine.writing(1):
            new.switch()
    assert find(engine, "tame") == [1]


def test_who_searches_already_goes_on(engine: WhooshEngine) -> None:
    tell(engine, *(Change(id, telling(id, "tame"), Shelf.PUBLIC) for id in range(1, 400)))
    tell(engine, Change(1))
    before = engine._store.live().snapshot(Shelf.PUBLIC)
    purge(engine)
    assert sum(1 for _ in before.contents()) == len(find(engine, "tame")) == 398

"""The database remembers its index: one that is lost, exchanged or of last week is noticed."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search import engines, get_engine, outbox
from search.engines.base import Change, Forgetful, IndexUnavailable, Position, Shelf
from search.engines.whoosh.engine import WhooshEngine
from search.ledger import DatabaseLedger
from search.models import IndexChange, IndexGeneration
from search.rebuild import rebuild
from search.verify import Differences, verify
from tests.factories import ArticleFactory
from tests.search.contract.shelves import document
from tests.search.record import held

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings) -> Path:
    return Path(settings.SEARCH_INDEX_DIR)


def restart() -> None:
    """As a process that begins: it has nothing open and remembers nothing."""
    engines._engine_at.cache_clear()


def rows() -> list[tuple[str, int]]:
    return list(IndexGeneration.objects.values_list("name", "commits"))


def test_a_new_archive_begins_an_index_and_remembers_it():
    assert held() == []
    assert rows() == [(get_engine().generation(), 0)]


def test_an_archive_of_which_nothing_is_indexed_yet_begins_one_too(settings):
    settings.SEARCH_SYNC = "worker"
    articles = [ArticleFactory().pk for _ in range(3)]
    outbox.drain_all()
    assert held() == articles


def test_the_database_follows_how_far_the_index_is():
    ArticleFactory()
    assert rows() == [tuple(get_engine().position())]


def test_a_folder_that_was_lost_is_not_begun_anew(folder):
    kept = ArticleFactory()
    shutil.rmtree(folder)
    restart()
    with pytest.raises(IndexUnavailable, match="is gone"):
        held()
    with pytest.raises(CommandError, match="is gone"):
        call_command("verify_index")
    rebuild()
    assert held() == [kept.pk]


def test_a_folder_that_was_lost_under_a_process_is_noticed_by_it(folder):
    ArticleFactory()
    assert len(held()) == 1
    shutil.rmtree(folder)
    with pytest.raises(IndexUnavailable, match="is gone"):
        held()


def test_changes_wait_while_there_is_no_index(folder):
    ArticleFactory()
    shutil.rmtree(folder)
    later = ArticleFactory()
    assert outbox.waiting_articles() == 1
    rebuild()
    assert later.pk in held()
    assert verify(mend=False) == Differences()


def test_what_is_lost_is_asked_of_the_database_once_in_a_while_only(
    folder, django_assert_num_queries
):
    ArticleFactory()
    shutil.rmtree(folder)
    with pytest.raises(IndexUnavailable):
        held()
    with django_assert_num_queries(0), pytest.raises(IndexUnavailable, match="is gone"):
        held()


def test_the_folder_of_another_database_is_not_searched(folder):
    ArticleFactory()
    IndexGeneration.objects.update(name="g000001-00000000")
    restart()
    with pytest.raises(IndexUnavailable, match="another database"):
        held()
    rebuild()
    assert len(held()) == 1
    assert len(rows()) == 1


def test_an_older_state_of_the_folder_is_not_searched(folder, tmp_path):
    ArticleFactory()
    shutil.copytree(folder, tmp_path / "backup")
    ArticleFactory()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "backup", folder)
    restart()
    with pytest.raises(IndexUnavailable, match="earlier hour"):
        held()
    rebuild()
    assert len(held()) == 2


def test_a_folder_that_is_put_back_as_it_was_is_searched(folder, tmp_path):
    kept = ArticleFactory()
    shutil.move(folder, tmp_path / "moved")
    with pytest.raises(IndexUnavailable):
        held()
    shutil.rmtree(folder)
    shutil.move(tmp_path / "moved", folder)
    restart()
    assert held() == [kept.pk]


def test_a_new_archive_sets_aside_what_it_finds(folder):
    with get_engine().writing(5):
        get_engine().update([Change(1)])
    ArticleFactory()
    IndexGeneration.objects.all().delete()
    IndexChange.objects.create(article_id=ArticleFactory._meta.model.objects.get().pk)
    restart()
    assert held() == []
    assert len(list(folder.glob("aside-g*"))) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_dying_while_switching_leaves_an_index_that_is_known(monkeypatch, when):
    """Before CURRENT names the new one, or after that and before the database forgets the old."""
    kept = ArticleFactory()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    current, ledger = "search.engines.whoosh.current.Current", "search.ledger.DatabaseLedger"
    with monkeypatch.context() as dying:
        dying.setattr(f"{current}.put" if when == "before" else f"{ledger}.keep_only", die)
        with pytest.raises(KeyboardInterrupt):
            rebuild()
    restart()
    assert held() == [kept.pk]
    rebuild()
    assert len(rows()) == 1


def test_who_dies_between_index_and_database_does_it_again(monkeypatch):
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("search.ledger.reached", die)
        with pytest.raises(KeyboardInterrupt):
            ArticleFactory()
    restart()
    outbox.drain_all()
    assert len(held()) == 1
    assert rows() == [tuple(get_engine().position())]


def test_both_shelves_count(folder, tmp_path):
    draft = ArticleFactory(status="draft")
    shutil.copytree(folder, tmp_path / "backup")
    draft.headline = "Another"
    draft.save()
    assert held(Shelf.DESK) == [draft.pk]
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "backup", folder)
    restart()
    with pytest.raises(IndexUnavailable, match="earlier hour"):
        held(Shelf.DESK)


def test_a_commit_while_a_process_opens_the_index_makes_it_no_stranger(folder, monkeypatch):
    kept = ArticleFactory()
    restart()
    another, knows = WhooshEngine(folder, engines.index_key(), Forgetful()), DatabaseLedger.knows

    def knows_after_a_commit(ledger: DatabaseLedger, position: Position) -> bool:
        monkeypatch.setattr(DatabaseLedger, "knows", knows)
        with another.writing(5):
            another.update([Change(4711, document(4711), Shelf.DESK)])
        IndexGeneration.objects.update(commits=another.position().commits)
        return knows(ledger, position)

    monkeypatch.setattr(DatabaseLedger, "knows", knows_after_a_commit)
    assert held() == [kept.pk]

"""A rebuild makes the index anew, beside the live one, and loses nothing that changes meanwhile."""

import re
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article, Person, Status, Tag
from search import get_engine, outbox, rebuild, shelving
from search.engines.base import Change, EngineBusy, Shelf
from search.models import DueMark, IndexChange
from search.rebuild import RebuildError, Rebuilt
from search.verify import Differences, verify
from tests.factories import ArticleFactory
from tests.search.record import held, in_outbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engine():
    return get_engine()


@pytest.fixture
def meanwhile(monkeypatch):
    """Have something happen when the new index is filled and not yet switched to."""

    def meanwhile(action) -> None:
        fill = rebuild.fill

        def fill_then_act(*arguments):
            fill(*arguments)
            action()

        monkeypatch.setattr(rebuild, "fill", fill_then_act)

    return meanwhile


@pytest.fixture
def spoil(monkeypatch):
    """Have every document with a text in its headline refused."""

    documents = shelving.documents

    def spoil(text: str, error: type[Exception] = ValueError) -> None:
        def spoilt(*asked):
            for document, is_public in documents(*asked):
                if text in document.headline:
                    raise error(f"cannot take {document.headline}")
                yield document, is_public

        monkeypatch.setattr(shelving, "documents", spoilt)

    return spoil


def lose_the_index(engine) -> None:
    with engine.writing(5):
        engine.update([Change(id) for shelf in Shelf for id in held(shelf)])


def test_it_brings_back_what_was_lost(engine):
    public, draft = ArticleFactory(), ArticleFactory(status=Status.DRAFT)
    lose_the_index(engine)
    assert rebuild.rebuild(chunk=1) == Rebuilt(indexed=2, set_aside=0)
    assert (held(Shelf.PUBLIC), held(Shelf.DESK)) == ([public.pk], [draft.pk])
    assert in_outbox() == set()


def test_an_empty_archive_gives_an_empty_index():
    assert rebuild.rebuild() == Rebuilt(indexed=0, set_aside=0)
    assert held() == []


@pytest.mark.parametrize("mode", ["inline", "worker"])
def test_what_changes_meanwhile_is_in_the_new_index(settings, meanwhile, mode):
    settings.SEARCH_SYNC = mode
    changed, withdrawn, deleted = (
        ArticleFactory(headline="One"),
        ArticleFactory(headline="Two"),
        ArticleFactory(headline="Three"),
    )

    def act():
        Article.objects.filter(pk=changed.pk).update(headline="New")
        Article.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)
        deleted.delete()
        ArticleFactory(headline="Four").save()

    meanwhile(act)
    rebuild.rebuild()
    assert verify(mend=False) == Differences()
    assert in_outbox() == set()


def test_only_what_came_since_is_replayed_while_nobody_else_may_write(
    settings, monkeypatch, meanwhile, engine
):
    settings.SEARCH_SYNC = "worker"
    made, replayed, writing, update = [], [], engine.writing, rebuild.update

    def write_another():
        made.append(ArticleFactory().pk)

    def writing_after_another(wait):
        write_another()
        return writing(wait)

    def remember(new, ids):
        replayed.append(ids)
        return update(new, ids)

    meanwhile(write_another)
    monkeypatch.setattr(engine, "writing", writing_after_another)
    monkeypatch.setattr(rebuild, "update", remember)
    rebuild.rebuild()
    assert replayed == [[made[0]], [made[1]]]
    assert held() == made


@pytest.mark.parametrize("is_new_database", [False, True])
def test_what_waited_before_it_began_is_read_and_not_replayed(
    settings, monkeypatch, is_new_database
):
    settings.SEARCH_SYNC = "worker"
    articles = [ArticleFactory(people=["Ann Vale"]).pk for _ in range(3)]
    if is_new_database:
        DueMark.objects.all().delete()  # then each article is noted as one that may have come due
    monkeypatch.setattr(rebuild, "update", lambda *_: pytest.fail("this was replayed"))
    assert rebuild.rebuild() == Rebuilt(indexed=3, set_aside=0)
    assert held() == articles
    assert in_outbox() == set()


def test_a_name_that_changes_after_it_was_read_is_new_in_all_articles(settings):
    settings.SEARCH_SYNC = "worker"
    for _ in range(2):
        ArticleFactory(people=["Ann Vale"], tags=["flood"])

    def rename(done, total):
        if done == 1:
            Person.objects.update(name="Anne Vale")
            Tag.objects.update(name="floods")

    rebuild.rebuild(rename, chunk=1)
    assert verify(mend=False) == Differences()
    assert in_outbox() == set()


def test_the_live_index_follows_meanwhile(meanwhile):
    ArticleFactory()
    found = []

    def act():
        made = ArticleFactory(headline="Meanwhile")
        found.append(made.pk in held())

    meanwhile(act)
    rebuild.rebuild()
    assert found == [True]


def test_what_the_engine_puts_off_is_done_before_others_have_to_wait(monkeypatch, engine):
    ArticleFactory()
    done, building, writing = [], engine.rebuild, engine.writing

    @contextmanager
    def watched():
        with building() as new:
            update = new.update
            monkeypatch.setattr(new, "update", lambda it: done.append("put off") or update(it))
            yield new

    monkeypatch.setattr(engine, "rebuild", watched)
    monkeypatch.setattr(engine, "writing", lambda wait: done.append("waiting") or writing(wait))
    rebuild.rebuild()
    assert done[:2] == ["put off", "waiting"]


def test_stopping_it_leaves_the_live_index_and_the_outbox_in_order(meanwhile, engine):
    kept = ArticleFactory()

    def act():
        ArticleFactory(headline="Meanwhile")
        raise KeyboardInterrupt

    meanwhile(act)
    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild()
    assert kept.pk in held()
    assert not engine.rebuilding()
    assert outbox.waiting_articles() == 0
    assert verify() == Differences()


def test_rows_that_a_dead_rebuild_left_behind_are_forgotten():
    dead = ArticleFactory()
    IndexChange.objects.create(article_id=dead.pk, applied=True)
    rebuild.rebuild()
    assert in_outbox() == set()


def test_only_one_at_a_time(engine):
    with engine.rebuild(), pytest.raises(EngineBusy):
        rebuild.rebuild()


def test_a_bad_article_is_set_aside_and_the_rest_goes_in(spoil):
    good, bad = ArticleFactory(headline="Good"), ArticleFactory(headline="Bad")
    spoil("Bad")
    assert rebuild.rebuild() == Rebuilt(indexed=1, set_aside=1)
    assert held() == [good.pk]
    [row] = outbox.set_aside()
    assert (row.article_id, row.error) == (bad.pk, "ValueError: cannot take Bad")


def test_a_bad_article_that_is_mended_meanwhile_goes_in(spoil, monkeypatch, engine):
    bad, writing = ArticleFactory(headline="Bad"), engine.writing
    ArticleFactory(headline="Good")
    spoil("Bad")

    def writing_after_mending(wait):
        monkeypatch.setattr(engine, "writing", writing)
        Article.objects.filter(pk=bad.pk).update(headline="Mended")
        return writing(wait)

    monkeypatch.setattr(engine, "writing", writing_after_mending)
    assert rebuild.rebuild() == Rebuilt(indexed=2, set_aside=0)
    assert in_outbox() == set()


def test_what_was_set_aside_gets_another_chance():
    mended = ArticleFactory()
    IndexChange.objects.create(article_id=mended.pk, error="ValueError: no")
    assert rebuild.rebuild() == Rebuilt(indexed=1, set_aside=0)
    assert in_outbox() == set()


@pytest.mark.parametrize("error", [OSError, TypeError])
def test_an_engine_that_takes_nothing_is_to_blame_itself(spoil, error):
    kept = [ArticleFactory().pk, ArticleFactory().pk]
    spoil("", error)
    with pytest.raises(error):
        rebuild.rebuild()
    assert held() == kept
    assert in_outbox() == set()


def test_an_index_that_lacks_an_article_is_not_switched_to(monkeypatch):
    kept = ArticleFactory()
    monkeypatch.setattr(rebuild, "add", lambda *_: None)
    with pytest.raises(RebuildError, match=f"among them {kept.pk}"):
        rebuild.rebuild()
    assert held() == [kept.pk]


def test_progress_counts_articles():
    for _ in range(3):
        ArticleFactory()
    seen = []
    rebuild.rebuild(lambda done, total: seen.append((done, total)), chunk=2)
    assert seen == [(0, 3), (2, 3), (3, 3)]


class TestCommand:
    def test_says_what_it_did(self, capsys):
        ArticleFactory()
        call_command("rebuild_index")
        assert re.search(r"with 1 articles \([\d,]+ a second\)", capsys.readouterr().out)

    def test_says_that_another_one_is_going_on(self, engine):
        with engine.rebuild(), pytest.raises(CommandError):
            call_command("rebuild_index")

    def test_says_that_it_was_stopped(self, meanwhile):
        def stop():
            raise KeyboardInterrupt

        meanwhile(stop)
        with pytest.raises(CommandError, match="live index is as it was") as stopped:
            call_command("rebuild_index")
        assert stopped.value.returncode == 130

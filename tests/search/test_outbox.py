"""How the index follows the database: nothing lost, nothing false, nobody held up."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from archive.models import Article, Status
from search import get_engine, outbox
from search.engines.base import EngineBusy, Shelf
from search.models import DueMark, IndexChange
from search.outbox import Drained, drain, drain_all
from tests.factories import ArticleFactory, TagFactory
from tests.search.record import held, in_outbox

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2009, 12, 17, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def by_worker(settings):
    """Only what a test drains is drained."""
    settings.SEARCH_SYNC = "worker"


@pytest.fixture
def engine():
    return get_engine()


@pytest.fixture
def refuse(monkeypatch, engine):
    """Have the engine raise over every document whose headline contains a text."""
    update = engine.update

    def refuse(text: str, error: type[Exception] = ValueError) -> None:
        def picky(changes):
            changes = list(changes)
            for change in changes:
                if change.document and text in change.document.headline:
                    raise error(f"cannot take {change.document.headline}")
            update(changes)

        monkeypatch.setattr(engine, "update", picky)

    return refuse


@pytest.mark.usefixtures("by_worker")
class TestDraining:
    def test_public_articles_go_on_the_public_shelf_and_others_on_the_desk(self):
        public, draft = ArticleFactory(), ArticleFactory(status=Status.DRAFT)
        assert drain() == Drained(applied=2, set_aside=0)
        assert (held(Shelf.PUBLIC), held(Shelf.DESK)) == ([public.pk], [draft.pk])
        assert in_outbox() == set()

    def test_what_is_withdrawn_leaves_the_public_shelf_and_what_is_gone_leaves_both(self):
        withdrawn, gone = ArticleFactory(), ArticleFactory()
        drain()
        Article.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)
        gone.delete()
        drain()
        assert (held(Shelf.PUBLIC), held(Shelf.DESK)) == ([], [withdrawn.pk])

    def test_a_batch_takes_whole_articles_and_those_that_waited_longest(self):
        first, second, third = (ArticleFactory(tags=["harbour", "flood"]) for _ in range(3))
        first.save()
        assert drain(limit=2) == Drained(applied=2, set_aside=0, more=True)
        assert held() == [first.pk, second.pk]
        assert in_outbox() == {third.pk}

    def test_a_correction_does_not_wait_for_all_that_an_import_adds(self):
        corrected = ArticleFactory()
        drain()
        ArticleFactory.create_batch(3)
        Article.objects.filter(pk=corrected.pk).update(headline="Harbour opens")
        drain(limit=2)
        assert corrected.pk not in in_outbox()

    def test_what_is_new_does_not_wait_for_all_corrections(self):
        corrected = ArticleFactory.create_batch(3)
        drain()
        new = ArticleFactory()
        Article.objects.filter(pk__in=[one.pk for one in corrected]).update(place="Port Vale")
        drain(limit=2)
        assert new.pk not in in_outbox()

    def test_corrections_are_found_without_reading_what_else_waits(self):
        if connection.vendor == "postgresql":
            pytest.skip("PostgreSQL reads so small a table whole")
        plan = outbox.changed()[:1].explain()
        assert "index_change_hides" in plan
        assert "TEMP B-TREE" not in plan

    def test_everything_is_drained_in_chunks_with_progress(self):
        for _ in range(5):
            ArticleFactory()
        seen = []
        drained = drain_all(lambda done, total: seen.append((done, total)), chunk=2)
        assert drained == Drained(applied=5, set_aside=0)
        assert seen == [(2, 5), (4, 5), (5, 5)]

    def test_a_change_made_while_the_index_commits_waits_for_the_next_batch(
        self, monkeypatch, engine
    ):
        changed = ArticleFactory(headline="Old headline")
        update = engine.update

        def and_meanwhile(changes):
            update(changes)
            Article.objects.filter(pk=changed.pk).update(headline="New headline")

        monkeypatch.setattr(engine, "update", and_meanwhile)
        assert drain().more

    def test_an_editor_can_save_while_the_index_commits(self, monkeypatch, engine):
        ArticleFactory()
        update = engine.update

        def outside_of_any_transaction(changes):
            assert not connection.in_atomic_block
            update(changes)

        monkeypatch.setattr(engine, "update", outside_of_any_transaction)
        drain()

    def test_dying_after_the_index_has_committed_only_means_doing_it_again(self, monkeypatch):
        kept = ArticleFactory()
        with monkeypatch.context() as dying:
            dying.setattr(outbox, "settle", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                drain()
        assert in_outbox() == {kept.pk}
        assert drain().applied == 1
        assert held() == [kept.pk]

    def test_dying_before_the_index_has_committed_only_means_doing_it_again(
        self, monkeypatch, engine
    ):
        kept = ArticleFactory()
        with monkeypatch.context() as dying:
            dying.setattr(engine, "update", lambda _: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                drain()
        assert drain().applied == 1
        assert held() == [kept.pk]

    def test_another_writer_is_waited_for_only_so_long(self, engine):
        ArticleFactory()
        with writing_elsewhere(engine), pytest.raises(EngineBusy):
            drain(wait=0)
        assert drain().applied == 1

    def test_rows_are_kept_for_a_rebuild_that_is_going_on(self, engine):
        kept = ArticleFactory()
        with engine.rebuild():
            assert drain() == Drained(applied=1, set_aside=0)
            assert in_outbox() == {kept.pk}
            assert outbox.hidden_ids() == frozenset()

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
    def test_a_change_committed_late_with_a_smaller_id_is_not_missed(self):
        ArticleFactory(headline="Early")
        drain()
        [late, may_commit] = [threading.Event(), threading.Event()]

        def commit_late():
            with transaction.atomic():
                ArticleFactory(headline="Late")
                late.set()
                may_commit.wait(20)
            connection.close()

        writer = threading.Thread(target=commit_late)
        writer.start()
        late.wait(20)
        ArticleFactory(headline="Quick")
        assert drain() == Drained(applied=1, set_aside=0)
        may_commit.set()
        writer.join()
        drain()
        assert held() == sorted(Article.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("by_worker")
class TestABadArticle:
    def test_is_set_aside_with_its_error_and_blocks_nobody(self, refuse):
        good, bad, other = (
            ArticleFactory(headline="Good"),
            ArticleFactory(headline="Bad"),
            ArticleFactory(headline="Good too"),
        )
        refuse("Bad")
        assert drain() == Drained(applied=2, set_aside=1)
        assert held() == [good.pk, other.pk]
        [row] = IndexChange.objects.all()
        assert (row.article_id, row.error) == (bad.pk, "ValueError: cannot take Bad")

    def test_leaves_the_index_because_what_stood_there_is_no_longer_true(self, refuse):
        bad, good = ArticleFactory(headline="One"), ArticleFactory(headline="Two")
        drain()
        Article.objects.filter(pk=bad.pk).update(headline="Bad")
        refuse("Bad")
        drain()
        assert held() == [good.pk]

    def test_is_tried_again_when_it_changes(self, refuse):
        bad, good = (
            ArticleFactory(headline="Bad", tags=["harbour"]),
            ArticleFactory(headline="Good"),
        )
        refuse("Bad")
        drain()
        assert drain() == Drained(applied=0, set_aside=0)
        Article.objects.filter(pk=bad.pk).update(headline="Mended")
        assert drain() == Drained(applied=1, set_aside=0)
        assert held() == [bad.pk, good.pk]
        assert in_outbox() == set()

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such a date")
    def test_may_be_one_that_cannot_even_be_read(self):
        good, bad = ArticleFactory(), ArticleFactory()
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Article._meta.db_table} SET first_published = '2009-02-31 10:00:00'"
                f" WHERE id = {bad.pk}"
            )
        assert drain() == Drained(applied=1, set_aside=1)
        assert held() == [good.pk]

    def test_may_be_the_only_one_there_is(self, refuse):
        ArticleFactory(headline="Bad")
        refuse("Bad")
        assert drain() == Drained(applied=0, set_aside=1)


@pytest.mark.usefixtures("by_worker")
class TestABadEngine:
    @pytest.mark.parametrize("error", [OSError, EngineBusy, TypeError])
    def test_blames_no_article(self, refuse, error):
        settled = ArticleFactory(headline="One")
        drain()
        for _ in range(3):
            ArticleFactory(headline="Another")
        refuse("", error)
        with pytest.raises(error):
            drain()
        assert outbox.waiting_articles() == 3
        assert held() == [settled.pk]

    def test_is_told_from_a_bad_article_by_one_that_was_taken_before(self, refuse):
        ArticleFactory(headline="Good")
        drain()
        ArticleFactory(headline="Bad"), ArticleFactory(headline="Bad")
        refuse("Bad")
        assert drain() == Drained(applied=0, set_aside=2)


class TestWhatBecomesDue:
    """Nothing is written when an hour comes, so no trigger tells of it."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"status": Status.SCHEDULED, "first_published": NOON},
            {"status": Status.PUBLISHED, "first_published": NOON},
            {"status": Status.PUBLISHED, "embargo_until": NOON},
        ],
        ids=["scheduled", "dated ahead", "embargo"],
    )
    def test_enters_the_public_shelf_with_the_next_search(self, fields):
        with time_machine.travel(NOON - HOUR, tick=False) as clock:
            due = ArticleFactory(**fields)
            outbox.catch_up()
            assert (held(Shelf.PUBLIC), held(Shelf.DESK)) == ([], [due.pk])
            clock.move_to(NOON)
            outbox.catch_up()
            assert (held(Shelf.PUBLIC), held(Shelf.DESK)) == ([due.pk], [])

    def test_is_noted_once(self):
        with time_machine.travel(NOON - HOUR, tick=False) as clock:
            outbox.note_due()
            ArticleFactory(embargo_until=NOON)
            clock.move_to(NOON + HOUR)
            assert outbox.note_due() == 1
            assert outbox.note_due() == 0

    def test_is_noted_again_when_the_clock_was_put_back(self):
        with time_machine.travel(NOON + HOUR, tick=False) as clock:
            outbox.note_due()
            due = ArticleFactory(embargo_until=NOON)
            outbox.catch_up()
            assert held() == [due.pk]
            clock.move_to(NOON - HOUR)
            outbox.catch_up()
            assert held() == []
            clock.move_to(NOON)
            outbox.catch_up()
            assert held() == [due.pk]

    def test_is_not_missed_by_a_clock_that_was_put_back_before_it_was_written(self):
        with time_machine.travel(NOON + 2 * HOUR, tick=False) as clock:
            outbox.note_due()
            clock.move_to(NOON - HOUR)
            due = ArticleFactory(embargo_until=NOON)
            assert held(Shelf.DESK) == [due.pk]
            clock.move_to(NOON)
            outbox.catch_up()
            assert held() == [due.pk]

    def test_is_not_missed_where_the_mark_was_lost(self):
        with time_machine.travel(NOON - HOUR, tick=False) as clock:
            due = ArticleFactory(embargo_until=NOON)
            clock.move_to(NOON + HOUR)
            DueMark.objects.all().delete()
            outbox.catch_up()
            assert held() == [due.pk]


@pytest.mark.usefixtures("by_worker")
class TestHiddenIds:
    """What the public index may still hold although it is not public."""

    def test_withdrawn_embargoed_and_deleted_articles_are_hidden_until_they_are_drained(self):
        withdrawn, embargoed, deleted, public = (ArticleFactory() for _ in range(4))
        drain()
        assert outbox.hidden_ids() == frozenset()
        Article.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)
        later = datetime.now(tz=UTC) + HOUR
        Article.objects.filter(pk=embargoed.pk).update(embargo_until=later)
        gone = deleted.pk
        deleted.delete()
        public.save()
        assert outbox.hidden_ids() == {withdrawn.pk, embargoed.pk, gone}
        drain()
        assert outbox.hidden_ids() == frozenset()

    def test_what_was_never_in_the_index_is_not_asked_about(self):
        ArticleFactory(status=Status.DRAFT, people=["Ann Vale"], tags=["harbour"])
        assert outbox.waiting().exists()
        assert outbox.hidden_ids() == frozenset()

    def test_are_found_among_what_changed_alone(self):
        if connection.vendor == "postgresql":
            pytest.skip("PostgreSQL reads so small a table whole")
        with CaptureQueriesContext(connection) as queries:
            outbox.hidden_ids()
        (query,) = queries.captured_queries
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            assert "USING INDEX index_change_hides" in str(cursor.fetchall())

    def test_what_was_set_aside_stays_hidden(self, refuse):
        bad = ArticleFactory(headline="Bad", status=Status.DRAFT)
        refuse("Bad")
        drain()
        assert outbox.hidden_ids() == {bad.pk}

    def test_cost_one_query(self, django_assert_num_queries):
        ArticleFactory(status=Status.DRAFT)
        with django_assert_num_queries(1):
            outbox.hidden_ids()


class TestInline:
    def test_a_change_is_in_the_index_when_its_transaction_is(self):
        with transaction.atomic():
            kept = ArticleFactory(tags=["harbour"])
            assert held() == []
        assert held() == [kept.pk]
        TagFactory(name="harbour").articles.clear()
        kept.delete()
        assert held() == []

    def test_one_transaction_is_followed_by_one_drain(self, monkeypatch):
        drained = []
        monkeypatch.setattr(outbox, "drain", lambda *_: drained.append(1))
        with transaction.atomic():
            for _ in range(3):
                ArticleFactory(tags=["harbour"])
        assert drained == [1]

    def test_a_savepoint_that_is_rolled_back_does_not_take_the_drain_with_it(self):
        with transaction.atomic():
            with transaction.atomic():
                ArticleFactory()
                transaction.set_rollback(True)
            kept = ArticleFactory()
        assert held() == [kept.pk]

    def test_a_failing_index_is_logged_and_leaves_the_editor_alone(self, refuse, caplog):
        refuse("", OSError)
        kept = ArticleFactory()
        assert f"cannot take {kept.headline}" in caplog.text
        assert in_outbox() == {kept.pk}

    def test_a_search_drains_what_signals_missed(self):
        source = ArticleFactory().source
        [bulk] = Article.objects.bulk_create(
            [Article(source=source, headline="In bulk", status=Status.PUBLISHED)]
        )
        outbox.catch_up()
        assert bulk.pk in held()

    def test_a_search_does_not_wait_for_another_writer(self, engine):
        source = ArticleFactory().source
        [kept] = Article.objects.bulk_create([Article(source=source, headline="In bulk")])
        with writing_elsewhere(engine):
            outbox.catch_up()
        assert in_outbox() == {kept.pk}

    def test_a_search_with_nothing_to_catch_up_costs_one_small_query(
        self, django_assert_num_queries
    ):
        ArticleFactory()
        outbox.catch_up()
        with django_assert_num_queries(1):
            outbox.catch_up()


@pytest.mark.usefixtures("by_worker")
class TestWithAWorker:
    def test_no_web_process_writes_the_index(self, django_assert_num_queries):
        kept = ArticleFactory()
        with django_assert_num_queries(0):
            outbox.catch_up()
        assert held() == []
        assert in_outbox() == {kept.pk}


def writing_elsewhere(engine):
    """Another writer, in a thread of its own, for as long as the block lasts."""
    return _Writer(engine)


class _Writer:
    def __init__(self, engine):
        self.engine = engine
        self.has_it, self.may_go = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.hold)

    def hold(self):
        with self.engine.writing(20):
            self.has_it.set()
            self.may_go.wait(20)

    def __enter__(self):
        self.thread.start()
        self.has_it.wait(20)

    def __exit__(self, *_):
        self.may_go.set()
        self.thread.join()

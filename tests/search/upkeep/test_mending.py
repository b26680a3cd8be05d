"""An index that cannot be trusted is made anew by itself: once, and again ever less often."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from search import engines, get_engine
from search.engines.base import IndexUnavailable
from search.models import IndexChange
from search.outbox import drain
from search.rebuild import rebuild
from search.upkeep import background, mending
from search.upkeep.notes import remembered
from tests.factories import ArticleFactory
from tests.search.record import held

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TROUBLE = IndexUnavailable("A file is damaged.")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def worker(settings):
    settings.SEARCH_SYNC = "worker"


def damage(settings) -> None:
    """Have the index look damaged, to all who open it anew."""
    [current] = Path(settings.SEARCH_INDEX_DIR).glob("CURRENT")
    current.write_text("nonsense")
    engines._engine_at.cache_clear()


def test_a_request_begins_one_rebuild_and_the_log_says_why(started, clock, caplog):
    for _ in range(3):
        mending.mend_soon(TROUBLE)
    assert started == ["rebuild_index"]
    [said] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert said.getMessage() == "A new search index is made, because: A file is damaged."


def test_of_threads_that_come_at_once_one_begins_it(started):
    gate = threading.Barrier(8)

    def come():
        gate.wait()
        mending.mend_soon(TROUBLE)

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert started == ["rebuild_index"]


def test_what_fails_is_tried_again_ever_less_often(started, clock):
    begun = []
    for minute in range(24 * 60):
        clock.move_to(NOON + timedelta(minutes=minute))
        mending.mend_soon(TROUBLE)
        if len(started) > len(begun):
            begun.append(minute)
    assert begun == [0, 1, 5, 21, 85, 341, 701, 1061, 1421]


def test_after_a_day_without_trouble_it_is_tried_as_if_for_the_first_time(started, clock):
    for later in (
        timedelta(),
        timedelta(minutes=1),
        timedelta(days=2),
        timedelta(days=2, minutes=1),
    ):
        clock.move_to(NOON + later)
        mending.mend_soon(TROUBLE)
    assert len(started) == 4


def test_a_clock_that_is_put_back_keeps_nobody_waiting(started, clock):
    mending.mend_soon(TROUBLE)
    clock.move_to(NOON - timedelta(days=400))
    mending.mend_soon(TROUBLE)
    assert len(started) == 2


def test_who_still_has_trouble_with_the_old_index_begins_no_other(started):
    rebuild()
    mending.mend_soon(TROUBLE)
    assert started == []


def test_none_is_begun_beside_one_that_goes_on(started):
    with get_engine().rebuild():
        mending.mend_soon(TROUBLE)
    assert started == []


def test_notes_that_make_no_sense_are_forgotten(started, settings):
    Path(settings.SEARCH_INDEX_DIR).with_name("index-rebuild.json").write_text("[1, ")
    mending.mend_soon(TROUBLE)
    assert started == ["rebuild_index"]


def test_a_request_is_answered_whatever_befalls_the_mending(monkeypatch, caplog):
    def fail(command):
        raise OSError("no more processes")

    monkeypatch.setattr(background, "start", fail)
    mending.mend_soon(TROUBLE)
    assert "no more processes" in caplog.text


def test_with_a_worker_a_request_begins_nothing_and_tells_the_worker(started, worker):
    mending.mend_soon(TROUBLE)
    assert started == []
    assert mending.trouble() == "A file is damaged."
    assert mending.take_turn()
    assert mending.trouble() == ""


def test_the_worker_sees_for_itself_that_an_index_is_damaged(settings, worker):
    get_engine().generation()
    assert mending.trouble() == ""
    damage(settings)
    assert "rebuild_index" in mending.trouble()


def test_a_search_of_a_damaged_index_has_it_made_anew(client, settings, started):
    kept = ArticleFactory().pk
    drain()
    damage(settings)
    client.get("/search/")
    assert started == ["rebuild_index"]
    IndexChange.objects.all().delete()
    rebuild()
    assert held() == [kept]
    assert "no-store" not in client.get("/search/")["Cache-Control"]


def test_notes_are_written_only_where_they_change(settings):
    with remembered("this") as notes:
        notes["said"] = 1
    path = Path(settings.SEARCH_INDEX_DIR).with_name("index-this.json")
    before = path.stat().st_mtime_ns
    with remembered("this") as notes:
        assert notes == {"said": 1}
    assert path.stat().st_mtime_ns == before
    assert path.stat().st_mode & 0o777 == 0o600

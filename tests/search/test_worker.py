"""The worker keeps the index up to date, publishes what is due, and outlives trouble."""

import os
import signal
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archive.models import Article, Status
from search import engines, get_engine
from search.engines.base import EngineBusy, IndexOutdated, IndexUnavailable
from search.engines.whoosh import arrays
from search.management.commands import index_worker
from search.models import IndexChange
from search.outbox import drain
from search.rebuild import RebuildError
from search.upkeep import mending
from tests.factories import ArticleFactory
from tests.search.record import held, in_outbox

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2009, 12, 17, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def worker_mode(settings):
    settings.SEARCH_SYNC = "worker"
    IndexChange.objects.all().delete()


class Rounds(Event):
    """Tells a worker to stop after so many pauses, which take no time, and remembers them."""

    def __init__(self, most: int):
        super().__init__()
        self.most, self.pauses = most, []

    def wait(self, timeout=None):
        self.pauses.append(timeout)
        if len(self.pauses) == self.most:
            self.set()
        return True


@pytest.fixture
def drain_raises(monkeypatch):
    """Have the next drains raise these errors, one each, and succeed from then on."""

    def drain_raises(*errors: Exception) -> None:
        drain, left = index_worker.drain, list(errors)

        def next_drain(*arguments, **options):
            if left:
                raise left.pop(0)
            return drain(*arguments, **options)

        monkeypatch.setattr(index_worker, "drain", next_drain)

    return drain_raises


def test_once_indexes_all_that_waits(capsys):
    kept = [ArticleFactory().pk for _ in range(3)]
    call_command("index_worker", "--once")
    assert held() == kept
    assert "indexed 3, set aside 0\n" in capsys.readouterr().out


def test_once_says_who_is_in_its_way(drain_raises):
    drain_raises(EngineBusy("Somebody else writes the index."))
    with pytest.raises(CommandError, match="Somebody else"):
        call_command("index_worker", "--once")


def test_it_publishes_what_was_scheduled():
    with time_machine.travel(NOON - HOUR, tick=False) as clock:
        scheduled = ArticleFactory(status=Status.SCHEDULED, first_published=NOON)
        call_command("index_worker", "--once")
        assert held() == []
        clock.move_to(NOON)
        call_command("index_worker", "--once")
        assert held() == [scheduled.pk]
        assert Article.objects.get().status == Status.PUBLISHED


def test_it_indexes_what_an_embargo_frees():
    with time_machine.travel(NOON - HOUR, tick=False) as clock:
        freed = ArticleFactory(embargo_until=NOON)
        call_command("index_worker", "--once")
        clock.move_to(NOON)
        call_command("index_worker", "--once")
        assert held() == [freed.pk]


def test_it_pauses_between_looks_and_not_between_batches(monkeypatch):
    monkeypatch.setattr(index_worker, "drain", partial(drain, limit=1))
    for _ in range(3):
        ArticleFactory()
    rounds = Rounds(3)
    index_worker.Command().work(rounds, interval=7)
    assert rounds.pauses == [0, 0, 7]


@pytest.mark.parametrize(
    "error", [OSError("No space left"), IndexUnavailable("Run it."), OperationalError("gone")]
)
def test_it_outlives_trouble_with_growing_pauses_and_says_so(drain_raises, capsys, error):
    kept = ArticleFactory()
    drain_raises(*[error] * 8)
    rounds = Rounds(9)
    index_worker.Command().work(rounds, interval=1)
    assert rounds.pauses == [2, 4, 8, 16, 32, 60, 60, 60, 1]
    assert str(error) in capsys.readouterr().err
    assert held() == [kept.pk]


def test_it_says_that_another_process_is_writing_and_waits(drain_raises, capsys):
    kept = ArticleFactory()
    drain_raises(EngineBusy("locked"))
    index_worker.Command().work(Rounds(2), interval=1)
    assert "Another process is writing" in capsys.readouterr().err
    assert held() == [kept.pk]


def of_another_layout(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current = folder / "CURRENT"
    current.write_text(f"9{current.read_text()}")


def with_a_segment_of_another_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "VERSION", arrays.VERSION + 1)


@pytest.fixture(params=[of_another_layout, with_a_segment_of_another_version])
def outdated(request: pytest.FixtureRequest, settings, monkeypatch):
    """Index an article, and have the index look as if another version had written it."""
    kept = ArticleFactory()
    drain()
    request.param(Path(settings.SEARCH_INDEX_DIR), monkeypatch)
    engines._engine_at.cache_clear()
    return kept.pk


@pytest.mark.parametrize("options", [["--once"], []])
def test_an_index_of_another_version_is_made_anew_and_that_is_said(outdated, capsys, options):
    with pytest.raises(IndexOutdated):
        held()
    if options:
        call_command("index_worker", *options)
    else:
        index_worker.Command().work(Rounds(1), interval=1)
    assert held() == [outdated]
    said = capsys.readouterr()
    assert "This is done now." in said.err
    assert "version" in said.err
    assert "with 1 articles" in said.out


def test_a_rebuild_that_fails_is_said_and_not_tried_at_once_again(outdated, monkeypatch, capsys):
    tried = []

    def fail(*arguments):
        tried.append(arguments)
        raise RebuildError("No space left")

    monkeypatch.setattr(index_worker, "rebuild", fail)
    ArticleFactory()
    index_worker.Command().work(Rounds(3), interval=1)
    assert len(tried) == 1
    assert "No space left" in capsys.readouterr().err
    with pytest.raises(CommandError, match="space"):
        call_command("index_worker", "--once")


def test_a_rebuild_stops_when_told_to(outdated, monkeypatch, capsys):
    stopping = Event()

    def stop():
        stopping.set()
        return True

    monkeypatch.setattr(mending, "take_turn", stop)
    index_worker.Command().work(stopping, interval=1)
    assert "told to stop" in capsys.readouterr().err
    with pytest.raises(IndexOutdated):
        held()


def test_an_index_that_is_damaged_while_it_works_is_made_anew_and_set_aside(settings, capsys):
    kept = ArticleFactory().pk
    folder = Path(settings.SEARCH_INDEX_DIR)

    class AndDamage(Rounds):
        def wait(self, timeout=None):
            for segment in folder.glob("*/public/*.arrays"):
                segment.write_bytes(b"nonsense")
            engines._engine_at.cache_clear()
            return super().wait(timeout)

    index_worker.Command().work(AndDamage(1), interval=1)
    index_worker.Command().work(Rounds(1), interval=1)
    assert "This is done now." in capsys.readouterr().err
    assert held() == [kept]
    assert [path.read_bytes() for path in folder.glob("aside-*/public/*.arrays")] == [b"nonsense"]


def test_what_a_request_has_found_damaged_is_made_anew(capsys):
    kept = ArticleFactory().pk
    drain()
    before = get_engine().generation()
    mending.mend_soon(IndexUnavailable("A request could not read it."))
    index_worker.Command().work(Rounds(1), interval=1)
    assert "A request could not read it. This is done now." in capsys.readouterr().err
    assert (held(), get_engine().generation() == before) == ([kept], False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_batch(monkeypatch, number):
    kept = [ArticleFactory().pk for _ in range(3)]
    engine = get_engine()
    update = engine.update

    def and_a_signal(changes):
        os.kill(os.getpid(), number)
        update(changes)

    monkeypatch.setattr(engine, "update", and_a_signal)
    before = signal.getsignal(number)
    call_command("index_worker", "--interval", "3600")
    assert held() == kept
    assert in_outbox() == set()
    assert signal.getsignal(number) is before


def test_damage_under_an_open_index_is_found_and_the_index_made_anew(settings, capsys):
    kept = ArticleFactory()
    drain()
    assert held() == [kept.pk]
    [segment] = Path(settings.SEARCH_INDEX_DIR).glob("g*/public/*.arrays")
    content = bytearray(segment.read_bytes())
    content[-1] ^= 1
    segment.write_bytes(content)
    index_worker.Command().work(Rounds(2), interval=1)
    said = capsys.readouterr()
    assert "was changed between its bytes" in said.err
    assert "with 1 articles" in said.out
    assert held() == [kept.pk]

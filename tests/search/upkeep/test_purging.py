"""What left the index leaves its files: soon, by itself, and not again and again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from archive.models import Article, Status
from search import get_engine, outbox
from search.engines.base import Remains
from search.management.commands.index_worker import Command
from search.upkeep import purging
from search.upkeep.notes import remembered
from tests.factories import ArticleFactory, PersonFactory, SourceFactory

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
GONE, EDITED, NOTHING = Remains(1, 5), Remains(0, 5), Remains(0, 0)


@pytest.mark.parametrize(
    ("remains", "since", "took", "due"),
    [
        (GONE, 59, 1, False),
        (GONE, 61, 1, True),
        (GONE, 61, 10, False),
        (GONE, 201, 10, True),
        (GONE, -5, 1, True),
        (EDITED, 23 * 3600, 1, False),
        (EDITED, 25 * 3600, 1, True),
        (NOTHING, 10**9, 1, False),
    ],
)
def test_a_purge_is_due_by_what_remains_and_by_what_the_last_one_took(remains, since, took, due):
    assert purging.is_due(remains, since, took) is due


@pytest.fixture
def archive(transactional_db):
    """So many articles that no merge is due soon, and one with a word of its own."""
    source = SourceFactory()
    Article.objects.bulk_create(
        Article(source=source, external_id=str(n), headline=f"Ferry {n}", status=Status.PUBLISHED)
        for n in range(600)
    )
    ArticleFactory(pk=9_000_001, headline="Zyxomorph", people=[PersonFactory(name="Zyxo Morph")])
    outbox.drain_all()


def files_with(settings, word: bytes) -> list[str]:
    """The shelves of the files that have it."""
    files = (path for path in Path(settings.SEARCH_INDEX_DIR).rglob("*") if path.is_file())
    return [path.parent.name for path in files if word in path.read_bytes().lower()]


def rename() -> None:
    person = Article.objects.get(pk=9_000_001).people.get()
    person.name, person.slug = "Ann Vale", "ann-vale"
    person.save()
    Article.objects.filter(pk=9_000_001).update(headline="Harbour")


CHANGES = {
    "withdrawn": lambda: Article.objects.filter(pk=9_000_001).update(
        status=Status.WITHDRAWN, headline="Harbour"
    ),
    "deleted": lambda: Article.objects.get(pk=9_000_001).delete(),
    "renamed": rename,
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_command_leaves_no_byte_of_what_was(archive, settings, change, capsys):
    CHANGES[change]()
    outbox.drain_all()
    assert "public" in files_with(settings, b"zyxo")
    call_command("purge_index")
    # What was withdrawn is still found at the desk, by whom it mentions.
    assert files_with(settings, b"zyxo") == (["desk"] if change == "withdrawn" else [])
    assert get_engine().remains() == NOTHING
    assert "Purged what was left of" in capsys.readouterr().out


def test_a_search_has_what_is_gone_purged_and_the_next_waits_a_while(
    archive, client, started, monkeypatch
):
    with time_machine.travel(NOON, tick=False) as clock:
        for gone, minutes in enumerate((0, 0.5, 1.5)):
            Article.objects.filter(headline=f"Ferry {gone}").update(status=Status.WITHDRAWN)
            clock.move_to(NOON + minutes * MINUTE)
            monkeypatch.setattr(purging, "looks", purging.Looks())
            client.get("/search/?q=ferry")
    assert started == ["purge_index", "purge_index"]


def test_mere_edits_are_purged_once_a_day(archive, client, started, monkeypatch):
    with time_machine.travel(NOON, tick=False) as clock:
        with remembered("purge") as notes:
            notes["ended"] = NOON.timestamp()
        for later in (MINUTE, DAY / 2, DAY):
            Article.objects.filter(pk=9_000_001).update(headline=f"Harbour {later}")
            clock.move_to(NOON + later)
            monkeypatch.setattr(purging, "looks", purging.Looks())
            client.get("/search/")
    assert started == ["purge_index"]


def test_a_worker_purges_what_is_gone(archive, settings, started):
    from tests.search.test_worker import Rounds

    settings.SEARCH_SYNC = "worker"
    Article.objects.get(pk=9_000_001).delete()
    Command().work(Rounds(2), interval=1)
    assert get_engine().remains() == NOTHING
    assert files_with(settings, b"zyxomorph") == []
    assert started == []


def test_a_process_looks_no_more_often_than_it_has_to():
    looks = purging.Looks()
    assert [looks.is_time() for _ in range(3)] == [True, False, False]

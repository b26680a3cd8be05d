"""The index says what the database says, or `verify_index` finds out and mends it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from archive.models import Article, Mention, Person, PersonAlias, Section, Source, Status, Tag
from archive.rights import Role
from archive.services import article_withdraw, articles_withdraw
from search import get_engine, outbox, triggers
from search.engines.base import Change, IndexUnavailable, Shelf
from search.models import IndexChange
from search.shelving import changes_of
from search.verify import Differences, verify
from tests.desk import address_of, form_of, save
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, TagFactory, member
from tests.search.record import held

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engine():
    return get_engine()


def index_holds(engine, *changes: Change) -> None:
    """Make the index hold something, whatever the database says."""
    with engine.writing(5):
        engine.update(changes)


DOORS = {
    "saved": lambda one: saved(one, headline="New"),
    "updated": lambda one: Article.objects.filter(pk=one.pk).update(headline="New"),
    "withdrawn": lambda one: Article.objects.filter(pk=one.pk).update(status=Status.WITHDRAWN),
    "deleted": lambda one: one.delete(),
    "created in bulk": lambda one: Article.objects.bulk_create(
        [Article(source=one.source, headline=f"Bulk {n}", status="published") for n in range(3)]
    ),
    "updated in bulk": lambda one: Article.objects.bulk_update(
        [Article(pk=one.pk, body="Water.")], ["body"]
    ),
    "raw SQL": lambda one: raw("UPDATE archive_article SET body = 'Raw' WHERE id = %s", one.pk),
    "person renamed": lambda one: one.people.update(name="Anne Vale", slug="anne-vale"),
    "person merged": lambda one: one.mentions.update(person=PersonFactory(name="Ben Roy")),
    "alias added": lambda one: PersonAlias.objects.create(
        person=PersonFactory(name="Ann Vale"), name="A. V."
    ),
    "alias changed": lambda one: PersonAlias.objects.update(name="Annie"),
    "alias deleted": lambda one: PersonAlias.objects.all().delete(),
    "alias in bulk": lambda one: PersonAlias.objects.bulk_create(
        [PersonAlias(person=PersonFactory(name="Ann Vale"), name="A. V.", key="a v")]
    ),
    "quotation added": lambda one: one.quotations.create(text="No", start=0, end=2),
    "quotation changed": lambda one: one.quotations.update(text="Never"),
    "quotation dismissed": lambda one: one.quotations.update(dismissed=True),
    "speaker changed": lambda one: one.quotations.update(speaker=PersonFactory(name="Cal Moss")),
    "speaker renamed": lambda one: Person.objects.filter(quotations__article=one).update(
        name="Benny Roy"
    ),
    "quotation removed": lambda one: one.quotations.all().delete(),
    "mention removed": lambda one: one.mentions.all().delete(),
    "mention in bulk": lambda one: Mention.objects.bulk_create(
        [Mention(article=one, person=PersonFactory(name="Cal Moss"))]
    ),
    "tag renamed": lambda one: Tag.objects.filter(articles=one).update(name="Port"),
    "tag deleted": lambda one: TagFactory(name="harbour").delete(),
    "tag added": lambda one: one.tags.add(TagFactory(name="flood")),
    "tag removed": lambda one: one.tags.remove(TagFactory(name="harbour")),
    "tags cleared": lambda one: one.tags.clear(),
    "section renamed": lambda one: Section.objects.update(name="Quayside"),
    "section deleted": lambda one: SectionFactory(name="Harbour").delete(),
    "section changed": lambda one: Article.objects.update(section=SectionFactory(name="News")),
    "sections deleted in bulk": lambda one: Section.objects.all().delete(),
    "source renamed": lambda one: Source.objects.update(name="The Courier"),
    "moved by a service": lambda one: article_withdraw(
        article=one, editor=member(Role.CHIEF), now=timezone.now(), reason="Wrong."
    ),
    "moved in bulk": lambda one: articles_withdraw(
        articles=Article.objects.all(),
        editor=member(Role.CHIEF),
        now=timezone.now(),
        reason="Wrong.",
    ),
    "all deleted": lambda one: Article.objects.all().delete(),
    "imported": lambda one: imported("New"),
    "imported again, changed": lambda one: (imported("Old"), imported("New")),
}


def raw(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def saved(one: Article, **fields: object) -> None:
    for name, value in fields.items():
        setattr(one, name, value)
    one.save()


def imported(headline: str) -> None:
    """By the command, as a new version of the same record."""
    record = {"external_id": "bridge", "headline": headline, "people": ["Cal Moss"]}
    path = settings.BACKFILE_DATA / "record.jsonl"
    path.write_text(json.dumps(record))
    call_command(
        "import_articles", str(path), source="Courier", stdout=StringIO(), stderr=StringIO()
    )


def entries() -> list[tuple[Shelf, int, str]]:
    """All that the index holds."""
    contents = get_engine().contents
    return [(shelf, id, content) for shelf in Shelf for id, content in contents(shelf)]


@pytest.mark.parametrize("mode", ["inline", "worker"])
@pytest.mark.parametrize("door", DOORS)
def test_a_change_by_any_door_is_in_the_index_after_a_drain(settings, data_folder, mode, door):
    settings.SEARCH_SYNC = mode
    settings.BACKFILE_DATA = data_folder
    changed = ArticleFactory(people=["Ann Vale"], tags=["harbour"], section="Harbour")
    PersonAlias.objects.create(person=PersonFactory(name="Ann Vale"), name="Nan Vale")
    changed.quotations.create(text="Yes", start=5, end=8, speaker=PersonFactory(name="Ben Roy"))
    ArticleFactory(headline="Another", status=Status.DRAFT)
    outbox.drain_all()
    before = entries()
    DOORS[door](changed)
    outbox.drain_all() if mode == "worker" else outbox.catch_up()
    assert verify(mend=False) == Differences()
    assert entries() != before


DESK_DOORS = {
    "an article edited": lambda desk, one: edited(
        desk, one, headline="New headline", tags=[TagFactory(name="flood").pk]
    ),
    "a person renamed": lambda desk, one: edited(desk, one.people.get(), name="Anne Vale"),
    "a tag renamed": lambda desk, one: edited(desk, one.tags.get(), name="Port"),
    "a source renamed": lambda desk, one: edited(desk, one.source, name="The Courier"),
    "a section deleted": lambda desk, one: deleted(desk, one.section),
    "a tag deleted": lambda desk, one: deleted(desk, one.tags.get()),
    "an article deleted": lambda desk, one: deleted(desk, one),
    "articles deleted": lambda desk, one: acted(desk, one, "delete_selected", post="yes"),
    "articles withdrawn": lambda desk, one: acted(desk, one, "withdraw", reason="Wrong."),
}


def edited(desk: Client, thing: Model, **fields: object) -> None:
    save(desk, address_of(thing), form_of(desk, address_of(thing)) | fields)


def deleted(desk: Client, thing: Model) -> None:
    assert desk.post(address_of(thing, "delete"), {"post": "yes"}).status_code == 302


def acted(desk: Client, one: Article, action: str, **fields: str) -> None:
    asked = {"action": action, "_selected_action": [one.pk], **fields}
    assert desk.post("/admin/archive/article/", asked).status_code == 302


@pytest.mark.parametrize("door", DESK_DOORS)
def test_a_change_at_the_editors_desk_is_in_the_index_for_the_next_search(admin_client, door):
    changed = ArticleFactory(
        headline="Old",
        people=["Ann Vale"],
        tags=["harbour"],
        section="Harbour",
    )
    before = entries()
    DESK_DOORS[door](admin_client, changed)
    outbox.catch_up()
    assert entries() != before
    assert verify(mend=False) == Differences()


class TestDifferences:
    """Made behind the outbox's back, as a restored backup or a lost disk would."""

    def test_each_kind_is_found_and_mended(self, engine):
        missing, stale, misplaced, right = (ArticleFactory(headline=f"No {n}") for n in range(4))
        old = changes_of([stale.pk])
        Article.objects.filter(pk=stale.pk).update(headline="New")
        outbox.drain_all()
        [on_public, like_a_phantom] = changes_of([misplaced.pk, right.pk])
        index_holds(
            engine,
            Change(missing.pk),
            *old,
            replace(on_public, shelf=Shelf.DESK),
            renumbered(like_a_phantom, 999_999),
        )
        found = Differences(
            missing=(missing.pk,),
            phantom=(999_999,),
            stale=(stale.pk,),
            misplaced=(misplaced.pk,),
        )
        assert verify(mend=False) == found
        assert verify() == found
        assert verify() == Differences()
        assert held() == sorted(each.pk for each in (missing, stale, misplaced, right))

    def test_what_waits_in_the_outbox_is_none(self, settings):
        settings.SEARCH_SYNC = "worker"
        ArticleFactory()
        assert verify(mend=False) == Differences()
        assert held() == []

    def test_what_became_due_is_none(self):
        noon = datetime(2009, 12, 17, 12, 0, tzinfo=UTC)
        with time_machine.travel(noon - timedelta(hours=1), tick=False) as clock:
            ArticleFactory(embargo_until=noon)
            clock.move_to(noon)
            assert verify(mend=False) == Differences()

    def test_a_change_during_the_comparison_is_none(self, engine, monkeypatch):
        changed = ArticleFactory()
        contents = engine.contents

        def and_meanwhile(shelf):
            entries = list(contents(shelf))
            monkeypatch.undo()
            Article.objects.filter(pk=changed.pk).update(headline="New")
            return iter(entries)

        monkeypatch.setattr(engine, "contents", and_meanwhile)
        assert verify(mend=False) == Differences()


def renumbered(change: Change, id: int) -> Change:
    return Change(id, replace(change.document, id=id), change.shelf)


class TestCommand:
    def test_says_that_they_agree_and_exits_with_0(self, capsys):
        ArticleFactory()
        call_command("verify_index")
        assert "agree" in capsys.readouterr().out

    def test_exits_with_1_when_it_mended_something(self, engine, capsys):
        lost = ArticleFactory()
        index_holds(engine, Change(lost.pk))
        with pytest.raises(SystemExit) as stop:
            call_command("verify_index")
        assert stop.value.code == 1
        assert f"missing: 1 ({lost.pk})" in capsys.readouterr().out
        call_command("verify_index")

    def test_only_reports_with_dry_run(self, engine):
        lost = ArticleFactory()
        index_holds(engine, Change(lost.pk))
        with pytest.raises(SystemExit):
            call_command("verify_index", "--dry-run")
        assert held() == []

    def test_prints_one_json_object(self, capsys):
        ArticleFactory()
        call_command("verify_index", "--json")
        assert json.loads(capsys.readouterr().out) == {
            "missing": [],
            "phantom": [],
            "stale": [],
            "misplaced": [],
            "set_aside": [],
            "missing_triggers": [],
            "mended": True,
        }

    def test_puts_missing_triggers_up_and_mends_what_they_missed(self, capsys):
        unseen = ArticleFactory()
        triggers.take_down(connection)
        Article.objects.filter(pk=unseen.pk).update(headline="New")
        with pytest.raises(SystemExit):
            call_command("verify_index", "--json")
        found = json.loads(capsys.readouterr().out)
        assert found["stale"] == [unseen.pk]
        assert len(found["missing_triggers"]) == len(triggers.TRIGGERS)
        assert triggers.missing_triggers(connection) == []

    def test_names_what_is_set_aside(self, capsys):
        bad = ArticleFactory()
        IndexChange.objects.create(article_id=bad.pk, error="ValueError: no")
        with pytest.raises(SystemExit):
            call_command("verify_index")
        assert f"set_aside: 1 ({bad.pk})" in capsys.readouterr().out

    def test_exits_with_2_when_it_cannot_look(self, engine, monkeypatch):
        ArticleFactory()

        def unavailable(shelf):
            raise IndexUnavailable("Run rebuild_index.")

        monkeypatch.setattr(engine, "contents", unavailable)
        with pytest.raises(CommandError, match="rebuild_index") as stop:
            call_command("verify_index")
        assert stop.value.returncode == 2

    @pytest.mark.parametrize("options", [[], ["--bytes"]])
    def test_reads_the_bytes_of_the_index_again(self, settings, options):
        ArticleFactory()
        held()
        [segment] = Path(settings.SEARCH_INDEX_DIR).glob("g*/public/*.arrays")
        content = bytearray(segment.read_bytes())
        content[-1] ^= 1
        segment.write_bytes(content)
        with pytest.raises(CommandError, match="was changed between its bytes") as stop:
            call_command("verify_index", *options)
        assert stop.value.returncode == 2

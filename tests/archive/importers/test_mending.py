"""A record that was set aside is mended and tried again, by the rules of its import."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied

from archive.importers.journal.ledger import Asked, Ledger
from archive.importers.journal.lock import BusyError, import_lock, lock_file
from archive.importers.mending import MendedAlready, Tried, readable, reject_try_again
from archive.importers.writing import store
from archive.models import Article, ImportBatch, ImportReject, Person

BAD = {
    "source": "Courier",
    "id": "7",
    "headline": "Flood",
    "body": "It rose.",
    "published": "31 Feb 2009",
}
GOOD = BAD | {"published": "2009-02-28"}


@pytest.fixture
def rejected(import_articles, tmp_path):
    """`rejected(text, "name.csv")`: imports a file and gives the one record that was set aside."""

    def call(text: str, name: str = "wire.jsonl", *arguments: str) -> ImportReject:
        file: Path = tmp_path / name
        file.write_text(text)
        import_articles(file, *arguments)
        return ImportReject.objects.get()

    return call


@pytest.fixture
def editor(db) -> User:
    return User.objects.create_superuser("editor")


def tried(reject: ImportReject, record: dict | str, editor: User, **asked: bool) -> Tried:
    text = record if isinstance(record, str) else json.dumps(record)
    return reject_try_again(reject=reject, text=text, editor=editor, **asked)


def test_a_mended_record_becomes_an_article_of_its_batch(rejected, editor):
    reject = rejected(json.dumps(BAD))
    outcome = tried(reject, GOOD, editor)
    article = Article.objects.get()
    assert (outcome.counts.created, outcome.reason, outcome.article) == (1, "", article)
    assert article.batch == reject.batch
    batch = ImportBatch.objects.get()
    assert (batch.read, batch.created, batch.rejected) == (1, 1, 0)
    reject.refresh_from_db()
    assert reject.mended_at
    assert (reject.mended_by, json.loads(reject.attempt)) == (editor, GOOD)
    assert json.loads(reject.record) == BAD


def test_what_is_set_aside_again_keeps_its_text_with_the_new_reason(rejected, editor):
    reject = rejected(json.dumps(BAD))
    outcome = tried(reject, BAD | {"published": "2009-13-01"}, editor)
    assert "2009-13-01" in outcome.reason
    reject.refresh_from_db()
    assert (reject.reason, reject.mended_at) == (outcome.reason, None)
    assert "2009-13-01" in reject.attempt
    assert ImportBatch.objects.get().rejected == 1
    assert not Article.objects.exists()


def test_a_dry_run_tells_what_it_would_become_and_changes_nothing(rejected, editor):
    reject = rejected(json.dumps(BAD))
    outcome = tried(reject, GOOD | {"people": ["Ann Vale"]}, editor, dry_run=True)
    assert outcome.counts.created == 1
    assert not Article.objects.exists()
    assert not Person.objects.exists()
    reject.refresh_from_db()
    assert (reject.attempt, reject.mended_at) == ("", None)
    assert ImportBatch.objects.get().rejected == 1


def test_a_record_of_an_article_that_is_there_updates_it(
    rejected, editor, import_articles, tmp_path
):
    (tmp_path / "first.jsonl").write_text(json.dumps(GOOD))
    import_articles(tmp_path / "first.jsonl")
    (tmp_path / "second.jsonl").write_text(json.dumps(BAD | {"headline": "The flood"}))
    import_articles(tmp_path / "second.jsonl")
    outcome = tried(ImportReject.objects.get(), GOOD | {"headline": "The flood"}, editor)
    assert outcome.counts.updated == 1
    assert outcome.article == Article.objects.get(headline="The flood")
    assert tuple(ImportBatch.objects.values_list("read", "updated", "rejected")[:1]) == ((1, 1, 0),)


def test_a_row_of_a_table_is_mended_as_json(rejected, editor):
    reject = rejected("id;headline;source;published\n7;Flood;Courier;31 Feb 2009\n", "wire.csv")
    record = json.loads(reject.record) | {"published": "28 Feb 2009"}
    assert tried(reject, json.dumps(record, indent=2), editor).counts.created == 1


def test_a_record_is_read_with_what_its_import_was_told(rejected, editor):
    record = {"id": "7", "headline": "Flood", "published": "31 Feb 2009"}
    told = ("--source", "Courier", "--timezone", "Europe/Dublin")
    reject = rejected(json.dumps(record), "wire.jsonl", *told)
    tried(reject, record | {"published": "2009-07-01 12:00"}, editor)
    article = Article.objects.get()
    assert (article.source.name, article.first_published.hour) == ("Courier", 11)


def test_a_person_can_be_mended_too(rejected, editor):
    reject = rejected(json.dumps({"name": "Ann Vale" * 99, "note": "Mayor."}))
    outcome = tried(reject, {"name": "Ann Vale", "note": "Mayor."}, editor)
    assert (outcome.counts.created, outcome.article) == (1, None)
    assert Person.objects.get().name == "Ann Vale"


def test_what_is_in_no_format_is_told_so(rejected, editor):
    reject = rejected(json.dumps(BAD))
    ImportReject.objects.update(file="standard input")
    reject.batch.asked = {}
    reject.batch.save()
    assert tried(reject, "", editor).reason


def test_a_file_that_the_record_names_is_not_looked_for_on_the_server(rejected, editor, tmp_path):
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.4")
    reject = rejected(json.dumps(BAD))
    media = [{"kind": "file", "file": "secret.pdf", "title": "Plan"}]
    outcome = tried(reject, GOOD | {"media": media}, editor)
    assert outcome.notes
    assert not Article.objects.get().media.exclude(file="").exists()


def test_what_was_taken_in_is_not_taken_in_twice(rejected, editor):
    reject = rejected(json.dumps(BAD))
    tried(reject, GOOD, editor)
    with pytest.raises(MendedAlready):
        tried(reject, GOOD, editor)


def test_what_the_database_refuses_is_set_aside_again(rejected, editor, monkeypatch):
    def refuse(*_: object) -> None:
        raise ValueError("no room")

    reject = rejected(json.dumps(BAD))
    monkeypatch.setattr(store, "write", refuse)
    assert "no room" in tried(reject, GOOD, editor).reason
    assert ImportBatch.objects.get().rejected == 1


def test_nothing_is_mended_while_an_import_runs(rejected, editor):
    reject = rejected(json.dumps(BAD))
    with import_lock(lock_file()), pytest.raises(BusyError):
        tried(reject, GOOD, editor)


def test_only_who_may_change_rejects_mends_them(rejected):
    reject = rejected(json.dumps(BAD))
    somebody = User.objects.create_user("somebody", is_staff=True)
    somebody.user_permissions.add(Permission.objects.get(codename="view_importreject"))
    with pytest.raises(PermissionDenied):
        tried(reject, GOOD, somebody)
    assert not Article.objects.exists()


def test_json_is_shown_with_a_line_for_each_value_and_the_rest_as_it_is():
    assert readable('{"a": "é", "b": 1}') == '{\n  "a": "é",\n  "b": 1\n}'
    assert readable("<REUTERS>") == "<REUTERS>"


def test_an_import_that_goes_on_lists_no_record_that_was_mended_meanwhile(rejected, editor):
    reject = rejected(json.dumps(BAD))
    ImportBatch.objects.update(state=ImportBatch.State.FAILED)
    asked = Asked(**reject.batch.asked | {"paths": tuple(reject.batch.asked["paths"])})
    assert Ledger(asked).write_rejects()
    tried(reject, GOOD, editor)
    assert Ledger(asked).write_rejects() is None

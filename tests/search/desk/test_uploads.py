"""A file is sent to the desk, what would become of it is told, and it is imported in steps."""

import gzip
import io
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from archive.importers import uploads
from archive.importers.journal.ledger import Asked
from archive.importers.journal.lock import import_lock, lock_file
from archive.importers.journal.uploaded import SteppedAlready, TrialLedger
from archive.importers.reading import packing
from archive.importers.writing import commit
from archive.models import (
    Article,
    ImportBatch,
    ImportReject,
    Mention,
    Person,
    Section,
    Source,
    Tag,
    Upload,
)
from archive.rights import NotAllowed, Role
from search.models import IndexChange
from tests.archive.importers.conftest import archive
from tests.desk import signed_in
from tests.factories import member

__all__ = ["archive"]

ADD = "admin:archive_upload_add"
RECORD = {
    "source": "Courier",
    "headline": "Flood",
    "body": "It rose.",
    "published": "2009-12-17",
    "people": ["Ann Vale"],
    "section": "Weather",
    "tags": ["river"],
}
WRITTEN = (Article, Person, Mention, Section, Source, Tag, ImportBatch, ImportReject, IndexChange)

State = Upload.State


@pytest.fixture
def chief(archive) -> Client:
    return signed_in(User.objects.create_superuser("chief"))


@pytest.fixture
def slow(monkeypatch):
    """Each step comes no further than one record."""
    monkeypatch.setattr(uploads, "SECONDS", 0.0)


def records(*ids: int, **changed: object) -> bytes:
    return "\n".join(json.dumps(RECORD | {"id": str(id)} | changed) for id in ids).encode()


def send(client: Client, content: bytes, name: str = "wire.jsonl", **told: str):
    fields = {"format": "auto", "timezone": "UTC", "source": "", **told}
    return client.post(reverse(ADD), {"file": SimpleUploadedFile(name, content), **fields})


def sent(client: Client, content: bytes, name: str = "wire.jsonl", **told: str) -> Upload:
    assert send(client, content, name, **told).status_code == 302
    return Upload.objects.latest("pk")


def step(client: Client, upload: Upload) -> None:
    client.post(reverse("admin:archive_upload_step", args=[upload.pk]))
    upload.refresh_from_db()


def to_the_end(client: Client, upload: Upload) -> Upload:
    steps = 0
    while upload.state in uploads.UNDER_WAY and not upload.error:
        step(client, upload)
        steps += 1
        assert steps < 50
    return upload


def checked(client: Client, *arguments: object, **told: str) -> Upload:
    return to_the_end(client, sent(client, *arguments, **told))


def do(client: Client, upload: Upload, verb: str):
    response = client.post(reverse("admin:archive_upload_do", args=[upload.pk]), {"do": verb})
    upload = Upload.objects.filter(pk=upload.pk).first() or upload
    return response, upload


def imported(client: Client, upload: Upload) -> Upload:
    return to_the_end(client, do(client, upload, "begin")[1])


def page(client: Client, upload: Upload) -> str:
    response = client.get(reverse("admin:archive_upload_change", args=[upload.pk]))
    return " ".join(strip_tags(response.content.decode()).split())


def tally(counted: Upload | ImportBatch) -> tuple[int, int, int, int]:
    return counted.created, counted.updated, counted.unchanged, counted.rejected


class TestSending:
    def test_it_is_kept_under_a_random_name_for_this_account_only(self, chief, archive):
        upload = sent(chief, records(1), "../../etc/Wire 2009.JSONL")
        path = uploads.path_of(upload)
        assert path == archive / "uploads" / upload.token / "upload.jsonl"
        assert path.read_bytes() == records(1)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert len(upload.token) == 32

    @pytest.mark.parametrize("name", ["a/../..", "..", "wire./x", "x.%2e%2e", "ä.ü", "no-ending"])
    def test_no_name_leads_out_of_its_folder(self, archive, name):
        upload = Upload(token="t", name=name)
        assert uploads.path_of(upload).resolve().parent == (archive / "uploads" / "t").resolve()

    def test_what_is_too_large_is_refused_with_both_sizes(self, chief, settings):
        settings.UPLOAD_LIMIT = 1024
        told = strip_tags(send(chief, b"x" * 2048).content.decode()).replace("\xa0", " ")
        assert "This file has 2.0 KB; at most 1.0 KB can be sent here." in told
        assert not Upload.objects.exists()

    def test_the_form_says_how_large_a_file_may_be(self, chief):
        assert "At most 100.0" in chief.get(reverse(ADD)).content.decode()

    def test_whoever_may_not_change_many_articles_may_not_import(self, chief):
        editor = member(Role.EDITOR)
        upload = sent(chief, records(1))
        file = SimpleUploadedFile("wire.jsonl", records(1))
        with pytest.raises(NotAllowed):
            uploads.upload_keep(file=file, format="auto", source="", zone="UTC", by=editor)
        with pytest.raises(NotAllowed):
            uploads.upload_begin(upload=upload, by=editor)
        with pytest.raises(NotAllowed):
            uploads.upload_forget(upload=upload, by=editor)
        assert send(signed_in(editor), records(1)).status_code == 403
        batches = reverse("admin:archive_importbatch_changelist")
        assert "Import a file" in chief.get(batches).content.decode()
        assert "Import a file" not in signed_in(editor).get(batches).content.decode()


class TestTheDryRun:
    def test_it_tells_what_would_become_of_each_record_and_changes_nothing(self, chief):
        imported(chief, checked(chief, records(1, 2)))
        before = [model.objects.count() for model in WRITTEN]
        content = b"\n".join(
            [
                records(1),
                records(2, headline="Ebb", people=["Ann Vale", "Ben Roy"]),
                records(3, people=["Ben Roy", "Cy Lund"]),
                records(4, published="31 Feb 2009"),
            ]
        )
        upload = checked(chief, content)
        assert [model.objects.count() for model in WRITTEN] == before
        assert (upload.state, tally(upload)) == (State.CHECKED, (1, 1, 1, 1))
        assert sorted(upload.new_people) == ["Ben Roy", "Cy Lund"]
        told = page(chief, upload)
        assert "This is what would happen. Nothing is changed yet." in told
        assert "wire.jsonl:4 – date &#x27;31 Feb 2009&#x27; is not a day" in told
        assert "2 new people" in told

    def test_in_steps_it_tells_the_same_as_at_once(self, chief, slow, monkeypatch):
        content = b"\n".join([records(1, 2, 2, 3), records(4, published="31 Feb 2009")])
        by_steps = checked(chief, content)
        monkeypatch.setattr(uploads, "SECONDS", 60.0)
        at_once = checked(chief, content)
        assert tally(by_steps) == tally(at_once) == (3, 0, 1, 1)
        assert by_steps.rejects == at_once.rejects
        assert by_steps.new_people == at_once.new_people == ["Ann Vale"]

    def test_cut_off_in_the_middle_it_tells_the_same(self, chief, slow, monkeypatch):
        upload = sent(chief, b"\n".join([records(1, 2, 3, 4), records(5, published="soon")]))
        step(chief, upload)
        with monkeypatch.context() as patched:
            patched.setattr(commit.store, "write", power_cut)
            with pytest.raises(SystemExit):
                step(chief, upload)
        upload.refresh_from_db()
        assert 0 < upload.created < 4
        assert tally(to_the_end(chief, upload)) == (4, 0, 0, 1)
        assert len(upload.rejects) == 1

    def test_who_comes_too_late_for_a_step_does_nothing(self, chief):
        upload = sent(chief, records(1))
        stale = Upload.objects.get(pk=upload.pk)
        to_the_end(chief, upload)
        with pytest.raises(SteppedAlready):
            TrialLedger(Asked((str(uploads.path_of(stale)),)), stale)

    def test_looking_does_nothing(self, chief):
        upload = sent(chief, records(1))
        page(chief, upload)
        upload.refresh_from_db()
        assert (upload.state, upload.checkpoint) == (State.CHECKING, {})

    def test_a_file_in_no_format_is_told_so(self, chief):
        upload = checked(chief, bytes(range(256)) * 20, "holiday.bin")
        assert tally(upload) == (0, 0, 0, 1)
        assert "holiday.bin – it is in none of the formats" in page(chief, upload)

    def test_pictures_alone_are_nothing_to_import(self, chief):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as pack:
            pack.writestr("a.xyz", bytes(range(256)))
        told = page(chief, checked(chief, packed.getvalue(), "pictures.zip"))
        assert "There is no record in this file" in told
        assert "pictures.zip/a.xyz: left out" in told
        assert "Import now" not in told

    def test_a_bomb_is_set_aside_and_what_is_beside_it_is_read(self, chief, monkeypatch):
        monkeypatch.setattr(packing, "FREE", 100_000)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
            pack.writestr("bomb.jsonl", records(9) + b" " * 20_000_000)
            pack.writestr("../../out.jsonl", records(8))
            pack.writestr("wire.jsonl", records(1))
        upload = checked(chief, packed.getvalue(), "wire.zip")
        reasons = " ".join(one["reason"] for one in upload.rejects)
        assert "unpacks to more than 200 times its size" in reasons
        assert "its name leads out of the packed file" in reasons
        assert upload.created >= 1

    def test_media_of_another_upload_are_out_of_reach(self, chief):
        other = sent(chief, b"somebody else's", "secret.jpg")
        stolen = {"kind": "photo", "file": f"../{other.token}/upload.jpg", "caption": "Mine"}
        assert uploads.path_of(other).is_file()
        upload = imported(chief, checked(chief, records(2, media=[stolen])))
        media = Article.objects.get().media.get()
        assert (media.caption, bool(media.file)) == ("Mine", False)
        assert "wire.jsonl: media file leads out of the imported folder" in upload.notes[0]


class TestTheImport:
    def test_it_becomes_a_batch_with_the_name_that_was_sent(self, chief):
        content = b"\n".join([records(1), records(2, published="31 Feb 2009")])
        upload = imported(chief, checked(chief, content, source="Courier"))
        batch = ImportBatch.objects.get()
        assert (upload.state, upload.batch) == (State.DONE, batch)
        assert (batch.state, tally(batch)) == ("finished", (1, 0, 0, 1))
        assert batch.asked["paths"] == ["wire.jsonl"]
        assert ImportReject.objects.get().file == "wire.jsonl"
        told = page(chief, upload)
        assert "Imported." in told
        assert "What was set aside, to be mended" in told

    def test_its_progress_begins_at_nothing_and_not_with_what_was_checked(self, chief, slow):
        upload = do(chief, checked(chief, records(1, 2, 3)), "begin")[1]
        assert "Being imported. 0 records read" in page(chief, upload)
        step(chief, upload)
        assert "Being imported. 1 record read" in page(chief, upload)

    def test_a_batch_that_is_gone_is_no_error(self, chief):
        upload = imported(chief, checked(chief, records(1)))
        ImportBatch.objects.all().delete()
        assert "Imported." in page(chief, upload)

    def test_its_file_is_removed_when_it_is_done(self, chief, archive):
        imported(chief, checked(chief, gzip.compress(records(1)), "wire.jsonl.gz"))
        assert list((archive / "uploads").iterdir()) == []

    def test_cut_off_in_the_middle_it_goes_on_and_comes_to_the_same(self, chief, slow, monkeypatch):
        upload = do(chief, checked(chief, records(1, 2, 3, 4)), "begin")[1]
        step(chief, upload)
        step(chief, upload)
        with monkeypatch.context() as patched:
            patched.setattr(commit.store, "write", power_cut)
            with pytest.raises(SystemExit):
                step(chief, upload)
        kept = Article.objects.count()
        assert 0 < kept < 4
        to_the_end(chief, upload)
        assert tally(ImportBatch.objects.get()) == (4, 0, 0, 0)
        assert Article.objects.count() == 4

    def test_the_worker_goes_on_with_it_too(self, chief, slow):
        upload = do(chief, checked(chief, records(1, 2, 3)), "begin")[1]
        call_command("index_worker", "--once")
        upload.refresh_from_db()
        assert (upload.state, tally(upload.batch)) == (State.DONE, (3, 0, 0, 0))

    def test_it_waits_while_another_import_runs(self, chief):
        upload = do(chief, checked(chief, records(1)), "begin")[1]
        with import_lock(lock_file()):
            step(chief, upload)
        assert (upload.state, upload.error) == (State.IMPORTING, "")
        assert to_the_end(chief, upload).state == State.DONE

    def test_an_error_stops_it_until_somebody_says_to_go_on(self, chief):
        upload = do(chief, checked(chief, records(1)), "begin")[1]
        path = uploads.path_of(upload)
        away = path.rename(path.with_suffix(".away"))
        step(chief, upload)
        told = page(chief, upload)
        assert "wire.jsonl: there is no such file" in told
        assert upload.token not in told
        Path(away).rename(path)
        assert imported(chief, upload).state == State.DONE

    def test_it_is_not_begun_before_it_was_checked(self, chief):
        upload = do(chief, sent(chief, records(1)), "begin")[1]
        assert upload.state == State.CHECKING


class TestForgetting:
    def test_it_takes_the_file_with_it(self, chief, archive):
        upload = checked(chief, records(1))
        do(chief, upload, "forget")
        assert not Upload.objects.exists()
        assert list((archive / "uploads").iterdir()) == []

    def test_what_nobody_went_on_with_for_a_day_goes_by_itself(self, chief, archive, slow):
        upload = do(chief, checked(chief, records(1, 2)), "begin")[1]
        step(chief, upload)
        with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
            uploads.uploads_forget_old(now=timezone.now())
        assert not Upload.objects.exists()
        assert ImportBatch.objects.get().error == uploads.GIVEN_UP
        assert list((archive / "uploads").iterdir()) == []

    def test_so_does_a_file_whose_upload_was_cut_off(self, chief, archive):
        waits = sent(chief, records(1))
        (archive / "uploads" / "orphan").mkdir()
        with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
            Upload.objects.get().save()  # somebody went on with it
        uploads.uploads_forget_old(now=timezone.now() + timedelta(days=1, hours=1))
        assert [folder.name for folder in (archive / "uploads").iterdir()] == [waits.token]


def power_cut(*arguments: object) -> None:
    raise SystemExit

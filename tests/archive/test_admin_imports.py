"""Imports at the desk: what was set aside is mended and tried again, and batches are undone."""

import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from archive.admin import undoing
from archive.importers.journal.lock import import_lock, lock_file
from archive.models import Article, ImportBatch, ImportReject, Status
from archive.rights import Role, make_groups
from tests.archive.importers.conftest import archive, import_articles
from tests.desk import address_of, signed_in
from tests.factories import ArticleFactory

__all__ = ["archive", "import_articles"]

GOOD = {
    "source": "Courier",
    "id": "7",
    "headline": "Flood",
    "body": "It rose.",
    "published": "2009-12-17",
}
BAD = GOOD | {"published": "31 Feb 2009"}


@pytest.fixture
def chief(db) -> Client:
    return signed_in(User.objects.create_superuser("chief"))


@pytest.fixture
def reject(import_articles, tmp_path) -> ImportReject:
    """The first of two that one import set aside."""
    file = tmp_path / "wire.jsonl"
    file.write_text("\n".join(json.dumps(BAD | {"id": id}) for id in ("7", "8")))
    import_articles(file)
    first = ImportReject.objects.first()
    assert first
    return first


@pytest.fixture
def batch(import_articles, tmp_path) -> ImportBatch:
    """Of three articles, the second of which was changed since."""
    file = tmp_path / "wrong.jsonl"
    file.write_text("\n".join(json.dumps(GOOD | {"id": id}) for id in ("1", "2", "3")))
    import_articles(file)
    second = Article.objects.get(external_id="2")
    second.headline = "Put right"
    second.save()
    return ImportBatch.objects.get()


def mend(client: Client, reject: ImportReject, record: dict, button: str = "take"):
    address = reverse("admin:archive_importreject_mend", args=[reject.pk])
    text = json.dumps(record, indent=2).replace("\n", "\r\n")
    return client.post(address, {"text": text, button: ""})


def undo_address(batch: ImportBatch) -> str:
    return reverse("admin:archive_importbatch_undo", args=[batch.pk])


def said(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


class TestMending:
    def test_the_record_is_shown_with_the_reason_in_lines_that_can_be_edited(self, chief, reject):
        page = chief.get(address_of(reject)).content.decode()
        assert "31 Feb 2009&#x27; is not a day" in page
        assert "{\n  &quot;source&quot;: &quot;Courier&quot;," in page

    def test_mended_it_is_taken_in_and_the_next_one_comes(self, chief, reject):
        response = mend(chief, reject, GOOD)
        after = ImportReject.objects.get(mended_at=None)
        assert response.url == address_of(after)
        article = Article.objects.get()
        assert f'href="{address_of(article)}"' in chief.get(response.url).content.decode()
        assert LogEntry.objects.get().object_id == str(reject.pk)
        assert "Mended and taken in" in said(chief.get(address_of(reject)))

    def test_after_the_last_one_comes_the_list(self, chief, reject):
        mend(chief, reject, GOOD)
        last = ImportReject.objects.get(mended_at=None)
        response = mend(chief, last, GOOD | {"id": "8"})
        assert response.url == reverse("admin:archive_importreject_changelist")

    def test_what_is_still_wrong_is_told_and_what_was_typed_is_there(self, chief, reject):
        response = mend(chief, reject, GOOD | {"published": "soon"})
        assert "It would be set aside again" in said(response)
        assert "&quot;soon&quot;" in response.content.decode()
        assert "&quot;soon&quot;" in chief.get(address_of(reject)).content.decode()
        assert not Article.objects.exists()

    def test_a_check_changes_nothing(self, chief, reject):
        response = mend(chief, reject, GOOD, "check")
        assert "It could be taken in: A new entry of the archive." in said(response)
        assert not Article.objects.exists()
        assert ImportReject.objects.filter(mended_at=None).count() == 2

    def test_what_was_taken_in_already_is_not_taken_in_again(self, chief, reject):
        mend(chief, reject, GOOD)
        assert mend(chief, reject, GOOD | {"id": "9"}).url == address_of(reject)
        assert Article.objects.count() == 1

    def test_during_an_import_it_has_to_wait(self, chief, reject):
        with import_lock(lock_file()):
            assert "An import is running" in said(mend(chief, reject, GOOD))
        assert not Article.objects.exists()

    def test_nothing_is_taken_in_by_looking(self, chief, reject):
        address = reverse("admin:archive_importreject_mend", args=[reject.pk])
        assert chief.get(address).status_code == 405
        assert chief.post(address_of(reject), {"text": "{}"}).status_code == 403

    @pytest.mark.parametrize(("role", "may"), [(Role.CONTRIBUTOR, False), (Role.EDITOR, True)])
    def test_editors_mend_and_contributors_read(self, reject, role, may):
        make_groups()
        somebody = User.objects.create_user("somebody", is_staff=True)
        somebody.groups.add(somebody.groups.model.objects.get(name=role))
        client = signed_in(somebody)
        page = client.get(address_of(reject)).content.decode()
        assert ("<textarea" in page) == may
        assert mend(client, reject, GOOD).status_code == (302 if may else 403)
        assert Article.objects.exists() == may

    def test_whoever_may_not_see_rejects_sees_none(self, reject):
        nobody = signed_in(User.objects.create_user("nobody", is_staff=True))
        assert nobody.get(address_of(reject)).status_code == 403
        assert mend(nobody, reject, GOOD).status_code == 403

    def test_the_list_shows_what_waits_in_a_batch(self, chief, reject):
        mend(chief, reject, GOOD)
        page = chief.get(reverse("admin:archive_importbatch_changelist")).content.decode()
        [address] = re.findall(r'href="([^"]*importreject[^"]*isempty=1)"', page)
        listed = chief.get(address.replace("&amp;", "&"))
        assert [row.line for row in listed.context["cl"].result_list] == [2]


class TestUndoing:
    def test_the_page_tells_what_would_happen_and_changes_nothing(self, chief, batch):
        page = said(chief.get(undo_address(batch)))
        assert "2 articles would be withdrawn." in page
        assert "1 article was changed since the import, and would be kept: Put right" in page
        assert not Article.objects.filter(status=Status.WITHDRAWN).exists()
        assert "2 articles would be deleted." in said(
            chief.get(undo_address(batch), {"way": "delete"})
        )

    def test_it_withdraws_what_nobody_touched(self, chief, batch):
        response = chief.post(undo_address(batch), {"way": "withdraw"}, follow=True)
        assert "2 articles withdrawn." in said(response)
        assert Article.objects.get(status=Status.PUBLISHED).headline == "Put right"
        assert LogEntry.objects.filter(object_id=str(batch.pk)).exists()
        assert "There is nothing left" not in said(chief.get(undo_address(batch)))

    def test_it_deletes_where_that_is_chosen(self, chief, batch):
        chief.post(undo_address(batch), {"way": "delete"})
        assert [article.headline for article in Article.objects.all()] == ["Put right"]

    def test_many_articles_take_several_steps(self, chief, batch, monkeypatch):
        monkeypatch.setattr(undoing, "AT_ONCE", 2)
        assert "1 more article is left" in said(chief.get(undo_address(batch)))
        response = chief.post(undo_address(batch), {"way": "withdraw"})
        assert response.url.startswith(f"{undo_address(batch)}?way=withdraw&after=")
        page = chief.get(response.url)
        assert "1 article would be withdrawn." in said(page)
        after = str(page.context["after"])
        response = chief.post(undo_address(batch), {"way": "withdraw", "after": after})
        assert response.url == address_of(batch)
        assert Article.objects.filter(status=Status.WITHDRAWN).count() == 2

    def test_nonsense_in_the_address_is_the_first_way_from_the_start(self, chief, batch):
        asked = {"way": "burn", "after": "9" * 400}
        assert "2 articles would be withdrawn." in said(chief.get(undo_address(batch), asked))

    def test_during_an_import_it_has_to_wait(self, chief, batch):
        with import_lock(lock_file()):
            response = chief.post(undo_address(batch), {"way": "delete"}, follow=True)
        assert "An import is running" in said(response)
        assert Article.objects.count() == 3

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR])
    def test_only_chiefs_undo(self, batch, role):
        make_groups()
        somebody = User.objects.create_user("somebody", is_staff=True)
        somebody.groups.add(somebody.groups.model.objects.get(name=role))
        client = signed_in(somebody)
        for way in ("withdraw", "delete"):
            assert client.get(undo_address(batch), {"way": way}).status_code == 403
            assert client.post(undo_address(batch), {"way": way}).status_code == 403
        assert undo_address(batch) not in client.get(address_of(batch)).content.decode()
        assert Article.objects.count() == 3

    def test_who_may_only_withdraw_is_not_offered_to_delete(self, batch):
        somebody = User.objects.create_user("somebody", is_staff=True)
        names = ("view_importbatch", "change_many_articles", "withdraw_article")
        somebody.user_permissions.add(*Permission.objects.filter(codename__in=names))
        client = signed_in(somebody)
        assert "Delete" not in client.get(undo_address(batch)).content.decode()
        client.post(undo_address(batch), {"way": "delete"})
        assert Article.objects.filter(status=Status.WITHDRAWN).count() == 2

    def test_a_batch_leads_to_its_articles_and_to_its_undoing(self, chief, batch):
        ArticleFactory()
        page = chief.get(address_of(batch)).content.decode()
        assert undo_address(batch) in page
        [address] = re.findall(r'href="([^"]*article/\?batch__id__exact[^"]*)"', page)
        assert chief.get(address).context["cl"].result_count == 3


class TestUndoImport:
    def test_it_undoes_a_whole_import(self, batch, chief, capsys):
        call_command("undo_import", batch.pk, by="chief", dry_run=True)
        kept = Article.objects.get(external_id="2").pk
        told = capsys.readouterr().out
        assert told == (
            f"2 articles would be withdrawn; 1 were changed since and are kept: {kept}.\n"
        )
        call_command("undo_import", batch.pk, by="chief", delete=True)
        assert capsys.readouterr().out.startswith("2 articles deleted;")
        assert Article.objects.count() == 1

    def test_it_needs_an_import_and_an_account_with_the_rights(self, batch, chief):
        User.objects.create_user("somebody")
        for number, name, why in (
            (99, "chief", "no import 99"),
            (batch.pk, "nobody", "no account nobody"),
            (batch.pk, "somebody", "lacks a right"),
        ):
            with pytest.raises(CommandError, match=why):
                call_command("undo_import", number, by=name)
        assert not Article.objects.filter(status=Status.WITHDRAWN).exists()

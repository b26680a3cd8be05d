"""The account for the editors' desk."""

import io
import stat

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.BACKFILE_DATA = tmp_path
    return tmp_path / "editor-sign-in.txt"


def make_editor(**options: str) -> str:
    out = io.StringIO()
    call_command("make_editor", stdout=out, **options)
    return out.getvalue()


def test_the_sign_in_that_is_printed_opens_the_desk(kept):
    printed = make_editor()
    password = kept.read_text().split("password: ")[1].strip()
    assert password in printed
    client = Client()
    assert client.login(username="editor", password=password)
    assert client.get("/admin/archive/article/").status_code == 200


def test_an_account_may_do_what_its_group_may():
    for role in ("contributor", "editor", "chief"):
        make_editor(username=role, group=role)
    may_publish = [user.has_perm("archive.publish_article") for user in User.objects.order_by("pk")]
    assert may_publish == [False, True, True]


def test_a_chief_edits_the_record_and_nobodys_account():
    make_editor(group="chief")
    user = User.objects.get()
    assert user.has_perms(["archive.change_article", "archive.delete_person"])
    assert not user.is_superuser
    assert not any(user.has_module_perms(app) for app in ("auth", "sessions", "admin"))


def test_nobody_else_can_read_the_sign_in(kept):
    make_editor()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_second_time_nothing_changes(kept):
    make_editor()
    before = (User.objects.values().get(), kept.read_text())
    printed = make_editor()
    assert (User.objects.values().get(), kept.read_text()) == before
    assert f"exists; its sign-in is kept in {kept}" in printed


def test_a_sign_in_of_a_database_that_is_gone_is_replaced(kept):
    kept.write_text("old")
    make_editor()
    assert "password: " in kept.read_text()


def test_rights_that_were_taken_from_the_group_stay_taken():
    make_editor()
    group = User.objects.get().groups.get()
    group.permissions.clear()
    make_editor(username="second")
    assert not group.permissions.exists()

"""The audit log: who did what, from where, in the transaction of the deed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive import identity, services
from archive.audit import entries_forget, entry_write
from archive.models import Article, AuditEntry, ImportBatch, Section, Status, Tag
from archive.models.audit import AppendOnlyError
from archive.previews import preview_make, preview_revoke
from archive.rights import Role
from archive.tracing import begin_trace
from tests.desk import signed_in
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, member

pytestmark = pytest.mark.django_db

Kind = AuditEntry.Kind
NOW = timezone.now()


@pytest.fixture
def chief() -> User:
    return member(Role.CHIEF)


def log(*fields: str, **such) -> list:
    rows = AuditEntry.objects.filter(**such).order_by("id")
    return list(rows.values_list(*fields, flat=len(fields) == 1))


def test_a_publication_is_written_down_with_who_and_what(chief):
    article = ArticleFactory(headline="The harbour", status=Status.DRAFT)
    services.article_publish(article=article, editor=chief, now=NOW)
    fields = ("name", "account", "model", "subject_id", "subject", "count")
    expected = (chief.username, chief.pk, "archive.article", article.pk, "The harbour", 1)
    assert log(*fields, kind=Kind.PUBLISHED) == [expected]


def test_scheduling_and_withdrawing_are_written_down(chief):
    article = ArticleFactory(status=Status.DRAFT)
    services.article_schedule(article=article, editor=chief, at=NOW + timedelta(1), now=NOW)
    services.article_withdraw(article=article, editor=chief, now=NOW, reason="A lawyer's word")
    assert log("kind", model="archive.article") == [Kind.SCHEDULED, Kind.WITHDRAWN]


def test_many_at_once_are_one_entry_with_their_number(chief):
    ArticleFactory.create_batch(7, status=Status.DRAFT)
    services.articles_publish(articles=Article.objects.all(), editor=chief, now=NOW)
    assert log("count", "subject", kind=Kind.PUBLISHED) == [(7, "articles")]


def test_a_move_that_moved_nothing_is_no_deed(chief):
    ArticleFactory(status=Status.PUBLISHED)
    services.articles_publish(articles=Article.objects.all(), editor=chief, now=NOW)
    assert not log("kind", kind=Kind.PUBLISHED)


def test_what_is_taken_back_with_its_transaction_is_not_in_the_log(chief):
    article = ArticleFactory(status=Status.DRAFT)
    with transaction.atomic():
        services.article_publish(article=article, editor=chief, now=NOW)
        transaction.set_rollback(True)
    assert not log("kind", kind=Kind.PUBLISHED)


def test_deleting_is_written_down_by_whichever_door(chief):
    ArticleFactory(headline="A draft").delete()
    ArticleFactory.create_batch(3)
    Article.objects.all().delete()
    Tag.objects.create(name="sea", slug="sea").delete()
    Section.objects.filter(pk=SectionFactory(name="Letters").pk).delete()
    deleted = log("subject", "count", kind=Kind.DELETED)
    assert deleted == [("A draft", 1), ("articles", 3), ("sea", 1), ("Letters", 1)]


def test_the_desk_deletes_one_and_many_with_one_entry_each(chief):
    one, *many = ArticleFactory.create_batch(4)
    desk = signed_in(chief)
    desk.post(f"/admin/archive/article/{one.pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [a.pk for a in many], "post": "yes"}
    desk.post("/admin/archive/article/", chosen)
    assert not Article.objects.exists()
    found = log("count", "name", "whence", kind=Kind.DELETED)
    assert found == [(1, chief.username, "127.0.0.1"), (3, chief.username, "127.0.0.1")]


def test_decisions_about_people_are_written_down_and_so_is_taking_them_back(chief):
    lost, kept = PersonFactory(name="Ann Vale"), PersonFactory(name="Anne Vale")
    decision = identity.person_merge(lost=lost, kept=kept, by=chief)
    identity.decision_undo(decision=decision, by=chief)
    assert log("kind", "subject", "name", model="archive.person") == [
        (Kind.DECIDED, "Ann Vale merged into Anne Vale", chief.username),
        (Kind.UNDECIDED, "Ann Vale merged into Anne Vale", chief.username),
    ]


def test_links_for_review_are_written_down_without_the_link(chief):
    article = ArticleFactory(status=Status.DRAFT)
    token = preview_make(article=article, editor=chief, lasting=timedelta(1), now=NOW)
    preview_revoke(preview=article.previews.get(), editor=chief)
    entries = AuditEntry.objects.filter(
        subject_id=article.pk, kind__in=(Kind.PREVIEW, Kind.REVOKED)
    )
    assert [entry.kind for entry in entries.order_by("id")] == [Kind.PREVIEW, Kind.REVOKED]
    assert not any(token in str(vars(entry)) for entry in entries)


def test_a_link_that_expired_was_not_taken_back(chief):
    article = ArticleFactory(status=Status.DRAFT)
    for day in (0, 2):
        preview_make(
            article=article, editor=chief, lasting=timedelta(1), now=NOW + timedelta(days=day)
        )
    assert article.previews.count() == 1
    assert not log("kind", kind=Kind.REVOKED)


def test_imports_are_written_down_with_the_command_and_who_ran_it(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.argv", ["/srv/manage.py", "import_articles", "--source", "x"])
    file = tmp_path / "one.jsonl"
    file.write_text('{"id": "1", "headline": "A", "body": "B", "published": "2001-02-03"}\n')
    call_command("import_articles", str(file), source="Courier", stdout=StringIO())
    ((whence, name),) = log("whence", "name", kind=Kind.IMPORTED)
    assert whence.startswith("manage.py import_articles (")
    assert name == ""


def test_undoing_an_import_is_written_down(chief):
    from archive.importers.undoing import Way, batch_undo

    batch = ImportBatch.objects.create()
    article = ArticleFactory()
    Article.objects.filter(pk=article.pk).update(batch=batch, content_hash="x")
    undone = batch_undo(batch=batch, editor=chief, way=Way.DELETE, now=NOW)
    found = log("subject_id", "count", kind=Kind.UNDONE)
    assert found == ([(batch.pk, 1)] if undone.taken else [])
    assert undone.taken == 1


def test_exports_are_written_down_with_their_number_and_query(capsys):
    ArticleFactory(headline="Flood")
    call_command("export_articles", "flood", "--desk", "--format", "csv")
    assert log("count", "note", kind=Kind.EXPORTED) == [(1, "desk, csv: flood")]


def test_whoever_is_given_more_or_less_power_is_written_down(chief):
    user = User.objects.create_user("ben", password="x")
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    user.user_permissions.add(Permission.objects.get(codename="delete_article"))
    user.groups.remove(Group.objects.get(name=Role.EDITOR))
    user.is_staff = True
    user.save()
    user.set_password("y")
    user.save()
    user.last_login = NOW
    user.save()
    assert log("note", subject_id=user.pk, model="auth.user") == [
        "new",
        "+ Editors",
        "+ delete_article",
        "- Editors",
        "is_staff=True",
        "password",
    ]


def test_a_group_that_is_given_a_right_is_written_down():
    group = Group.objects.get(name=Role.CONTRIBUTOR)
    group.permissions.add(Permission.objects.get(codename="delete_article"))
    group.permissions.clear()
    assert log("note", model="auth.group") == ["+ delete_article", "- *"]


def test_coming_and_going_are_written_down_and_failing_too():
    User.objects.create_superuser("ann", password="Petrels over Port Almond")
    browser = Client(REMOTE_ADDR="203.0.113.7")
    for name, password in (
        ("ann", "wrong"),
        ("swordfish", "wrong"),
        ("ann", "Petrels over Port Almond"),
    ):
        browser.post("/admin/login/", {"username": name, "password": password})
    browser.post("/admin/logout/")
    found = log("kind", "name", "subject", "whence", whence="203.0.113.7")
    assert found == [
        (Kind.FAILED, "", "ann", "203.0.113.7"),
        (Kind.FAILED, "", "", "203.0.113.7"),
        (Kind.SIGNED_IN, "ann", "", "203.0.113.7"),
        (Kind.SIGNED_OUT, "ann", "", "203.0.113.7"),
    ]


def test_an_entry_names_the_request_that_it_was_done_in():
    begin_trace("abcdef0123456789")
    entry_write(kind=Kind.EXPORTED)
    assert log("trace") == ["abcdef0123456789"]


def test_who_did_it_stays_when_the_account_is_gone(chief):
    entry_write(kind=Kind.EXPORTED, by=chief)
    pk, name = chief.pk, chief.username
    chief.delete()
    assert log("account", "name", kind=Kind.EXPORTED) == [(pk, name)]


def test_what_is_longer_than_its_place_is_cut(chief):
    article = ArticleFactory(headline="x" * 400)
    entry_write(kind=Kind.EXPORTED, subject=article, note="y" * 600)
    assert log("subject", "note", kind=Kind.EXPORTED) == [("x" * 200, "y" * 500)]


def test_no_entry_is_ever_changed():
    entry_write(kind=Kind.EXPORTED)
    entry = AuditEntry.objects.get()
    entry.name = "somebody else"
    for deed in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(name="somebody else"),
    ):
        with pytest.raises(AppendOnlyError):
            deed()
    assert log("name") == [""]


def test_what_is_old_is_forgotten_when_somebody_says_so():
    for days in (10, 400):
        AuditEntry.objects.create(kind=Kind.EXPORTED, at=NOW - timedelta(days), whence="")
    call_command("forget_audit_log", "--older-than", "365", stdout=StringIO())
    assert AuditEntry.objects.count() == 1
    with pytest.raises(CommandError):
        call_command("forget_audit_log", "--older-than", "0")
    assert entries_forget(before=NOW) == 1


class TestTheDesk:
    def test_chiefs_read_the_log_and_nobody_changes_it(self, chief):
        entry_write(kind=Kind.EXPORTED, by=chief, note="desk, csv: flood")
        (pk,) = log("pk", kind=Kind.EXPORTED)
        desk = signed_in(chief)
        assert "desk, csv: flood" in desk.get("/admin/archive/auditentry/").content.decode()
        for page, method in (("change", "post"), ("delete", "get"), ("delete", "post")):
            address = f"/admin/archive/auditentry/{pk}/{page}/"
            assert getattr(desk, method)(address).status_code == 403
        assert desk.get("/admin/archive/auditentry/add/").status_code == 403
        editor = signed_in(member(Role.EDITOR))
        assert editor.get("/admin/archive/auditentry/").status_code == 403

    def test_it_is_filtered_by_kind_person_and_day(self, chief):
        other = User.objects.create_user("ben", is_staff=True)
        for kind, by in ((Kind.EXPORTED, chief), (Kind.REVOKED, other)):
            entry_write(kind=kind, by=by, note=f"noted {kind}")
        desk = signed_in(chief)
        for query in ("kind__exact=revoked", f"account={other.pk}"):
            page = desk.get(f"/admin/archive/auditentry/?{query}").content.decode()
            assert "noted revoked" in page
            assert "noted exported" not in page
        tomorrow = f"{timezone.localdate() + timedelta(days=1)}+00:00:00%2B00:00"
        page = desk.get(f"/admin/archive/auditentry/?at__gte={tomorrow}").content.decode()
        assert "noted" not in page
        assert desk.get("/admin/archive/auditentry/?account=nobody").status_code == 200

    def test_a_long_log_is_never_counted_to_its_end(self, chief):
        desk = signed_in(chief)
        with CaptureQueriesContext(connection) as queries:
            desk.get("/admin/archive/auditentry/")
        counts = [
            one["sql"]
            for one in queries
            if "COUNT(" in one["sql"] and "archive_auditentry" in one["sql"]
        ]
        assert counts
        assert all("LIMIT 10000" in sql for sql in counts)


def test_who_decides_at_the_desk_is_in_the_log_by_address(chief):
    people = [PersonFactory(name="Cay Stour"), PersonFactory(name="Kay Stour")]
    desk = signed_in(chief)
    chosen = {"action": "mark_not_people", "_selected_action": [one.pk for one in people]}
    desk.post("/admin/archive/person/", chosen)
    assert log("whence", "name", kind=Kind.DECIDED) == [("127.0.0.1", chief.username)] * 2

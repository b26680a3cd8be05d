"""Saved views: a list under a name, one's own or everybody's."""

import pytest
from django.urls import reverse

from archive.models import Status
from archive.rights import NotAllowed, Role
from search.desk.saved import view_keep
from search.models import SavedView
from tests.desk import signed_in
from tests.factories import ArticleFactory, member
from tests.search.desk.conftest import ARTICLES

pytestmark = pytest.mark.django_db

KEEP = reverse("admin:archive_article_keep")
VIEWS = reverse("admin:search_savedview_changelist")


def names(client) -> list[str]:
    """The views above the list."""
    return [saved["view"].name for saved in client.get(ARTICLES).context["saved_views"]]


def change_of(view: SavedView, page: str = "change") -> str:
    return reverse(f"admin:search_savedview_{page}", args=[view.pk])


def test_a_list_is_kept_with_its_words_and_filters_and_without_its_page(desk, editor):
    ArticleFactory(status=Status.DRAFT)
    sent = {"name": "Waiting for me", "query": "status__exact=in_review&q=harbour&p=3"}
    answer = desk.post(KEEP, sent)
    assert answer.headers["Location"] == f"{ARTICLES}?status__exact=in_review&q=harbour"
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Waiting for me", "status__exact=in_review&q=harbour")
    assert (view.owner, view.shared) == (editor, False)


def test_it_stands_above_the_list_and_is_marked_where_it_is_shown(desk, editor):
    view_keep(name="Drafts", query="status__exact=draft", shared=False, by=editor)
    shown = '<a href="?status__exact=draft"{} dir="auto">Drafts</a>'
    assert shown.format("") in desk.get(ARTICLES).content.decode()
    here = desk.get(ARTICLES, {"status__exact": "draft"}).content.decode()
    assert shown.format(' aria-current="page"') in here


def test_the_same_name_leads_to_the_new_list(editor):
    view_keep(name="Mine", query="q=one", shared=False, by=editor)
    view_keep(name="Mine", query="q=other", shared=True, by=editor)
    view = SavedView.objects.get()
    assert (view.query, view.shared) == ("q=other", True)


def test_others_see_only_what_is_shared(desk, editor):
    view_keep(name="My own", query="q=one", shared=False, by=editor)
    view_keep(name="Everybody's", query="q=other", shared=True, by=editor)
    contributor = signed_in(member(Role.CONTRIBUTOR))
    assert names(desk) == ["Everybody's", "My own"]
    assert names(contributor) == ["Everybody's"]


def test_a_view_without_a_name_is_not_kept(desk):
    desk.post(KEEP, {"name": " ", "query": "q=one"})
    assert not SavedView.objects.exists()


def test_one_is_renamed_and_deleted_by_its_owner(desk, editor):
    view = view_keep(name="My own", query="q=one", shared=False, by=editor)
    desk.post(change_of(view), {"name": "Mine", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Mine", True)
    desk.post(change_of(view, "delete"), {"post": "yes"})
    assert not SavedView.objects.exists()


class TestPermissions:
    def test_only_who_may_edit_what_others_wrote_shares(self):
        contributor = member(Role.CONTRIBUTOR)
        with pytest.raises(NotAllowed):
            view_keep(name="For all", query="", shared=True, by=contributor)
        sent = {"name": "For all", "query": "", "shared": "on"}
        assert signed_in(contributor).post(KEEP, sent).status_code == 403
        own = view_keep(name="Own", query="", shared=False, by=contributor)
        signed_in(contributor).post(change_of(own), {"name": "Own", "shared": "on"})
        own.refresh_from_db()
        assert not own.shared

    def test_what_others_share_is_changed_by_nobody_but_chiefs(self):
        view = view_keep(name="All", query="", shared=True, by=member(Role.EDITOR))
        editor = signed_in(member(Role.EDITOR, "another"))
        assert editor.get(VIEWS).status_code == 200
        assert editor.post(change_of(view), {"name": "Mine"}).status_code == 403
        assert editor.post(change_of(view, "delete"), {"post": "yes"}).status_code == 403
        chief = signed_in(member(Role.CHIEF))
        assert chief.post(change_of(view, "delete"), {"post": "yes"}).status_code == 302

    def test_what_others_keep_for_themselves_is_not_there_for_anybody(self, desk):
        view = view_keep(name="Own", query="", shared=False, by=member(Role.EDITOR))
        assert desk.get(change_of(view)).status_code == 302
        assert "Own" not in desk.get(VIEWS).content.decode()

    def test_nothing_is_kept_by_getting(self, desk):
        assert desk.get(KEEP, {"name": "x"}).status_code == 405

    def test_strangers_are_sent_to_sign_in(self, client):
        for address in (KEEP, VIEWS):
            assert client.get(address).status_code == 302
        assert client.post(KEEP, {"name": "x"}).status_code == 302
        assert not SavedView.objects.exists()

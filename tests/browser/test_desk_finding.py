"""The desk's list in a browser: found, kept under a name, changed as a whole, undone."""

import pytest
from playwright.sync_api import expect

from archive.models import Article, Status
from archive.rights import Role
from search.desk import bulk
from tests.factories import member

ARTICLES = "/admin/archive/article/"


@pytest.fixture
def desk(reader):
    """A chief, signed in."""
    chief = member(Role.CHIEF)
    chief.set_password("a-long-password")
    chief.save()
    somebody = reader()
    page = somebody.open("/admin/login/")
    page.get_by_label("Username").fill("chief")
    page.get_by_label("Password").fill("a-long-password")
    page.get_by_role("button", name="Log in").click()
    return somebody


def test_a_list_is_found_narrowed_and_kept_under_a_name(desk):
    page = desk.open(ARTICLES)
    page.locator("#searchbar").fill("harbour")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".about-list__total")).to_contain_text("26 articles")
    page.locator("#changelist-filter").get_by_role("link", name="1997").click()
    page.get_by_text("Keep this list").click()
    page.get_by_label("Name").fill("Harbour, 1997")
    page.get_by_role("button", name="Keep", exact=True).click()
    views = page.get_by_role("navigation", name="Saved views")
    expect(views.get_by_role("link", name="Harbour, 1997")).to_have_attribute(
        "aria-current", "page"
    )


def test_all_that_a_search_finds_is_changed_while_one_watches_and_undone(desk, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 10)
    monkeypatch.setattr("search.admin.SearchedArticleAdmin.list_per_page", 20)
    page = desk.open(f"{ARTICLES}?q=harbour")
    page.locator("#action-toggle").check()
    page.get_by_role("button", name="Select all 26 articles").click()
    page.get_by_label("Action:").select_option("withdraw")
    page.get_by_role("button", name="Go", exact=True).click()
    page.get_by_label("Why?").fill("Sold to the Herald")
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_role("status")).to_contain_text("26 articles will be changed.")
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_role("status")).to_contain_text("26 articles were changed.")
    assert Article.objects.filter(status=Status.WITHDRAWN).count() == 26
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("26 of 26 articles were put back.")
    assert not Article.objects.filter(status=Status.WITHDRAWN).exists()

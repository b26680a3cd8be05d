"""Browsing, for every eye and hand; all of it without a script."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Reader

Arrive = Callable[..., Reader]


def test_from_home_to_a_day_and_back_up_the_trail(reader: Arrive):
    page = reader(java_script_enabled=False).open("/")
    page.get_by_role("complementary").get_by_role("link", name="Calendar").click()
    page.get_by_role("link", name="2001 5 articles").click()
    page.get_by_role("link", name="3 Feb 2001: 1 article").click()
    expect(page.get_by_role("heading", name="Saturday, 3 Feb 2001")).to_be_visible()
    expect(page.get_by_role("link", name="Flood of 2001-02-03")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="February").click()
    expect(page.get_by_role("heading", name="2 articles", exact=True)).to_be_visible()
    page.get_by_role("navigation", name="Before and after").get_by_role("link").last.click()
    expect(page.get_by_role("heading", name="July 2001")).to_be_visible()


def test_people_ticked_on_several_pages_of_an_index_narrow_the_search_together(reader: Arrive):
    page = reader(java_script_enabled=False).open("/search/facet/person/?q=harbour")
    page.get_by_role("checkbox", name="Ann Vale").check()
    page.get_by_label("Search within").fill("person0")
    page.get_by_role("button", name="Find").click()
    chosen = page.get_by_role("group", name="Chosen")
    expect(chosen.get_by_role("checkbox", name="Ann Vale")).to_be_checked()
    page.get_by_role("checkbox", name="Town Person07").check()
    page.get_by_role("button", name="Most articles first").click()
    expect(chosen.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("button", name="Show articles").first.click()
    expect(page.get_by_role("link", name="Remove Person: Town Person07")).to_be_visible()
    expect(page.get_by_role("link", name="Remove Person: Ann Vale")).to_be_visible()

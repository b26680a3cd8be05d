"""Searching without JavaScript: the same form and links do everything."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader

Arrive = Callable[..., Reader]


def plain(reader: Arrive) -> Page:
    return reader(java_script_enabled=False).open("/search/")


def count(page: Page):
    return page.locator("#results")


def search(page: Page, words: str) -> None:
    page.get_by_label("Search the archive").fill(words)
    page.get_by_role("button", name="Search").click()


def test_words_a_person_and_a_year_narrow_and_back_widens(reader: Arrive):
    page = plain(reader)
    search(page, "harbour")
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    people = page.get_by_role("group", name="People")
    people.get_by_role("checkbox", name="Ann Vale").check()
    people.get_by_role("button", name="Apply").click()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    page.get_by_role("link", name="2001: 1 article").first.click()
    expect(count(page)).to_have_text("1 article, 2001")
    shared = reader(java_script_enabled=False).open(page.url)
    expect(count(shared)).to_have_text("1 article, 2001")
    page.go_back()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    page.go_back()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    page.reload()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).not_to_be_checked()
    expect(page.get_by_label("Search the archive")).to_have_value("harbour")


def test_a_chip_removes_what_it_names(reader: Arrive):
    page = plain(reader)
    page.goto("/search/?q=harbour&person=ann-vale&tag=bridge")
    page.get_by_role("link", name="Remove person: Ann Vale").click()
    expect(page).to_have_url(re.compile(r"\?q=harbour&tag=bridge$"))
    expect(count(page)).to_have_text("24 articles, 1997 to 2008")


def test_more_people_have_a_page_with_a_search_of_its_own(reader: Arrive):
    page = plain(reader)
    search(page, "harbour")
    page.get_by_role("group", name="People").get_by_role("link", name="Show all").click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    page.get_by_label("Search within: People").fill("person23")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="Town Person23").check()
    page.get_by_role("button", name="Show articles").click()
    expect(count(page)).to_have_text("1 article, 2008")
    expect(page).to_have_url(re.compile("q=harbour.*&person=town-person23$"))


def test_sorting_and_pages_work(reader: Arrive):
    page = plain(reader)
    search(page, "harbour")
    page.get_by_label("Sort by").select_option("oldest")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page.locator(".result").first).to_contain_text("Harbour report 0")
    page.get_by_role("link", name="Page 2").click()
    expect(page.locator(".result")).to_have_count(6)


def test_views_are_links_and_what_is_searched_next_keeps_the_view(reader: Arrive):
    page = plain(reader)
    page.get_by_role("navigation", name="View").get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("heading", name="1997", exact=False).first).to_be_visible()
    search(page, "flood")
    expect(page).to_have_url(re.compile("q=flood.*&view=timeline"))
    page.get_by_role("link", name="February 2001").last.click()
    expect(count(page)).to_have_text("2 articles, 2001")
    expect(page).to_have_url(re.compile("from=2001-02&to=2001-02$"))


def test_where_nothing_is_found_a_link_leads_to_something(reader: Arrive):
    page = plain(reader)
    search(page, "harbour volcano")
    page.get_by_role("link", name="Without “volcano”").click()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")

"""The search page for every eye, hand and screen."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.browser.looks import objections

Arrive = Callable[..., Reader]


def test_axe_finds_nothing_to_object_to_in_the_open_suggestions(reader: Arrive):
    page = reader().open("/search/")
    page.locator("#q").press_sequentially("harb")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert objections(page) == []


def phone(reader: Arrive, address: str, **options: Any) -> Page:
    return reader(viewport={"width": 360, "height": 640}, **options).open(address)


def test_on_a_phone_the_filters_are_a_dialog_that_stays_while_things_are_chosen(reader: Arrive):
    page = phone(reader, "/search/?q=harbour")
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_hidden()
    page.get_by_role("link", name="Filters").press("Enter")
    dialog = page.get_by_role("dialog", name="Filters")
    dialog.get_by_role("checkbox", name="Ann Vale").check()
    expect(dialog.get_by_role("link", name="Show 12 articles, 1997 to 2008")).to_be_visible()
    expect(dialog.get_by_role("checkbox", name="Ann Vale")).to_be_focused()
    dialog.get_by_label("Search within: People").fill("person23")
    expect(dialog.get_by_role("checkbox", name="Town Person00")).to_have_count(0)
    dialog.get_by_role("checkbox", name="Town Person23").press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Filters 1 chosen")).to_be_focused()
    assert page.evaluate("location.search") == "?q=harbour&person=ann-vale"


def test_the_dialog_leads_to_the_results_and_becomes_a_column_where_there_is_room(reader: Arrive):
    page = phone(reader, "/search/?q=flood")
    page.get_by_role("link", name="Filters").click()
    page.get_by_role("link", name="Show 4 articles, 2001 to 2002").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#results")).to_be_focused()
    page.get_by_role("link", name="Filters").click()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Ben Roy")).to_be_visible()


def test_axe_finds_nothing_to_object_to_in_the_dialogs(reader: Arrive):
    page = phone(reader, "/search/?q=harbour&person=ann-vale", reduced_motion="reduce")
    page.get_by_role("link", name="Filters").click()
    assert objections(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keyboard").click()
    assert objections(page) == []


def test_without_javascript_a_phone_shows_the_filters_where_they_stand(reader: Arrive):
    page = phone(reader, "/search/?q=harbour", java_script_enabled=False)
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_hidden()
    page.get_by_role("link", name="Filters").click()
    page.get_by_role("checkbox", name="Ann Vale").check()
    page.get_by_role("group", name="People").get_by_role("button", name="Apply").click()
    expect(page.locator("#results")).to_have_text("12 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_hidden()


def test_everything_is_reached_by_the_keyboard(reader: Arrive):
    page = reader().open("/search/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Search the archive")).to_be_focused()
    page.keyboard.type("flood")
    expect(page.locator("#results")).to_have_text("4 articles, 2001 to 2002")
    page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="Ben Roy").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="Remove person: Ben Roy")).to_be_visible()
    page.get_by_role("link", name="2002: 1 article").first.focus()
    expect(page.locator(".bar__value", has_text="2002: 1 article")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_have_text("1 article, 2002")

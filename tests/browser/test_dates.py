"""Dates on the search page: the histogram by mouse, finger and keyboard, and the two fields."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader

Arrive = Callable[..., Reader]


def count(page: Page) -> Locator:
    return page.locator("#results")


def bars(page: Page) -> Locator:
    return page.locator("[data-bars] > li")


def bar(page: Page, name: str) -> Locator:
    return page.locator("[data-bars]").get_by_role("link", name=name, exact=True)


def crumbs(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Dates", exact=True)


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def picked(page: Page) -> Locator:
    return page.locator("[data-range]")


def expect_query(page: Page, **wanted: str) -> None:
    page.wait_for_function(
        "wanted => JSON.stringify(Object.fromEntries(new URLSearchParams(location.search)))"
        " === JSON.stringify(wanted)",
        arg=wanted,
    )


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8


def test_dragging_over_the_bars_picks_their_years(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    page.mouse.move(*middle(bars(page).nth(5)))
    page.mouse.down()
    page.mouse.move(*middle(bars(page).nth(2)), steps=4)
    expect(picked(page)).to_have_text(re.compile(r"1999\s*–\s*2002: 8"))
    page.mouse.up()
    expect_query(page, q="harbour", **{"from": "1999", "to": "2002"})
    expect(count(page)).to_have_text("8 articles, 1999 to 2002")
    expect(picked(page)).to_be_hidden()
    page.go_back()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")


def test_a_drag_may_end_beside_the_bars_and_escape_gives_it_up(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    x, y = middle(bars(page).nth(9))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=2)
    page.keyboard.press("Escape")
    expect(picked(page)).to_be_hidden()
    page.mouse.up()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(1_270, y + 200, steps=4)
    page.mouse.up()
    expect_query(page, q="harbour", **{"from": "2006", "to": "2008"})


def test_a_drag_inside_one_bar_searches_once(reader: Arrive):
    somebody = reader()
    page = somebody.open("/search/?q=harbour")
    x, y = middle(bars(page).nth(4))
    page.mouse.move(x - 10, y)
    page.mouse.down()
    page.mouse.move(x + 10, y, steps=3)
    page.mouse.up()
    expect_query(page, q="harbour", **{"from": "2001", "to": "2001"})
    expect(count(page)).to_have_text("2 articles, 2001")
    assert len(somebody.asked) == 1


def test_a_finger_drags_over_the_bars_and_a_tap_is_a_click(reader: Arrive):
    somebody = reader(has_touch=True, viewport={"width": 360, "height": 640})
    page = somebody.open("/search/?q=harbour")
    finger = somebody.context.new_cdp_session(page)
    from_x, y = middle(bars(page).nth(0))
    to_x, _ = middle(bars(page).nth(3))

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": y}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", from_x)
    for step in range(1, 6):
        touch("touchMove", from_x + (to_x - from_x) * step / 5)
    touch("touchEnd")
    expect_query(page, q="harbour", **{"from": "1997", "to": "2000"})
    expect(count(page)).to_have_text("8 articles, 1997 to 2000")
    page.go_back()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    page.touchscreen.tap(*middle(bars(page).nth(4)))
    expect_query(page, q="harbour", **{"from": "2001", "to": "2001"})


@pytest.mark.parametrize("scripts", [True, False])
def test_bars_drill_down_to_a_day_and_crumbs_and_back_lead_out(reader: Arrive, scripts: bool):
    page = reader(java_script_enabled=scripts).open("/search/?q=flood&from=1997&to=2006")
    bar(page, "2001: 3 articles").click()
    bar(page, "February 2001: 2 articles").click()
    bar(page, "4 February 2001: 1 article").click()
    expect(count(page)).to_have_text("1 article, 2001")
    expect(page).to_have_url(re.compile(r"\?q=flood&from=2001-02-04&to=2001-02-04$"))
    expect(crumbs(page).get_by_role("listitem")).to_have_text(
        ["All dates", "2000s", "2001", "February", "4 February"]
    )
    for found in ("2 articles, 2001", "3 articles, 2001", "4 articles, 2001 to 2002"):
        page.go_back()
        expect(count(page)).to_have_text(found)
    page.go_forward()
    expect(count(page)).to_have_text("3 articles, 2001")
    page.go_forward()
    expect(count(page)).to_have_text("2 articles, 2001")
    crumbs(page).get_by_role("link", name="2001").click()
    expect(count(page)).to_have_text("3 articles, 2001")
    crumbs(page).get_by_role("link", name="2000s").click()
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    crumbs(page).get_by_role("link", name="All dates").click()
    expect(page).to_have_url(re.compile(r"\?q=flood$"))


def test_the_keyboard_goes_along_the_bars_and_into_them(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    bar(page, "1997: 2 articles").focus()
    page.keyboard.press("End")
    expect(bar(page, "2008: 2 articles")).to_be_focused()
    expect(page.get_by_text("2008: 2 articles", exact=True).first).to_have_css("opacity", "1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("2 articles, 2007")
    expect(page.locator("[data-bars] a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect_query(page, q="harbour", **{"from": "2007-09", "to": "2007-09"})


def test_the_bars_are_one_stop_of_the_tab_key(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    bar(page, "1997: 2 articles").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-bars]')") is None
    page.keyboard.press("Shift+Tab")
    expect(bar(page, "1998: 2 articles")).to_be_focused()


def test_the_keyboard_alone_picks_a_range(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    bar(page, "1997: 2 articles").focus()
    page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    expect(picked(page)).to_have_text(re.compile(r"1998\s*–\s*2000: 6"))
    page.keyboard.press("Escape")
    expect(picked(page)).to_be_hidden()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect_query(page, q="harbour", **{"from": "1999", "to": "2000"})


def test_the_share_of_all_articles_stays_in_the_address_and_goes_on_down(reader: Arrive):
    page = reader().open("/search/?q=harbour&from=2000&to=2006")
    page.get_by_role("link", name="As share of all articles").click()
    expect(page.get_by_role("heading", name="Share of all articles of each year")).to_be_visible()
    expect(bar(page, "2001: 2 of 5 articles, 40%")).to_be_visible()
    page.get_by_label("Search the archive").press("End")
    page.get_by_label("Search the archive").press_sequentially(" report")
    expect_query(page, q="harbour report", **{"from": "2000", "to": "2006", "chart": "share"})
    bar(page, "2001: 2 of 5 articles, 40%").click()
    expect_query(page, q="harbour report", **{"from": "2001", "to": "2001", "chart": "share"})
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name="September 2001 1 1 100%")).to_be_visible()
    page.get_by_role("link", name="As numbers of articles").click()
    expect(bar(page, "September 2001: 1 article")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_dates_can_be_typed_in_words(reader: Arrive, scripts: bool):
    page = reader(java_script_enabled=scripts).open("/search/")
    field(page, "From").fill("Feb 2001")
    field(page, "To").fill("9/7/2001")
    field(page, "To").press("Enter")
    expect(count(page)).to_have_text("3 articles, 2001")
    expect(page.get_by_text("Understood as: 1 February 2001 to 9 July 2001")).to_be_visible()
    expect(page.get_by_text("For the other day write “7 September 2001”.")).to_be_visible()
    expect(field(page, "From")).to_have_value("Feb 2001")


def test_a_date_is_read_while_it_is_typed_and_nothing_is_searched_yet(reader: Arrive):
    somebody = reader()
    page = somebody.open("/search/?q=flood")
    field(page, "From").press_sequentially("Dec 2001")
    expect(page.get_by_text("Understood as: from 1 December 2001")).to_be_visible()
    expect(field(page, "From")).to_be_focused()
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    assert {urlsplit(url).path for url in somebody.asked} == {"/search/dates/"}
    assert parse_qs(urlsplit(somebody.asked[-1]).query)["from"] == ["Dec 2001"]
    field(page, "From").press("Enter")
    expect(count(page)).to_have_text("1 article, 2002")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_day_that_is_none_is_said_beside_its_field_and_nothing_is_lost(
    reader: Arrive, scripts: bool
):
    page = reader(java_script_enabled=scripts).open("/search/?q=flood&from=2001")
    field(page, "To").fill("31 Feb 2001")
    field(page, "To").press("Enter")
    said = page.get_by_text("“31 Feb 2001” is not a day: February 2001 has 28 days.")
    expect(said).to_be_visible()
    expect(field(page, "To")).to_have_value("31 Feb 2001")
    expect(field(page, "To")).to_have_attribute("aria-invalid", "true")
    expect(field(page, "To")).to_have_accessible_description(re.compile("has 28 days"))
    expect(field(page, "From")).to_have_value("2001")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")


def test_undated_articles_can_be_asked_for_without_scripts(reader: Arrive):
    page = reader(java_script_enabled=False).open("/search/")
    page.get_by_role("link", name="2 undated articles").click()
    expect(count(page)).to_have_text("2 articles")
    page.get_by_role("link", name="Remove Date: undated").click()
    expect(count(page)).to_have_text("30 articles, 1997 to 2008")

"""Searching with JavaScript: everything follows what is typed and clicked."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import FAILED, Reader

Arrive = Callable[..., Reader]


def count(page: Page):
    return page.locator("#results")


def box(page: Page):
    return page.get_by_role("combobox", name="Search the archive")


def expect_address(page: Page, query: str) -> None:
    """The address says exactly this, whatever the order."""
    expect(page).to_have_url(re.compile(r"/search/(\?.*)?$"))
    page.wait_for_function(
        "query => location.search.slice(1).split('&').sort().join('&') === query",
        arg="&".join(sorted(query.split("&"))),
    )


def test_results_counts_and_address_follow_the_typing(reader: Arrive):
    page = reader().open("/search/")
    expect(count(page)).to_have_text("30 articles, 1997 to 2008")
    box(page).press_sequentially("flood")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    expect(page.get_by_role("status")).to_have_text("4 articles, 2001 to 2002")
    expect_address(page, "q=flood")
    expect(page).to_have_title(re.compile("“flood”"))
    assert page.evaluate("document.activeElement.id") == "q"


def test_back_forward_reload_and_a_shared_link_give_the_same_page(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("harbour")
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    page.get_by_role("checkbox", name="Ann Vale").check()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    page.get_by_role("link", name="2001: 1 article").first.click()
    expect(count(page)).to_have_text("1 article, 2001")
    expect_address(page, "q=harbour&person=ann-vale&from=2001&to=2001")

    shared = reader().open(page.url)
    for same in (page, shared):
        expect(count(same)).to_have_text("1 article, 2001")
        expect(same.get_by_role("checkbox", name="Ann Vale")).to_be_checked()
        expect(same.get_by_role("textbox", name="From", exact=True)).to_have_value("2001")

    page.go_back()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_checked()
    expect(page.get_by_role("textbox", name="From", exact=True)).to_have_value("")
    page.go_back()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).not_to_be_checked()
    expect(box(page)).to_have_value("harbour")
    page.go_back()
    expect(count(page)).to_have_text("30 articles, 1997 to 2008")
    expect(box(page)).to_have_value("")
    page.go_forward()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    page.go_forward()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    page.reload()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_checked()
    expect(box(page)).to_have_value("harbour")


def drag(page: Page, first: int, last: int) -> None:
    """The pointer over the bars of the histogram, from one to another."""
    boxes = [
        page.locator("[data-bars] > li").nth(number).bounding_box() for number in (first, last)
    ]
    (x, y), (there, _) = [(box["x"] + box["width"] / 2, box["y"] + 80) for box in boxes if box]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(there, y, steps=4)
    page.mouse.up()


def test_typing_a_person_and_a_dragged_range_are_three_steps_back(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("harbour")
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    page.get_by_role("checkbox", name="Ann Vale").check()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    drag(page, 2, 5)
    expect(count(page)).to_have_text("4 articles, 1999 to 2002")
    page.reload()
    expect(count(page)).to_have_text("4 articles, 1999 to 2002")
    shared = reader().open(page.url)
    expect(count(shared)).to_have_text("4 articles, 1999 to 2002")
    expect(shared.get_by_role("checkbox", name="Ann Vale")).to_be_checked()
    for found in ("12 articles, 1997 to 2008", "26 articles, 1997 to 2008"):
        page.go_back()
        expect(count(page)).to_have_text(found)
    page.go_back()
    expect(count(page)).to_have_text("30 articles, 1997 to 2008")
    expect(box(page)).to_have_value("")


def test_a_burst_of_typing_is_one_step_back_and_a_search_is_its_end(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("harb")
    expect_address(page, "q=harb")
    box(page).press_sequentially("our")
    expect_address(page, "q=harbour")
    box(page).press("Enter")
    box(page).press_sequentially(" bridge")
    expect_address(page, "q=harbour+bridge")
    page.get_by_role("checkbox", name="Ann Vale").check()
    expect_address(page, "q=harbour+bridge&person=ann-vale")
    box(page).press("End")
    box(page).press_sequentially(" report")
    expect_address(page, "q=harbour+bridge+report&person=ann-vale")
    page.go_back()
    expect_address(page, "q=harbour+bridge&person=ann-vale")
    page.go_back()
    expect_address(page, "q=harbour+bridge")
    page.go_back()
    expect(box(page)).to_have_value("harbour")
    page.go_back()
    expect(box(page)).to_have_value("")


def test_coming_back_from_an_article_gives_the_whole_page(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("flood")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    page.get_by_role("link", name="Flood of 2002-01-01").click()
    expect(page).to_have_url(re.compile("/article/"))
    page.go_back()
    expect(page.get_by_role("banner")).to_be_visible()
    expect(box(page)).to_have_value("flood")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")


def test_a_late_answer_never_overwrites_a_newer_one(reader: Arrive):
    page = reader().open("/search/")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route) if not held else route.continue_()

    page.route(lambda url: urlsplit(url).path == "/search/", hold_the_first)
    with page.expect_request(re.compile(r"/search/\?")):
        box(page).press_sequentially("harbour")
    box(page).fill("flood")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    held[0].fulfill(
        status=200,
        body="<div id='found'><h2 id='results'>late</h2></div>",
        content_type="text/html",
    )
    page.get_by_role("checkbox", name="Ben Roy").check()
    expect_address(page, "q=flood&person=ben-roy")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")


def test_nothing_is_asked_while_a_word_is_being_composed(reader: Arrive):
    somebody = reader()
    somebody.page.clock.install()
    page = somebody.open("/search/")
    box(page).focus()
    keyboard = somebody.context.new_cdp_session(page)
    somebody.asked.clear()
    for unfinished in ("f", "fl", "flo"):
        caret = {"selectionStart": len(unfinished), "selectionEnd": len(unfinished)}
        keyboard.send("Input.imeSetComposition", {"text": unfinished, **caret})
        page.clock.run_for(1_000)  # far longer than any delay before asking
    assert somebody.asked == []
    keyboard.send("Input.insertText", {"text": "flood"})
    page.clock.run_for(1_000)
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    assert {parse_qs(urlsplit(url).query)["q"][0] for url in somebody.asked} == {"flood"}


def test_the_focus_stays_on_a_box_that_is_ticked(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    page.get_by_role("checkbox", name="Ann Vale").focus()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_focused()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    expect(page.get_by_role("checkbox", name="Ann Vale")).to_be_focused()


def test_the_focus_goes_to_the_count_when_a_chip_is_removed(reader: Arrive):
    page = reader().open("/search/?q=harbour&person=ann-vale")
    page.get_by_role("link", name="Remove person: Ann Vale").press("Enter")
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    expect(count(page)).to_be_focused()


def test_the_place_on_the_page_stays_when_a_box_is_ticked(reader: Arrive):
    page = reader(viewport={"width": 1280, "height": 500}).open("/search/")
    page.get_by_role("checkbox", name="Letters").scroll_into_view_if_needed()
    before = page.get_by_role("checkbox", name="Letters").bounding_box()
    page.get_by_role("checkbox", name="Letters").check()
    expect_address(page, "section=letters")
    scrolled = page.evaluate("scrollY")
    assert scrolled > 0
    assert before


def test_a_date_being_typed_survives_an_answer(reader: Arrive):
    page = reader().open("/search/")
    held: list[Route] = []
    page.route(lambda url: urlsplit(url).path == "/search/", lambda route: held.append(route))
    with page.expect_request(re.compile(r"/search/\?")):
        box(page).press_sequentially("flood")
    page.get_by_role("textbox", name="From", exact=True).press_sequentially("200")
    held[0].continue_()
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    expect(page.get_by_role("textbox", name="From", exact=True)).to_be_focused()
    page.unroute_all()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("1 article, 2002")
    expect_address(page, "q=flood&from=2002")


def test_people_are_found_within_the_facet_and_chosen_together(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    people = page.get_by_role("group", name="People")
    people.get_by_label("Search within: People").fill("person23")
    expect(people.get_by_role("checkbox")).to_have_count(1)
    people.get_by_role("checkbox", name="Town Person23").check()
    expect(count(page)).to_have_text("1 article, 2008")
    people.get_by_role("checkbox", name="Ann Vale").check()
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    people.get_by_label("all of them").check()
    expect(count(page)).to_have_text("1 article, 2008")
    expect_address(page, "q=harbour&person=ann-vale&person=town-person23&people=all")


def test_a_search_within_a_facet_that_is_emptied_shows_the_first_again(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    people = page.get_by_role("group", name="People")
    expect(people.get_by_role("checkbox")).to_have_count(10)
    people.get_by_label("Search within: People").fill("person23")
    expect(people.get_by_role("checkbox")).to_have_count(1)
    people.get_by_label("Search within: People").fill("")
    expect(people.get_by_role("checkbox")).to_have_count(10)
    expect_address(page, "q=harbour")


def test_a_suggested_person_becomes_a_filter_by_the_keyboard_alone(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("Ann V")
    options = page.get_by_role("listbox", name="Suggestions")
    expect(options.get_by_role("option").first).to_contain_text("Ann Vale")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.get_by_role("option", selected=True)).to_contain_text("Ann Vale")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("12 articles, 1997 to 2008")
    expect_address(page, "person=ann-vale")
    expect(box(page)).to_have_value("")
    expect(options).to_be_hidden()


def test_escape_closes_the_suggestions_and_keeps_the_words(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("harb")
    options = page.get_by_role("listbox", name="Suggestions")
    expect(options).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_be_hidden()
    expect(box(page)).to_have_value("harb")
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_did_you_mean_corrects_the_words_in_the_box(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("harbuor")
    page.get_by_role("link", name="Did you mean “harbour”?").click()
    expect(count(page)).to_have_text("26 articles, 1997 to 2008")
    expect(box(page)).to_have_value("harbour")


def test_pages_can_be_linked_to_and_begin_at_the_top(reader: Arrive):
    page = reader().open("/search/?q=harbour")
    page.get_by_role("link", name="Page 2").click()
    expect_address(page, "q=harbour&page=2")
    expect(page.locator(".result")).to_have_count(6)
    page.go_back()
    expect(page.locator(".result")).to_have_count(20)


def test_who_asks_too_often_reads_how_long_to_wait(reader: Arrive):
    somebody = reader()
    somebody.foresee(FAILED)
    page = somebody.open("/search/")
    told = "<p class='note'>Please try again in 7 seconds.</p>"
    page.route(
        lambda url: urlsplit(url).path == "/search/",
        lambda route: route.fulfill(status=429, body=told, content_type="text/html"),
    )
    box(page).press_sequentially("flood")
    expect(page.get_by_role("alert")).to_contain_text("Please try again in 7 seconds.")


def test_an_answer_that_does_not_come_is_said(reader: Arrive):
    somebody = reader()
    somebody.foresee(FAILED)
    page = somebody.open("/search/")
    page.route(lambda url: urlsplit(url).path.startswith("/search/"), lambda route: route.abort())
    box(page).press_sequentially("flood")
    expect(page.get_by_role("alert")).to_contain_text("did not answer")
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_search_is_kept_in_the_browser_offered_and_forgotten_again(reader: Arrive):
    page = reader().open("/search/")
    options = page.get_by_role("listbox", name="Suggestions")
    box(page).press("ArrowDown")
    expect(options).to_be_hidden()
    for words in ("harbour", "flood", "harbour"):
        box(page).fill(words)
        box(page).press("Enter")
        expect(page).to_have_title(re.compile(words))
    page.goto("/search/?person=ann-vale")
    box(page).press("ArrowDown")
    expect(options.get_by_role("option")).to_have_text(
        [re.compile("harbour"), re.compile("flood"), "Forget these searches"]
    )
    box(page).press("ArrowDown")
    box(page).press("ArrowDown")
    box(page).press("Enter")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")
    expect(box(page)).to_have_value("flood")
    box(page).fill("")
    options.get_by_role("option", name="Forget these searches").click()
    expect(options).to_be_hidden()
    box(page).press("ArrowDown")
    expect(options).to_be_hidden()


def test_a_search_can_be_turned_to_headlines_alone(reader: Arrive):
    page = reader().open("/search/")
    box(page).press_sequentially("bridge")
    expect(count(page)).to_have_text("24 articles, 1997 to 2008")
    box(page).fill("report")
    page.get_by_role("option", name="in headlines only").click()
    expect_address(page, "q=headline:report".replace(":", "%3A"))
    expect(box(page)).to_have_value("headline:report")


def test_single_keys_lead_to_the_box_and_through_the_results(reader: Arrive):
    page = reader().open("/search/?q=flood")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".result").nth(1).get_by_role("heading").get_by_role("link")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".result").first.get_by_role("heading").get_by_role("link")).to_be_focused()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("j/?")  # the words are selected, so this takes their place
    expect(box(page)).to_have_value("j/?")
    page.goto("/search/?q=flood")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/article/"))


def test_the_keys_are_told_and_can_be_switched_off(reader: Arrive):
    page = reader().open("/search/?q=flood")
    page.keyboard.press("?")
    told = page.get_by_role("dialog", name="By the keyboard")
    told.get_by_role("checkbox", name="Use the single keys").uncheck()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    page.reload()
    page.keyboard.press("/")
    expect(box(page)).not_to_be_focused()
    page.get_by_role("button", name="Keyboard").click()
    expect(told.get_by_role("checkbox", name="Use the single keys")).not_to_be_checked()


def test_a_view_is_a_step_that_can_be_taken_back(reader: Arrive):
    page = reader().open("/search/?q=flood")
    page.get_by_role("link", name="Timeline").press("Enter")
    expect_address(page, "q=flood&view=timeline")
    expect(page.get_by_role("link", name="Timeline")).to_be_focused()
    expect(page.locator(".month")).to_have_count(3)
    page.get_by_role("checkbox", name="Ben Roy").check()
    expect_address(page, "q=flood&person=ben-roy&view=timeline")
    page.reload()
    expect(page.locator(".month")).to_have_count(3)
    page.go_back()
    expect_address(page, "q=flood&view=timeline")
    page.go_back()
    expect_address(page, "q=flood")
    expect(page.locator(".month")).to_have_count(0)


def test_an_answer_that_comes_at_once_shows_no_sign_of_waiting(reader: Arrive):
    page = reader().open("/search/")
    page.route(lambda url: urlsplit(url).path == "/search/", lambda route: None)
    box(page).press_sequentially("flood")
    expect(page.locator("#finder")).to_have_class(re.compile("htmx-request"))
    delays = "getComputedStyle(document.querySelector('#finder'), '::before').transitionDelay"
    assert set(page.evaluate(delays).split(", ")) == {"0.2s"}


def test_a_result_tells_why_it_was_found_in_its_place(reader: Arrive):
    page = reader().open("/search/?q=flood")
    first = page.locator(".result").first
    first.get_by_role("link", name="Why this article?").press("Enter")
    reasons = first.get_by_role("group")
    expect(reasons).to_contain_text("Headline: “Flood”")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    expect(first.get_by_text("Headline:")).to_be_hidden()
    expect_address(page, "q=flood")
    expect(count(page)).to_have_text("4 articles, 2001 to 2002")

"""What surrounds the pages: light and dark, the language, and what a reader's device asks for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FAILED, Reader
from tests.browser.looks import objections

Arrive = Callable[..., Reader]

PAPER = {"light": "rgb(251, 249, 244)", "dark": "rgb(23, 22, 20)"}


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.mark.parametrize("device", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False])
def test_colours_follow_the_device(reader: Arrive, device, scripts):
    page = reader(color_scheme=device, java_script_enabled=scripts).open("/")
    assert paper(page) == PAPER[device]
    themes = page.get_by_role("group", name="Colours")
    expect(themes).to_be_visible() if scripts else expect(themes).to_be_hidden()


def test_the_colours_chosen_stay_on_every_page_and_can_follow_the_device_again(reader: Arrive):
    page = reader(color_scheme="light").open("/")
    page.get_by_role("button", name="Dark").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert paper(page) == PAPER["dark"]
    page.goto("/search/?q=flood")
    assert paper(page) == PAPER["dark"]
    page.goto("/admin/login/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto("/people/")
    page.get_by_role("button", name="As the device").click()
    assert paper(page) == PAPER["light"]


def test_chosen_colours_are_there_before_anything_is_drawn(reader: Arrive):
    page = reader(color_scheme="light").open("/")
    page.get_by_role("button", name="Dark").click()
    page.add_init_script(
        "new MutationObserver(() => { if (document.body && !window.first)"
        " window.first = document.documentElement.dataset.theme ?? 'none'; })"
        ".observe(document, { childList: true, subtree: true })"
    )
    page.goto("/search/")
    assert page.evaluate("window.first") == "dark"


def test_another_tab_takes_the_colours_over(reader: Arrive):
    somebody = reader(color_scheme="light")
    page, other = somebody.open("/"), somebody.context.new_page()
    other.goto("/search/")
    page.get_by_role("button", name="Dark").click()
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_is_chosen_where_one_stands(reader: Arrive, scripts):
    page = reader(java_script_enabled=scripts).open("/search/?q=flood&person=ben-roy")
    page.get_by_role("button", name="Русский").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=flood&person=ben-roy$"))
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("#results")).to_have_text("4 статьи, 2001–2002")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("#results")).to_have_text("4 Artikel, 2001 bis 2002")


def test_what_htmx_brings_is_in_the_language_of_the_page(reader: Arrive):
    page = reader(locale="ru-RU").open("/search/")
    page.get_by_role("combobox", name="Поиск по архиву").fill("flood")
    expect(page.locator("#results")).to_have_text("4 статьи, 2001–2002")
    expect(page.locator("#status")).to_have_text("4 статьи, 2001–2002")


@pytest.mark.parametrize("page_of", ["/", "/search/?q=harbour", "/calendar/"])
@pytest.mark.parametrize("language", ["de-DE", "ru-RU"])
@pytest.mark.parametrize("width", [320, 1280])
def test_longer_words_fit_as_well(reader: Arrive, page_of, language, width):
    page = reader(locale=language, viewport={"width": width, "height": 800}).open(page_of)
    assert objections(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_not_there_fits_a_phone_and_leads_to_a_search(reader: Arrive, scheme):
    somebody = reader(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    somebody.foresee(FAILED)
    page = somebody.open("/nowhere/")
    assert objections(page) == []
    page.get_by_role("searchbox", name="Search the archive").fill("flood")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results")).to_have_text("4 articles, 2001 to 2002")


def test_twice_the_size_of_letters_fits(reader: Arrive):
    page = reader(viewport={"width": 640, "height": 800}).open("/search/?q=harbour")
    page.locator("html").evaluate("root => { root.style.fontSize = '200%'; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_where_nothing_may_move_nothing_does(reader: Arrive):
    page = reader(reduced_motion="reduce").open("/search/?q=harbour")
    moving = page.evaluate(
        "[...document.querySelectorAll('a, button, input, select')]"
        ".filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert moving == 0


def test_forced_colours_show_what_is_chosen(reader: Arrive):
    page = reader(forced_colors="active").open("/search/?q=harbour")
    current = page.locator(".pages [aria-current]")
    expect(current).to_have_css("border-top-style", "solid")

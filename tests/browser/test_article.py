"""Reading an article in a browser: the way through a search, sharing, citing, listening."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from archive.models import Article, Correction, Media
from search.outbox import drain_all
from tests.browser.conftest import Reader
from tests.browser.looks import objections_in_every_look

Arrive = Callable[..., Reader]

SHEET = "navigator.share = (what) => { window.shared = what; return Promise.resolve(); };"
NO_SHEET = "delete Navigator.prototype.share;"


def flood() -> Article:
    return Article.objects.get(headline="Flood of 2001-02-04")


def address(article: Article, base: str) -> str:
    return f"{base}{article.get_absolute_url()}"


@pytest.fixture
def full(reader: Arrive) -> Article:
    """An article with all that one can have."""
    article = flood()
    Correction.objects.create(article=article, text="The river fell.\n\nWe are sorry.")
    for kind, name in (("photo", "a.gif"), ("audio", "talk.wav"), ("file", "plan.pdf")):
        media = Media(article=article, kind=kind, title=name, alt="A street", caption="High water")
        media.file.save(name, ContentFile(b"GIF89a\x20\x03\x58\x02"), save=True)
    drain_all()
    return article


@pytest.mark.parametrize("scripted", [True, False])
def test_results_are_read_one_after_the_other_and_left_where_they_were(reader, scripted):
    page = reader(java_script_enabled=scripted).open("/search/?q=flood&sort=oldest")
    page.get_by_role("link", name="Flood of 2001-02-04").click()
    expect(page.get_by_text("2 of 4 for “flood”")).to_be_visible()
    expect(page.locator("h1 mark")).to_have_text("Flood")
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Flood of 2001-07-09")
    page.get_by_role("link", name="Previous", exact=True).click()
    expect(page.get_by_text("2 of 4 for “flood”")).to_be_visible()
    page.get_by_role("link", name="Back to the results").click()
    expect(page.locator("#results")).to_have_text("4 articles, 2001 to 2002")


def test_the_link_that_is_copied_is_the_articles_own(reader: Arrive, live_server):
    page = reader(permissions=["clipboard-read", "clipboard-write"]).open(
        f"{flood().get_absolute_url()}?q=flood&at=2"
    )
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == address(flood(), live_server.url)


def test_a_citation_is_opened_and_copied_with_the_keyboard(reader: Arrive, live_server):
    page = reader(permissions=["clipboard-read", "clipboard-write"]).open(
        flood().get_absolute_url()
    )
    page.get_by_text("Cite this article").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Flood of 2001-02-04”, Port Almond Courier, 4 Feb 2001, http")


def test_the_devices_own_sheet_is_offered_where_there_is_one(reader: Arrive, live_server):
    somebody = reader()
    somebody.context.add_init_script(SHEET)
    page = somebody.open(f"{flood().get_absolute_url()}?q=flood&at=2")
    page.get_by_role("button", name="Share…").click()
    shared = page.evaluate("window.shared")
    assert shared == {"title": "Flood of 2001-02-04", "url": address(flood(), live_server.url)}


def test_nothing_is_offered_that_the_browser_cannot_do(reader: Arrive):
    somebody = reader()
    somebody.context.add_init_script(NO_SHEET)
    page = somebody.open(flood().get_absolute_url())
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    expect(page.get_by_text("Share…")).to_be_hidden()
    plain = reader(java_script_enabled=False).open(flood().get_absolute_url())
    expect(plain.get_by_text("Copy link")).to_be_hidden()
    expect(plain.get_by_role("link", name="Send by mail")).to_be_visible()


def test_axe_finds_nothing_to_object_to_and_nothing_scrolls_sideways(reader: Arrive, full: Article):
    page = reader().open(f"{full.get_absolute_url()}?q=flood&at=2")
    page.get_by_text("Cite this article").click()
    assert objections_in_every_look(page) == []


def test_paper_has_the_text_and_where_it_is_from_and_nothing_to_press(
    reader: Arrive, full: Article
):
    page = reader(color_scheme="dark").open(full.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("The river fell.")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    assert citation_is_printed(page)


def citation_is_printed(page: Page) -> bool:
    return bool(page.locator(".cite__text").evaluate("it => it.getBoundingClientRect().height > 0"))

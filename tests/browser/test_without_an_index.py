"""The pages of finding while no index can be trusted, in a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from search import engines, outbox
from tests.browser.conftest import Reader
from tests.browser.looks import objections_in_every_look

Arrive = Callable[..., Reader]


@pytest.fixture
def somebody(reader: Arrive, settings) -> Reader:
    outbox.drain_all()
    Path(settings.SEARCH_INDEX_DIR, "CURRENT").write_text("nonsense")
    engines._engine_at.cache_clear()
    return reader()


def test_a_search_follows_the_typing_and_keeps_what_was_chosen(somebody: Reader):
    page = somebody.open("/search/?person=ann-vale")
    page.get_by_label("Search the archive").fill("report 1")
    expect(page.locator("#results")).to_have_text("7 articles")
    expect(page).to_have_url(re.compile(r"\?q=report\+1&person=ann-vale$"))
    page.get_by_label("From").fill("2005")
    page.get_by_label("From").press("Enter")
    expect(page.locator("#results")).to_have_text("3 articles")
    expect(page.get_by_text("this is a plain search of the archive itself")).to_be_visible()


@pytest.mark.parametrize("address", ["/search/?q=harbour&tag=bridge&from=2001", "/tag/bridge/"])
def test_axe_finds_nothing_to_object_to_and_nothing_scrolls_sideways(
    somebody: Reader, address: str
):
    assert objections_in_every_look(somebody.open(address)) == []

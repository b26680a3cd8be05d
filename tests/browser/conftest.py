"""A real browser before a real server: Debian's Chromium, the live server, the real index."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, Page

from tests.every_page import thirty_articles

# The one without windows starts and draws in less time; the whole one does as well.
CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
REPLACED = ("htmx:afterRequest, ", "htmx:sendAbort, ")  # htmx tells of each request it replaced
OF_AXE = ("Applying inline style violates", "Couldn't load preload assets")  # in Django's admin
FAILED = (
    *("Failed to load resource", "htmx:sendError"),
    *("htmx:responseError", "Response Status Error Code"),
)

# Playwright keeps an event loop in this thread, and Django refuses its database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = next((path for path in CHROMIUMS if path.exists()), None)
    if not chromium:
        missing = "There is no Chromium. On Debian: sudo apt install chromium-headless-shell."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return {"executable_path": chromium, "args": ["--no-sandbox", "--no-first-run", *QUIET]}


@pytest.fixture
def archive() -> None:
    """Thirty articles: 24 harbour reports from 1997 on, four on a flood, two without a date."""
    with transaction.atomic():  # one commit, so the index is written once
        thirty_articles()


class Reader:
    """Somebody with a browser, who must never meet an error in its console."""

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(base_url=base, **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self._foreseen = REPLACED
        self.asked: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(self._foreseen):
            self.complaints.append(message.text)

    def foresee(self, beginnings: tuple[str, ...]) -> None:
        """Complaints that begin so belong to what is tried. They may come late, so say it first."""
        self._foreseen += beginnings

    def _request(self, request: Any) -> None:
        if request.resource_type == "xhr":
            self.asked.append(request.url)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page


@pytest.fixture
def reader(browser: Browser, live_server: Any, archive: None) -> Iterator[Callable[..., Reader]]:
    """`reader(java_script_enabled=False)`: a fresh browser profile with an archive before it."""
    readers: list[Reader] = []

    def arrive(**options: Any) -> Reader:
        readers.append(Reader(browser, live_server.url, **options))
        return readers[-1]

    yield arrive
    for somebody in readers:
        somebody.context.close()
    assert [somebody.complaints for somebody in readers if somebody.complaints] == []

"""Every kind of page, in both themes, on the narrowest screen and a wide one."""

from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Reader
from tests.every_page import EVERY_PAGE, whole_story

Arrive = Callable[..., Reader]


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_axe_finds_nothing_to_object_to_and_nothing_scrolls_sideways(reader: Arrive, address: str):
    whole_story()
    # Without motion: colours on their way from one theme to the other belong to neither.
    somebody = reader(reduced_motion="reduce")
    page = somebody.open(address)
    for theme, width in product(("light", "dark"), (320, 1280)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})
        results = Axe().run(page)
        assert not results.violations_count, (theme, width, results.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (theme, width)
    if address == "/nowhere/":
        somebody.complaints.clear()  # the browser says that there is no such page

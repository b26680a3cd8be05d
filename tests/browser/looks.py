"""What any page is held to, whatever it shows and however somebody sees it."""

from itertools import product
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

THEMES = ("light", "dark")
WIDTHS = (320, 1280)
# A theme changes colours and nothing else, so a second one is asked only about colours.
OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
RULES: dict[str, dict[str, Any]] = {"light": {}, "dark": OF_COLOURS}
LOOK = """async ([within, options]) => {
    const found = await axe.run(within ?? document, { resultTypes: ["violations"], ...options });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def objections(page: Page, within: str | None = None) -> list[str]:
    """What axe finds broken in the whole page or within a selector, and whether what there is to
    read is wider than the screen."""
    page.evaluate(Axe().axe_script)
    return _look(page, within, {})


def objections_in_every_look(page: Page, within: str | None = None) -> list[str]:
    """The same in both themes, on the narrowest phone and on a wide screen.

    For pages without motion: colours on their way from one theme to the other belong to neither.
    """
    page.evaluate(Axe().axe_script)
    found = []
    for theme, width in product(THEMES, WIDTHS):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        seen = _look(page, within, RULES[theme])
        found += [f"{theme}, {width}: {objection}" for objection in seen]
    return found


def _look(page: Page, within: str | None, options: dict[str, Any]) -> list[str]:
    found: list[str] = page.evaluate(LOOK, [within, options])
    return [*found, "it scrolls sideways"] if page.evaluate(IS_TOO_WIDE) else found

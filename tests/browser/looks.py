"""What any page is held to, whatever it shows and however somebody sees it."""

from itertools import product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

THEMES = ("light", "dark")
WIDTHS = (320, 1280)


def objections(page: Page, within: str | None = None) -> list[str]:
    """What axe finds broken in the whole page or within a selector, and whether what there is to
    read is wider than the screen."""
    broken = Axe().run(page, context=within).response["violations"]
    found = [f"{rule['id']}: {node['html']}" for rule in broken for node in rule["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it scrolls sideways")
    return found


def objections_in_every_look(page: Page, within: str | None = None) -> list[str]:
    """The same in both themes, on the narrowest phone and on a wide screen.

    For pages without motion: colours on their way from one theme to the other belong to neither.
    """
    found = []
    for theme, width in product(THEMES, WIDTHS):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{theme}, {width}: {objection}" for objection in objections(page, within)]
    return found

"""Every kind of page, in both themes, on the narrowest screen and a wide one."""

from collections.abc import Callable

from tests.browser.conftest import FAILED, Reader
from tests.browser.looks import objections_in_every_look
from tests.every_page import EVERY_PAGE, whole_story

Arrive = Callable[..., Reader]


def test_axe_finds_nothing_to_object_to_and_nothing_scrolls_sideways(reader: Arrive):
    whole_story()
    somebody, nobody = reader(), reader()
    nobody.foresee(FAILED)
    found = {
        address: objections_in_every_look(
            (nobody if address == "/nowhere/" else somebody).open(address)
        )
        for address in EVERY_PAGE
    }
    assert {address: objections for address, objections in found.items() if objections} == {}

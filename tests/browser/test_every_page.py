"""Every kind of page, in both themes, on the narrowest screen and a wide one."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import FAILED, Reader
from tests.browser.looks import objections_in_every_look
from tests.every_page import EVERY_PAGE, whole_story

Arrive = Callable[..., Reader]


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_axe_finds_nothing_to_object_to_and_nothing_scrolls_sideways(reader: Arrive, address: str):
    whole_story()
    somebody = reader()
    if address == "/nowhere/":
        somebody.foresee(FAILED)
    assert objections_in_every_look(somebody.open(address)) == []

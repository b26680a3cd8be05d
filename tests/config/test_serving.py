"""A process that serves looks for garbage where there may be some, and lets threads take turns."""

import gc
import sys

import pytest

from config.serving import TURN, take_turns


@pytest.fixture(autouse=True)
def _as_before():
    interval = sys.getswitchinterval()
    yield
    sys.setswitchinterval(interval)
    gc.unfreeze()


def test_what_was_loaded_is_not_searched_for_garbage():
    loaded = [["something that stays"]]
    take_turns()
    assert not any(one is loaded for one in gc.get_objects())


def test_garbage_that_comes_later_is_found():
    take_turns()
    later = [["something that goes"]]
    assert any(one is later for one in gc.get_objects())


def test_threads_take_shorter_turns_than_python_gives_them():
    take_turns()
    assert sys.getswitchinterval() == pytest.approx(TURN)

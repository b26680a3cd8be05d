"""How one process answers many at once, so that the quick do not stand behind the slow."""

import gc
import sys

TURN = 0.001
"""Seconds that a thread computes while others wait. A search lets go of the interpreter at each row
that it reads, and gets it back a turn later where somebody saves: with Python's own five
milliseconds, thirty rows beside one form of the desk are 150 milliseconds of waiting."""


def take_turns() -> None:
    """Call once everything is loaded. What is there by then lives as long as the process: looking
    for garbage in it is in vain, and stops all threads for a tenth of a second each time."""
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()

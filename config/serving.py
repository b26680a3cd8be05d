"""How one process answers many at once, so that the quick do not stand behind the slow."""

import gc
import sys

TURN = 0.001
"""Seconds that a thread computes while others wait; Python's own five milliseconds are long for a
search that lets go of the interpreter at each row it reads, beside a form of the desk. Of 0.5, 1
and 5 milliseconds this had readers wait least."""


def take_turns() -> None:
    """Call once everything is loaded. What is there by then lives as long as the process: looking
    for garbage in it is in vain, and stops all threads for a tenth of a second each time."""
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()

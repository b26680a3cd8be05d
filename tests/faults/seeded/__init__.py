"""Defects put in on purpose: each is what a tired hand might do to the product, and each must be
caught, or the proof that should catch it proves nothing.

A defect changes nothing in the product's files. It is planted in the process that does the work:
`python3 dev.py faults power --defect forgets-to-sync` for those that a fault brings out, and for
those that tests catch `pytest -p tests.faults.seeded.plugin` with its name in BACKFILE_DEFECT.
`python3 dev.py faults seeded` plants each in turn and says what caught it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """what: in a sentence, what is broken. plant: enters the defect; leaving it takes it out.

    caught_by: the words behind `dev.py faults`, or behind `pytest`, whose run has to fail.
    """

    name: str
    what: str
    plant: Callable[[], AbstractContextManager[object]]
    caught_by: tuple[str, ...]


def defects() -> dict[str, Defect]:
    """All of them, by name."""
    from tests.faults.seeded import durability, exposure

    return {defect.name: defect for defect in (*durability.DEFECTS, *exposure.DEFECTS)}

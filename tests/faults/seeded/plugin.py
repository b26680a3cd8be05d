"""For pytest: plants the defect that BACKFILE_DEFECT names, for the whole run.

BACKFILE_DEFECT=… pytest -p tests.faults.seeded.plugin tests/test_leaks.py
"""

import os

import pytest

from tests.faults.seeded import defects


@pytest.fixture(autouse=True, scope="session")
def planted_defect():
    name = os.environ.get("BACKFILE_DEFECT", "")
    if not name:
        yield
        return
    with defects()[name].plant():
        yield

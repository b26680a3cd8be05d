"""The whole leak matrix: each word of each field by itself, asked everywhere, as everybody.

    python3 dev.py faults leaks

`tests/test_leaks.py` asks for the same words in groups, in a fraction of the time.
"""

import logging

from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment

from tests.leaks.canaries import fields
from tests.leaks.desk import leaked_at_the_desk
from tests.leaks.matrix import report
from tests.leaks.scenario import story
from tests.leaks.secrets import STATES


def main(arguments: list[str]) -> int:
    logging.disable(logging.INFO)  # a line for each request
    setup_test_environment()
    call_command("migrate", verbosity=0)
    folder = settings.BACKFILE_DATA
    told = story(folder / "public", whole=True)
    leaked = [*told.leaked, *leaked_at_the_desk(folder / "desk")]
    print(report(leaked) or "Nothing leaked.")
    cells = told.compared * len(fields()) * len(STATES)
    print(
        f"leaks: {len(told.before):,} surfaces, {len(fields())} fields, {len(STATES)} states, "
        f"{told.stages} turns: {told.compared:,} answers compared, {cells:,} cells, "
        f"{len(leaked)} leaked"
    )
    return 1 if leaked else 0

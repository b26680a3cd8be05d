"""Without an index, too, every public answer is as if what is not public were not there."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from search import engines
from tests.leaks.matrix import answers, leaks, report
from tests.leaks.scenario import archive
from tests.leaks.secrets import STATES, secret
from tests.leaks.surfaces import surfaces

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge(tmp_path):
    with archive(tmp_path) as bridge:
        Path(settings.SEARCH_INDEX_DIR, "CURRENT").write_text("nonsense")
        engines._engine_at.cache_clear()
        yield bridge


PLAIN = ("/search/?", "/person/", "/section/", "/tag/", "/calendar/2")
"""How the pages begin that are answered from the database; the others are made of counts."""


def is_plain(surface: str) -> bool:
    """Does it ask for one of these? The views of a search differ in how it is shown alone."""
    return surface.startswith(PLAIN) and "view=" not in surface and "chart=" not in surface


def test_nothing_that_is_kept_from_the_public_changes_an_answer(bridge):
    asked = {name: ask for name, ask in surfaces(Client()).items() if is_plain(name)}
    before = answers(asked)
    with transaction.atomic():
        for state in STATES:
            secret(state.published(), bridge)
        told = {leak.surface.split("?")[0] for leak in leaks("public", before, answers(asked))}
        assert {"/search/", "/tag/bridge/", "/person/ann-vale/"} <= told, "who asks cannot tell"
        transaction.set_rollback(True)
    for state in STATES:
        secret(state, bridge)
    assert report(leaks("not public", before, answers(asked))) == ""

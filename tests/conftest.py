"""What every test stands on: its own data folder, a real database, a real index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import SimpleTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("backfile", deadline=None)
hypothesis_settings.load_profile("backfile")


DATABASES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of each test whether it asks a database; the others say the same with any."""
    for item in items:
        fixtures = DATABASES.intersection(getattr(item, "fixturenames", ()))
        is_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
        if fixtures or is_case or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    """Every test has an empty index and an empty media folder of its own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture(autouse=True)
def empty_outbox(request: pytest.FixtureRequest) -> None:
    """Emptying the tables behind a test that commits is a change of every article, which the index
    of the next test need not learn of."""
    if request.node.get_closest_marker("database"):
        from search.models import IndexChange

        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock():
            IndexChange.objects.all().delete()


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were to be begun in processes of their own: no test begins any unasked."""
    from search.upkeep import background, purging

    monkeypatch.setattr(purging, "looks", purging.Looks())
    commands: list[str] = []
    monkeypatch.setattr(background, "start", commands.append)
    return commands


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Django leaves a thread in the language of its last request; no test hands it on."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data, read where it is; the test is skipped where it is absent."""
    from django.conf import settings

    if not settings.BACKFILE_SHARED.is_dir():
        pytest.skip(f"no real data in BACKFILE_SHARED={settings.BACKFILE_SHARED}")
    return settings.BACKFILE_SHARED / "data"

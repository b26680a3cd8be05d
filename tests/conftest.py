"""What every test stands on: its own data folder, a real database, a real index."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import SimpleTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("backfile", deadline=None)
hypothesis_settings.load_profile("backfile")


DATABASES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}

# They keep what they make in one, but promise nothing of it: they are about how files and
# languages are read, what is fetched, and what a page says. The same is imported, asked and
# shown in tests of every database.
ABOUT_OTHER_THINGS = (
    "tests/archive/importers/test_fetching.py",
    "tests/archive/importers/test_reuters_sgml.py",
    "tests/archive/test_people_of_a_wire.py",
    "tests/gate/test_headers.py",
    "tests/test_translated.py",
)

# Minutes and half minutes. A process that had one of them left at the end would run it alone.
LONG = (
    "tests/faults/",
    "tests/browser/",
    "tests/backup/",
    "tests/test_leaks.py",
    "tests/archive/importers/test_damaged.py",
    "tests/archive/importers/test_reuters_sgml.py",
    "tests/archive/identity/test_any_order.py",
    "tests/search/whoosh/",
    "tests/search/plain/",
    "tests/benchmarks/",
)


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = DATABASES.intersection(getattr(item, "fixturenames", ()))
    is_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(fixtures or is_case or item.get_closest_marker("django_db"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of each test whether it is about a database; others say the same with any. The long
    ones come first."""
    for item in items:
        if asks_a_database(item) and not item.nodeid.startswith(ABOUT_OTHER_THINGS):
            item.add_marker("database")
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """What was read by now stays to the end; Python need not look for rubbish in it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """pytest-django's, with little to do after each flush."""
    from tests.flushing import put_back_what_is_there

    with django_db_blocker.unblock():
        put_back_what_is_there()


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
    if asks_a_database(request.node):
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

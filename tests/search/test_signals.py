"""What follows a bulk command: all of it is indexed, where this process writes the index."""

from io import StringIO

import pytest
from django.core.management import call_command

from search import search
from search.language.parser import parse
from search.outbox import waiting
from search.request import SearchRequest

pytestmark = pytest.mark.django_db(transaction=True)

RECORD = '{"external_id": "one", "headline": "The lighthouse is dark", "source": "Courier"}\n'


@pytest.fixture
def imported(settings, tmp_path, data_folder):
    settings.BACKFILE_DATA = data_folder

    def load(sync: str) -> None:
        settings.SEARCH_SYNC = sync
        (tmp_path / "one.jsonl").write_text(RECORD)
        call_command("import_articles", str(tmp_path / "one.jsonl"), stderr=StringIO())

    return load


def test_what_was_imported_is_indexed_when_the_command_ends(imported):
    imported("inline")
    assert not waiting().exists()
    assert search(SearchRequest(parse("lighthouse"))).total == 1


def test_with_a_worker_the_command_leaves_the_index_alone(imported):
    imported("worker")
    assert waiting().exists()

"""An import drops no article because it has seen the story; it says so to editors."""

import pytest

from archive.models import Article, Duplicate
from tests.archive.duplicates.conftest import BRIDGE, FERRY


@pytest.fixture
def stories() -> tuple[str, str]:
    return FERRY, BRIDGE


def test_the_same_story_under_another_id_comes_in_and_is_shown(import_articles, jsonl, stories):
    first = {"external_id": "a-1", "headline": "Ferry left", "body": stories[0]}
    second = {"external_id": "b-9", "headline": "Captain missed ferry", "body": stories[0] + " So."}
    assert import_articles(jsonl(first)).tally == (1, 0, 0, 0)
    assert import_articles(jsonl(second, name="later.jsonl")).tally == (1, 0, 0, 0)
    pair = Duplicate.objects.get()
    assert {pair.one.external_id, pair.other.external_id} == {"a-1", "b-9"}
    assert pair.resemblance >= 90


def test_a_new_version_of_a_text_takes_its_pair_with_it(import_articles, jsonl, stories):
    records = [{"external_id": f"a-{n}", "headline": "x", "body": stories[0]} for n in range(2)]
    import_articles(jsonl(*records))
    assert Duplicate.objects.count() == 1
    records[1]["body"] = stories[1]
    import_articles(jsonl(*records))
    assert Article.objects.count() == 2
    assert not Duplicate.objects.exists()


def test_a_dry_run_finds_and_keeps_nothing(import_articles, jsonl, stories):
    records = [{"external_id": f"a-{n}", "headline": "x", "body": stories[0]} for n in range(2)]
    import_articles(jsonl(*records), "--dry-run")
    assert not Duplicate.objects.exists()

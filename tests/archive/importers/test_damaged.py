"""Whatever a file is like: no crash, no silence, and the next one is read. The long runs of the
same are `python3 dev.py faults import` and `python3 dev.py faults resume`."""

import json
import os
from pathlib import Path
from random import Random

import pytest

from archive.importers.base import LONGEST_RECORD
from archive.importers.reading.xml import root_name
from archive.models import Article
from tests.archive.importers.test_docs import EXAMPLES
from tests.faults import imports, resume
from tests.faults.damage import WAYS, as_zip, damaged

SEED = 20261123


def test_three_hundred_damaged_files_are_taken_in_or_set_aside(archive, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    imports.write_damaged(folder, range(300), SEED)
    verdict = imports.try_import(folder)
    assert verdict.files == 300
    assert verdict.counts["taken in"] > 30  # else they were not damaged but destroyed
    assert verdict.counts["set aside"] > 30


@pytest.mark.parametrize("way", WAYS)
def test_the_same_damage_can_be_done_again(way):
    data = EXAMPLES["nitf"].encode()
    assert way(data, Random(3)) == way(data, Random(3))
    assert way(b"", Random(3)) == way(b"", Random(3))


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_what_is_asked_for_by_name_is_never_passed_over(import_articles, tmp_path, name):
    path = tmp_path / "damaged"
    for seed in range(8):
        path.write_bytes(damaged(EXAMPLES[name].encode(), Random(seed)) + b"\nx")
        answer = import_articles(path, "--format", name)
        assert answer.code in (0, 1)
        assert answer.counts["read"] >= 1 or "there is no record in it" in answer.told


def test_a_header_with_a_line_end_in_it_stops_nothing(import_articles, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"headline,body\rBridge,It opened\r\nx\ry,z\n")
    assert import_articles(tmp_path / "a.csv").code in (0, 1)


def test_a_reason_that_quotes_half_a_character_is_kept_all_the_same(import_articles, tmp_path):
    line = '{"headline": "x", "status": "\\ud800"}'
    (tmp_path / "a.jsonl").write_text(line)
    for asked in ([], ["--dry-run"]):
        answer = import_articles(tmp_path / "a.jsonl", *asked)
        assert answer.tally == (0, 0, 0, 1)
        assert "\ufffd" in answer.rejects[0]["reason"]


@pytest.mark.parametrize("name", ["a\\u0000b.jpg", "\\ud800.jpg", "x" * 300 + ".jpg"])
def test_a_media_file_by_a_name_that_no_file_can_have_stops_nothing(import_articles, jsonl, name):
    odd = '{"external_id": "a", "headline": "x", "media": [{"title": "y", "file": "NAME"}]}'
    odd = odd.replace("NAME", name)
    answer = import_articles(jsonl(odd, {"external_id": "b", "headline": "z"}))
    assert answer.counts["read"] == 2
    assert Article.objects.filter(external_id="b").exists()


def test_a_file_by_a_name_that_is_no_text_comes_in(import_articles, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, headline in ((b"\xff.jsonl", "x"), (b"\xfe.jsonl", "")):
        (folder / os.fsdecode(name)).write_text(json.dumps({"headline": headline}))
    answer = import_articles(tmp_path / "in")
    assert answer.tally == (1, 0, 0, 1)
    assert answer.rejects[0]["file"].endswith("\ufffd.jsonl")


def test_a_zip_with_a_name_that_is_no_text_is_set_aside_and_the_next_is_read(
    import_articles, tmp_path
):
    data = as_zip(b'{"headline": "x"}').replace("été".encode(), b"\xff\xff\xff\xff\xff")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(data)
    (tmp_path / "in" / "b.jsonl").write_text('{"headline": "y"}')
    answer = import_articles(tmp_path / "in")
    assert answer.tally[0] >= 1
    assert answer.counts["read"] == 2


def test_thousands_of_comments_without_an_end_are_passed_over_at_once():
    assert root_name(b"<!-- " * 10_000) == ""
    assert root_name(b"<?x " * 10_000) == ""
    assert root_name(b'<?xml version="1.0"?><!-- a --><rss>') == "rss"


def test_an_article_of_fifty_megabytes_is_set_aside_and_the_next_is_read(import_articles, tmp_path):
    with (tmp_path / "a.jsonl").open("w") as file:
        file.write('{"headline": "' + "word " * 10_500_000 + '"}\n')
        file.write(json.dumps({"headline": "Bridge"}) + "\n")
    answer = import_articles(tmp_path / "a.jsonl")
    assert answer.tally == (1, 0, 0, 1)
    assert f"longer than {LONGEST_RECORD:,}" in answer.rejects[0]["reason"]
    assert len(answer.rejects[0]["record"]) <= LONGEST_RECORD


def test_entities_are_refused_and_no_file_of_this_machine_is_read(import_articles, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("do not read me")
    entity = f'<!DOCTYPE nitf [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    story = EXAMPLES["nitf"].replace("Nobody fell in", "&e;")
    (tmp_path / "a.xml").write_text(entity + story)
    answer = import_articles(tmp_path / "a.xml")
    assert answer.tally == (0, 0, 0, 1)
    assert "what a file declares is not expanded" in answer.rejects[0]["reason"]
    assert not Article.objects.filter(body__contains="do not read me").exists()


def test_killed_three_times_and_run_again_the_archive_is_as_if_it_never_was(tmp_path: Path):
    path = tmp_path / "articles.jsonl"
    with path.open("w") as file:
        for number in range(1_500):
            article = {"external_id": str(number), "headline": f"Part {number}", "body": STORY}
            file.write(json.dumps(article) + "\n")
    assert resume.kill_and_compare([str(path)], 3, SEED) == []


STORY = "“No,” said Ann Vale, the harbour master. " * 12

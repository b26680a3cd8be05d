"""Tables and JSON lines that call their fields by names of their own."""

import json

import pytest

from archive.importers.reading.mapping import MappingError, read_mapping, renamed
from archive.models import Article, ImportReject

GERMAN = {
    "Titel": "headline",
    "Vorspann": "body",
    "Haupttext": "body",
    "Erschienen": "published",
    "Stichwort 1": "tags",
    "Stichwort 2": "tags",
    "meta.ressort": "section",
    "Intern": "",
}
TABLE = """Nr;TITEL;Vorspann;Haupttext;Erschienen;Stichwort 1;Stichwort 2;Intern;id
1;Brücke eröffnet;Endlich.;Niemand fiel hinein.;17.12.2009;Brücke;Hafen;geheim;b-1
2;Fähre sinkt;;Sie sank.;31.02.2009;;;;b-2
"""


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "names.json"
    path.write_text(json.dumps(GERMAN), encoding="utf-8")
    return path


def test_a_table_comes_in_under_our_names(import_articles, tmp_path, names):
    (tmp_path / "export.csv").write_text(TABLE, encoding="utf-8")
    answer = import_articles(tmp_path / "export.csv", "--format", "csv", "--mapping", names)
    assert answer.tally == (1, 0, 0, 1)
    article = Article.objects.get()
    assert (article.headline, article.body) == (
        "Brücke eröffnet", "Endlich.\n\nNiemand fiel hinein."
    )  # fmt: skip
    assert {tag.name for tag in article.tags.all()} == {"Brücke", "Hafen"}
    assert "geheim" not in answer.told
    assert "“Nr” is not known" in answer.told


def test_lines_of_json_are_looked_into(import_articles, jsonl, names):
    path = jsonl({"id": "b-1", "titel": "Brücke eröffnet", "meta": {"Ressort": "Hafen"}})
    import_articles(path, "--mapping", names)
    assert str(Article.objects.get().section) == "Hafen"


def test_the_batch_remembers_what_its_rejects_are_to_be_read_with(import_articles, tmp_path, names):
    (tmp_path / "export.csv").write_text(TABLE, encoding="utf-8")
    import_articles(tmp_path / "export.csv", "--format", "csv", "--mapping", names)
    assert ImportReject.objects.get().batch.asked["mapping"] == GERMAN


def test_another_mapping_is_another_import(import_articles, jsonl, names):
    path = jsonl({"id": "b-1", "titel": "Brücke", "headline": "Bridge"})
    assert import_articles(path).tally == (1, 0, 0, 0)
    assert import_articles(path, "--mapping", names).tally == (0, 1, 0, 0)
    assert Article.objects.get().headline == "Brücke"


def test_a_name_as_it_stands_comes_before_a_way_into_an_object():
    values = {"a.b": "whole", "a": {"b": "inside"}}
    assert renamed(values, {"a.b": "headline"})["headline"] == "whole"


def test_of_columns_for_one_thing_the_first_that_is_filled_counts():
    values = {"Titel": "", "Kurztitel": "Bridge", "Langtitel": "The bridge"}
    mapping = {"Titel": "headline", "Kurztitel": "headline", "Langtitel": "headline"}
    assert renamed(values, mapping) == {"headline": "Bridge"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "must be an object"),
        ('{"Titel": 1}', "must be an object"),
        ('{"Titel": "headlin"}', "no field 'headlin'"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(tmp_path, text, reason):
    (tmp_path / "names.json").write_text(text)
    with pytest.raises(MappingError, match=reason):
        read_mapping(tmp_path / "names.json")

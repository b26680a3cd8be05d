"""`manage.py search`: the same search in a terminal, and JSON that scripts can rely on."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import PersonAlias, Status
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("search", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def answer(*arguments: str) -> dict:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def record() -> None:
    ArticleFactory(headline="The flood", people=["Ann Vale"], tags=["weather"], external_id="one")
    ArticleFactory(headline="After the flood", people=["Ben Roy"], published="1999-05-01")
    ArticleFactory(headline="Undated <b>bridge</b>", published=None)
    ArticleFactory(headline="Secret flood", status=Status.DRAFT)


@pytest.mark.usefixtures("record")
class TestJson:
    def test_it_has_the_promised_shape(self):
        given = answer("flood")
        assert set(given) >= {"query", "total", "notes", "suggestion", "hits", "facets"}
        assert (given["query"], given["total"], given["notes"]) == ("flood", 2, [])
        newest = given["hits"][0]
        assert newest["external_id"] == "one"
        assert newest["published"] == "2009-12-17T12:00:00+00:00"
        assert newest["headline"] == "The flood"
        assert newest["url"].startswith("/article/")
        assert newest["score"] > 0
        assert given["facets"]["person"] == [
            {"value": "ann-vale", "label": "Ann Vale", "count": 1},
            {"value": "ben-roy", "label": "Ben Roy", "count": 1},
        ]
        assert given["facets"]["month"] == [
            {"value": "1999-05", "count": 1},
            {"value": "2009-12", "count": 1},
        ]

    def test_an_empty_query_matches_every_public_article(self):
        assert answer("")["total"] == answer()["total"] == 3

    def test_its_texts_are_plain(self):
        (hit,) = answer("bridge")["hits"]
        assert hit["headline"] == "Undated <b>bridge</b>"
        assert hit["published"] is None

    def test_what_could_not_be_honoured_is_said(self):
        given = answer('"the flood')
        assert given["total"] == 2
        assert "never closed" in given["notes"][0]

    def test_a_better_spelling_is_offered(self):
        assert answer("floot")["suggestion"] == "flood"
        assert answer("flood")["suggestion"] is None

    @pytest.mark.parametrize("name", ["Ann Vale", "ann vale", "ann-vale", "Vale, Ann", "vale"])
    def test_a_person_is_known_by_name(self, name):
        assert [hit["external_id"] for hit in answer("flood", "--person", name)["hits"]] == ["one"]

    def test_a_person_is_known_by_an_alias(self):
        PersonAlias.objects.create(person=PersonFactory(name="Ann Vale"), name="Annie V.")
        assert answer("", "--person", "Annie V.")["total"] == 1

    @pytest.mark.parametrize("name", ["Nobody Known", "???", ""])
    def test_a_person_nobody_knows_finds_nothing(self, name):
        assert answer("flood", "--person", name)["total"] == 0

    def test_a_person_of_hidden_articles_alone_is_nobody_known(self):
        ArticleFactory(status=Status.DRAFT, people=["Zoe Zander"])
        for name in ("Zander", "Nobody"):
            people = answer("", "--person", name)["facets"]["person"]
            assert {"value": name, "label": name, "count": 0} in people

    def test_people_given_together_are_alternatives(self):
        assert answer("flood", "--person", "Ann Vale", "--person", "Ben Roy")["total"] == 2

    def test_dates_bound_it_with_both_ends_included(self):
        assert answer("", "--from", "1 May 1999", "--to", "1999")["total"] == 1
        assert answer("", "--from", "2000")["total"] == 1
        assert answer("flood", "--to", "Dec 2009")["total"] == 2

    def test_it_is_sorted_and_cut_as_asked(self):
        oldest = answer("flood", "--sort", "oldest", "--limit", "1")
        assert [hit["headline"] for hit in oldest["hits"]] == ["After the flood"]
        assert oldest["total"] == 2


@pytest.mark.usefixtures("record")
def test_a_reader_sees_results_and_facets():
    shown = run("flood")
    assert "2 articles" in shown
    assert "After the flood" in shown
    assert "Ann Vale (1)" in shown
    assert "Secret" not in shown


@pytest.mark.parametrize(
    "arguments", [("--from", "31 Feb 2009"), ("--to", "soon"), ("--limit", "-1")]
)
def test_nonsense_is_refused_by_name_with_exit_code_2(arguments):
    with pytest.raises(CommandError, match=arguments[0]) as refusal:
        run("flood", *arguments)
    assert refusal.value.returncode == 2

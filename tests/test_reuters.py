"""Real articles, imported and searched by the commands themselves, and counted by hand.

The other side of each comparison is a naive reading of the wire's own files that shares nothing
with ours: regular expressions over SGML, and words that have no other forms.
"""

import html
import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

pytestmark = [pytest.mark.shared_data, pytest.mark.django_db]

FILES = ("reut2-012.sgm", "reut2-017.sgm", "reut2-021.sgm")
"""2,578 articles of March to October 1987; one of them has no text at all."""

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class Wire(NamedTuple):
    """One article as the wire sent it. `day` is ISO, `text` in lower case."""

    id: str
    day: str
    text: str
    people: frozenset[str]
    tags: frozenset[str]

    def has(self, words: str) -> bool:
        return re.search(rf"\b{words}\b", self.text) is not None


Wires = list[Wire]
Found = set[str]


def wire(sgml: str) -> Wire:
    day, month, year = re.search(r"<DATE>\s*(\d+)-([A-Z]{3})-(\d{4})", sgml).groups()
    listed = dict(re.findall(r"<(TOPICS|PLACES|PEOPLE|ORGS|EXCHANGES)>(.*?)</\1>", sgml))
    values = {name: frozenset(re.findall("<D>(.*?)</D>", part)) for name, part in listed.items()}
    return Wire(
        id=re.search(r'NEWID="(\d+)"', sgml)[1],
        day=f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}",
        text=text_of(re.search(r"<TEXT.*</TEXT>", sgml, re.DOTALL)[0]),
        people=values.pop("PEOPLE"),
        tags=frozenset.union(*values.values()),
    )


def text_of(sgml: str) -> str:
    """Title and body, one space between words. Brief items have a title alone."""
    if 'TYPE="UNPROC"' in sgml:
        parts = [re.sub(r"<[^>]*>", " ", sgml)]
    else:
        body = "" if 'TYPE="BRIEF"' in sgml else "|BODY"
        parts = re.findall(rf"<(?:TITLE{body})>(.*?)</(?:TITLE|BODY)>", sgml, re.DOTALL)
    return " ".join(html.unescape(" / ".join(parts)).lower().split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, unpacked."""
    collection = settings.BACKFILE_SHARED / "data" / "reuters21578.tar.xz"
    if not collection.exists():
        pytest.skip(f"no real data in BACKFILE_SHARED={settings.BACKFILE_SHARED}")
    folder = tmp_path_factory.mktemp("wire")
    with tarfile.open(collection) as packed:
        for name in FILES:
            packed.extract(name, folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def wires(folder: Path) -> Wires:
    texts = [(folder / name).read_text(encoding="latin-1") for name in FILES]
    items = [item for text in texts for item in re.findall(r"(?s)<REUTERS .*?</REUTERS>", text)]
    return [wire(item) for item in items]


@pytest.fixture(scope="module")
def imports(
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[list[dict[str, Any]]]:
    """The files imported and indexed once for all tests, then a second time: what was counted."""
    data = tmp_path_factory.mktemp("archive")
    own = override_settings(BACKFILE_DATA=data, SEARCH_INDEX_DIR=data / "index")
    with django_db_blocker.unblock(), transaction.atomic():
        with own:
            counted = [import_articles(folder), import_articles(folder)]
        yield [counts | {"index": data / "index"} for counts in counted]
        transaction.set_rollback(True)


def import_articles(folder: Path) -> dict[str, Any]:
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):  # something was set aside
        call_command("import_articles", folder, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


@pytest.fixture
def search(imports: list[dict[str, Any]], settings: Any) -> Callable[..., dict[str, Any]]:
    """`manage.py search … --json` over these articles."""
    settings.SEARCH_INDEX_DIR = imports[0]["index"]

    def run(*arguments: str) -> dict[str, Any]:
        out = StringIO()
        call_command("search", *arguments, "--json", "--limit", "5000", stdout=out)
        return json.loads(out.getvalue())

    return run


def found(answer: dict[str, Any]) -> Found:
    """The ids of the hits, which are as many as the total says."""
    ids = {hit["external_id"] for hit in answer["hits"]}
    assert answer["total"] == len(answer["hits"]) == len(ids)
    return ids


def ids(wires: Wires, wanted: Callable[[Wire], bool]) -> Found:
    """Counted by hand: never nothing, which any mistake could find too."""
    chosen = {wire.id for wire in wires if wire.text and wanted(wire)}
    assert chosen
    return chosen


def counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    return {value["value"]: value["count"] for value in answer["facets"][facet]}


def most_frequent(values: Iterator[str], shown: dict[str, int]) -> None:
    """The facet shows twenty of the values, none less frequent than any that it does not show."""
    by_hand = Counter(values)
    assert shown == {value: by_hand[value] for value in shown}
    assert sorted(shown.values()) == sorted(count for _, count in by_hand.most_common(20))


def test_the_counts_of_an_import_add_up_and_a_second_one_changes_nothing(imports, wires):
    first, second = imports
    for counted in imports:
        parts = ("created", "updated", "unchanged", "rejected")
        assert counted["read"] == sum(counted[part] for part in parts) == len(wires)
    with_text = len([wire for wire in wires if wire.text])
    assert (first["created"], first["rejected"]) == (with_text, len(wires) - with_text)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, with_text)


def test_everything_is_found_by_no_words(search, wires):
    assert found(search("")) == ids(wires, lambda _: True)


@pytest.mark.parametrize("word", ["opec", "tokyo", "wheat", "soviet", "brazil", "merger"])
def test_a_word(search, wires, word):
    assert found(search(word)) == ids(wires, lambda wire: wire.has(f"{word}s?"))


@pytest.mark.parametrize("phrase", ["hong kong", "saudi arabia", "new york", "baker said"])
def test_a_phrase(search, wires, phrase):
    side_by_side = phrase.replace(" ", r"\W+")
    assert found(search(f'"{phrase}"')) == ids(wires, lambda wire: wire.has(side_by_side))


def test_words_together_either_and_without(search, wires):
    assert found(search("tokyo yen")) == ids(
        wires, lambda wire: wire.has("tokyo") and wire.has("yen")
    )
    assert found(search("(tokyo OR opec) -wheat")) == ids(
        wires, lambda wire: wire.has("(tokyo|opec)") and not wire.has("wheat")
    )


def test_a_beginning(search, wires):
    assert found(search("argent*")) == ids(wires, lambda wire: wire.has(r"argent\w*"))


def test_a_person(search, wires):
    by_hand = ids(wires, lambda wire: "james-baker" in wire.people)
    assert found(search("", "--person", "James Baker")) == by_hand
    assert found(search('person:"james baker"')) == by_hand


def test_every_person_by_slug(search, wires):
    by_hand = Counter(person for wire in wires for person in wire.people)
    assert {person: search("", "--person", person)["total"] for person in by_hand} == by_hand


def test_a_month(search, wires):
    in_june = ids(wires, lambda wire: wire.day.startswith("1987-06"))
    assert found(search("date:1987-06")) == in_june
    assert found(search("", "--from", "June 1987", "--to", "June 1987")) == in_june


@pytest.mark.parametrize("tag", ["grain", "usa", "west-germany", "opec", "nyse"])
def test_a_topic_a_place_an_organisation_an_exchange(search, wires, tag):
    assert found(search(f"tag:{tag}")) == ids(wires, lambda wire: tag in wire.tags)


def test_a_word_and_a_person(search, wires):
    by_hand = ids(wires, lambda wire: wire.has("tokyo") and "james-baker" in wire.people)
    assert found(search("tokyo", "--person", "James Baker")) == by_hand
    assert found(search("tokyo person:baker")) >= by_hand


def test_a_word_between_two_days(search, wires):
    by_hand = ids(
        wires, lambda wire: wire.has("tokyo") and "1987-04-03" <= wire.day <= "1987-06-15"
    )
    assert found(search("tokyo", "--from", "3/4/1987", "--to", "15 June 1987")) == by_hand
    assert found(search("tokyo date:1987-04-03..1987-06-15")) == by_hand


@pytest.mark.parametrize(("query", "pattern"), [("", ""), ("tokyo", "tokyo"), ("oil", "oils?")])
def test_the_counts_beside_the_results(search, wires, query, pattern):
    answer = search(query)
    matching = [wire for wire in wires if wire.text and (not pattern or wire.has(pattern))]
    assert counts(answer, "month") == Counter(wire.day[:7] for wire in matching)
    most_frequent((person for wire in matching for person in wire.people), counts(answer, "person"))
    most_frequent((tag for wire in matching for tag in wire.tags), counts(answer, "tag"))
    assert counts(answer, "source") == {"reuters": len(matching)}

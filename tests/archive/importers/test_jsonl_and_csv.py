"""Articles as JSON Lines and as tables: keys, values, and what is refused by name."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from archive.importers import csv, jsonl
from archive.importers.base import Defaults, MediaItem, PersonRecord, Pointer, Raw, RecordError
from archive.importers.reading.checks import checked

PLAIN = {"headline": "Bridge opens", "published": "2009-12-17", "body": ["It opened."]}


def read(values: dict[str, Any] | str):
    text = values if isinstance(values, str) else json.dumps(values)
    return checked(jsonl.build(Raw(1, text), Defaults("", UTC)))


def rows(text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    raws = list(csv.split(io.BytesIO(data)))
    return raws, [checked(csv.build(raw, Defaults("", UTC))) for raw in raws]


def test_every_field_of_an_article():
    record = read(
        PLAIN
        | {
            "external_id": "b-1",
            "source": "Courier",
            "url": "https://courier.example/b-1",
            "language": "en_GB",
            "section": "Harbour",
            "standfirst": "At last",
            "byline": ["Una Carrow", "Tom Fallowfield"],
            "place": "Port Almond",
            "modified": "2009-12-18T09:00:00Z",
            "people": ["ANN VALE", {"name": "Ben Roy"}, "Ann Vale"],
            "tags": ["bridge", {"name": "Sallow", "kind": "place"}, "Bridge"],
            "places": "Port Almond; Sallowside",
            "related": [{"external_id": "b-0"}, "Crane falls", "https://courier.example/b-2"],
            "media": [
                {"file": "a.mp3", "duration": "4:05"},
                {"url": "https://courier.example/p.jpg"},
            ],
            "status": "In review",
            "embargo_until": "2030-01-01",
        }
    )
    assert record.byline == "Una Carrow, Tom Fallowfield"
    assert record.language == "en-GB"
    assert record.people == ("Ann Vale", "Ben Roy")
    assert [tuple(tag) for tag in record.tags] == [
        ("bridge", "subject"),
        ("Sallow", "place"),
        ("Port Almond", "place"),
        ("Sallowside", "place"),
    ]
    assert record.related == (
        Pointer(external_id="b-0"),
        Pointer("Crane falls"),
        Pointer(url="https://courier.example/b-2"),
    )
    assert record.media == (
        MediaItem("audio", file="a.mp3", duration=245),
        MediaItem("photo", url="https://courier.example/p.jpg"),
    )
    assert record.status == "in_review"
    assert record.embargo_until == datetime(2030, 1, 1, tzinfo=UTC)


def test_the_words_that_other_systems_use():
    record = read(
        {
            "id": 7,
            "Title": "Bridge opens",
            "date": "17/12/2009",
            "text": "It.\n\nOpened.",
            "author": "Una",
        }
    )
    assert (record.external_id, record.headline, record.byline) == ("7", "Bridge opens", "Una")
    assert record.paragraphs == ("It.", "Opened.")
    assert record.published == datetime(2009, 12, 17, tzinfo=UTC)


def test_an_unknown_key_is_left_out_and_said():
    record = read(PLAIN | {"colour": "blue"})
    assert record.notes == ("the key “colour” is not known and was left out",)


def test_people_that_are_not_mentioned_are_unknown_and_an_empty_list_means_none():
    assert read(PLAIN).people is None
    assert read(PLAIN | {"people": ""}).people is None
    assert read(PLAIN | {"people": []}).people == ()


def test_a_person_is_a_record_of_its_own():
    person = read({"name": "Margaret E. Vale", "aliases": ["Margaret Vale"], "note": "Mayor."})
    assert person == PersonRecord("Margaret E. Vale", ("Margaret Vale",), "Mayor.")


def test_control_characters_and_half_characters_do_not_get_in():
    record = read('{"headline": "Bridge\\u0000 opens", "body": "It \\ud83d opened.\\u0007"}')
    assert (record.headline, record.paragraphs) == ("Bridge opens", ("It \ufffd opened.",))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"published": "31 Feb 2009"}, "date '31 Feb 2009' is not a day"),
        ({"published": 12611351}, "is not a day"),
        ({"published": "last spring"}, "not written in a way that is understood"),
        ({"headline": "", "body": ""}, "neither a headline nor a text"),
        ({"headline": "x" * 1001}, "headline has 1,001 characters; at most 1,000 fit"),
        ({"headline": {"en": "x"}}, "headline must be a text, not an object"),
        ({"url": "javascript:alert(1)"}, "url 'javascript:alert\\(1\\)' is no web address"),
        ({"language": "english please"}, "language 'english please'"),
        ({"status": "live"}, "status 'live' is none of draft"),
        ({"status": "scheduled", "published": None}, "a scheduled article needs the time"),
        ({"media": [{"file": "a.mp3", "duration": "long"}]}, "media duration 'long'"),
        ({"media": [{"kind": "hologram", "title": "x"}]}, "media kind 'hologram'"),
        ({"tags": [{"name": "x", "kind": "mood"}]}, "tag kind 'mood'"),
        ({"tags": ["x" * 201]}, "tag has 201 characters"),
        ({"people": [f"Ann Vale{n}" for n in range(1001)]}, "at most 1,000"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_by_its_name(change, reason):
    with pytest.raises(RecordError, match=reason):
        read(PLAIN | change)


@pytest.mark.parametrize("line", ["{", "[1]", "null", '{"headline": }', "[" * 100_000])
def test_a_line_that_is_no_json_object_is_refused(line):
    with pytest.raises(RecordError, match="JSON"):
        read(line)


def test_lines_that_are_not_utf_8_are_read_as_windows_wrote_them_and_that_is_said():
    (raw,) = jsonl.split(io.BytesIO('{"headline": "Café – Zoë"}\n'.encode("cp1252")))
    assert json.loads(raw.text) == {"headline": "Café – Zoë"}
    assert raw.notes


def test_a_byte_order_mark_and_empty_lines_do_no_harm():
    data = b'\xef\xbb\xbf{"headline": "a"}\r\n\r\n{"headline": "b"}'
    assert jsonl.sniff(data)
    assert [raw.line for raw in jsonl.split(io.BytesIO(data))] == [1, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_with_any_delimiter_and_line_ends_in_quotes(delimiter):
    cells = ['"It opened.\n\nNobody, fell; in."', "7", "Bridge opens", "17 Dec 2009"]
    text = "\n".join(
        delimiter.join(line) for line in (["body", "id", "Title", "date"], cells, cells)
    )
    raws, records = rows(text)
    assert [raw.line for raw in raws] == [2, 5]
    assert records[0].paragraphs == ("It opened.", "Nobody, fell; in.")
    assert records[0].published == datetime(2009, 12, 17, tzinfo=UTC)
    assert csv.sniff(text.encode())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_lines_of_a_table_may_end_as_on_any_machine(end):
    raws, records = rows(
        end.join(["headline,body", '"Bridge","It', 'opened."', "Ferry,It sank.", ""])
    )
    assert [record.headline for record in records] == ["Bridge", "Ferry"]
    assert [raw.line for raw in raws] == [2, 4]


def test_lists_in_a_table_have_semicolons():
    _, (record,) = rows("headline,people,tags\nBridge opens,Ann Vale; Ben Roy,bridge;harbour\n")
    assert record.people == ("Ann Vale", "Ben Roy")
    assert [tag.name for tag in record.tags] == ["bridge", "harbour"]


def test_a_table_of_people():
    _, (person,) = rows("name,aliases,note\nMargaret E. Vale,Margaret Vale;M. Vale,Mayor.\n")
    assert person == PersonRecord("Margaret E. Vale", ("Margaret Vale", "M. Vale"), "Mayor.")


def test_a_row_with_too_many_values_is_refused():
    with pytest.raises(RecordError, match="more values than there are columns"):
        rows("headline,body\nBridge,opens,at,last\n")


@pytest.mark.parametrize("text", ["Bridge opens, and the body is found\n", "a,b,c\n1,2,3\n", ""])
def test_a_text_with_commas_is_no_table(text):
    assert not csv.sniff(text.encode())

"""Reuters-21578: its dialect in small, and all of it."""

import io
from datetime import UTC, datetime

import pytest

from archive.importers import reuters_sgml
from archive.importers.base import Defaults, RecordError
from archive.importers.reading.checks import checked
from archive.models import Article, ImportReject


def item(
    date: str = "26-FEB-1987 15:01:01.79",
    text: str = "<TEXT>&#2;\n<TITLE>COCOA</TITLE>\n<BODY>It rained.\n Reuter\n&#3;</BODY></TEXT>",
    fields: str = "<PEOPLE></PEOPLE>",
) -> str:
    return f'<REUTERS TOPICS="YES" NEWID="1">\n<DATE>{date}</DATE>\n{fields}\n{text}\n</REUTERS>\n'


def read(data: str):
    (raw,) = reuters_sgml.split(io.BytesIO(f"<!DOCTYPE lewis>\n{data}".encode("latin-1")))
    return checked(reuters_sgml.build(raw, Defaults("", UTC)))


def body(text: str) -> str:
    return f"<TEXT>&#2;\n<TITLE>COCOA</TITLE>\n{text}</TEXT>"


def test_lists_become_people_and_tags_by_kind():
    record = read(
        item(
            fields="<TOPICS><D>cocoa</D></TOPICS><PLACES><D>el-salvador</D></PLACES>"
            "<PEOPLE><D>james-baker</D></PEOPLE><ORGS><D>gatt</D></ORGS>"
            "<EXCHANGES><D>nyse</D></EXCHANGES>"
        )
    )
    assert record.people == ("James Baker",)
    assert [tuple(tag) for tag in record.tags] == [
        ("cocoa", "subject"),
        ("el-salvador", "place"),
        ("gatt", "organisation"),
        ("nyse", "organisation"),
    ]


def test_an_empty_list_of_people_says_that_there_are_none():
    assert read(item()).people == ()


def test_dateline_byline_and_paragraphs():
    record = read(
        item(
            text=body(
                "<AUTHOR>    By Jane Arraf, Reuters</AUTHOR>\n"
                "<DATELINE>    OKLAHOMA CITY, Okla. March 11, Reuter - </DATELINE>"
                "<BODY>It rained in\nthe zone &lt;CCO>, AT&T said.\n    A table:\n"
                "    Shr 34 cts   vs    1.19 dlrs\n REUTER\n&#3;</BODY>"
            )
        )
    )
    assert (record.byline, record.place) == ("Jane Arraf, Reuters", "OKLAHOMA CITY, Okla.")
    assert record.paragraphs == (
        "It rained in the zone <CCO>, AT&T said.",
        "A table:",
        "    Shr 34 cts   vs    1.19 dlrs",
    )


def test_a_sentence_that_slipped_into_the_dateline_opens_the_body():
    record = read(
        item(
            text=body(
                "<DATELINE>    RIO DE JANEIRO, Feb 26 - Brazil's anti- </DATELINE>"
                "<BODY>inflation plan failed.\n Reuter</BODY>"
            )
        )
    )
    assert record.place == "RIO DE JANEIRO"
    assert record.paragraphs == ("Brazil's anti-inflation plan failed.",)


def test_a_dateline_without_end_takes_no_time_and_is_no_place():
    endless = f"<DATELINE>    SALVADOR{chr(10) * 200_000}</DATELINE><BODY>It rained.</BODY>"
    assert read(item(text=body(endless))).place == ""


def test_a_sentence_that_ends_with_the_agencys_name_keeps_it():
    record = read(item(text=body("<BODY>It will rain, he told Reuters.\n Reuter\n&#3;</BODY>")))
    assert record.paragraphs == ("It will rain, he told Reuters.",)


def test_a_brief_item_is_its_title_alone():
    record = read(
        item(text='<TEXT TYPE="BRIEF">\n******<TITLE>GOLD UP\n</TITLE>Blah blah blah.\n</TEXT>')
    )
    assert (record.headline, record.paragraphs) == ("GOLD UP", ())


def test_an_unprocessed_item_keeps_its_lines():
    record = read(
        item(text='<TEXT TYPE="UNPROC">&#2;\nGOLD\n  APR  400\n  MAY  401\n&#3;\n</TEXT>')
    )
    assert (record.headline, record.paragraphs) == ("", ("GOLD\n  APR  400\n  MAY  401",))


def test_an_impossible_time_of_day_leaves_the_true_day():
    record = read(item("31-MAR-1987 605:12:19.12"))
    assert record.published == datetime(1987, 3, 31, tzinfo=UTC)
    assert "'605:12:19.12' is impossible" in record.notes[0]


def test_noise_behind_the_date_does_no_harm_and_a_remark_is_passed_on():
    noisy = read(item("27-MAR-1987 00:02:59.13&#5;&#5;&#5;RM"))
    assert noisy.published == datetime(1987, 3, 27, 0, 2, 59, 130000, tzinfo=UTC)
    remarked = read(item(" 9-APR-1987 00:00:00.00    # date added by S Finch as guesswork "))
    assert remarked.notes == ("date added by S Finch as guesswork",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (item("31-FEB-1987 10:00:00.00"), "'31-FEB-1987 10:00:00.00' is not a day"),
        (item("some day"), "'some day' is not understood"),
        (item("").replace("<DATE></DATE>\n", ""), "no DATE"),
        (item(text='<TEXT TYPE="UNPROC">&#2;\n&#3;\n</TEXT>'), "neither a headline nor a text"),
        (item().replace('NEWID="1"', ""), "no NEWID"),
    ],
)
def test_an_item_that_cannot_be_taken_in_is_refused_with_the_reason(data, reason):
    with pytest.raises(RecordError, match=reason):
        read(data)


def test_an_item_that_never_ends_costs_only_itself():
    data = item().replace("</REUTERS>\n", "") + item().replace('NEWID="1"', 'NEWID="2"')
    raws = list(reuters_sgml.split(io.BytesIO(data.encode())))
    assert [raw.line for raw in raws] == [1, 9]


@pytest.mark.shared_data
def test_the_whole_collection_comes_in_and_a_second_time_changes_nothing(shared, import_articles):
    collection = shared / "reuters21578.tar.xz"
    answer = import_articles(collection)
    assert (answer.code, answer.tally) == (1, (21_577, 0, 0, 1))
    assert "reut2-012.sgm" in answer.rejects[0]["file"]
    assert answer.rejects[0]["reason"] == "there is neither a headline nor a text"
    assert Article.objects.get(external_id="17192").first_published.day == 31
    assert Article.objects.filter(headline="").count() == 736

    again = import_articles(collection)
    assert (again.code, again.tally) == (1, (0, 0, 21_577, 1))
    assert ImportReject.objects.count() == 2

"""NITF: what its elements come to."""

import io
from datetime import UTC, datetime

import pytest

from archive.importers import nitf
from archive.importers.base import (
    CorrectionNote,
    Defaults,
    MediaItem,
    RecordError,
    TagName,
)
from archive.importers.formats import detect
from archive.importers.reading.checks import checked


def article(
    docdata: str = "", head: str = "", body: str = "<p>It opened.</p>", top: str = ""
) -> str:
    return (
        f"<nitf {top}><head>{head}<docdata>{docdata}</docdata></head><body><body.head><hedline>"
        f"<hl1>Bridge opens</hl1></hedline></body.head><body.content>{body}</body.content></body>"
        "</nitf>"
    )


def read(text: str):
    (raw,) = nitf.split(io.BytesIO(text.encode()))
    return checked(nitf.build(raw, Defaults("", UTC)))


def test_it_is_known_by_its_root_behind_a_document_type_and_inside_other_xml():
    text = article()
    assert detect("x", f"<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n{text}".encode()) is nitf
    assert detect("x", f"<all>{text}{text}</all>".encode()) is nitf
    assert detect("x", b"<html><p>nitf</p></html>") is not nitf


def test_headline_subheads_paragraphs_and_byline():
    text = article(
        body="<block><p>One <em>two</em>\n  three.</p><hl2>Tolls</hl2></block><p>A<br/>B</p>"
    )
    text = text.replace(
        "</hedline>",
        "<hl2>At last</hl2></hedline><byline>By <person>Una Carrow</person>, <byttl>Staff</byttl>"
        "</byline><dateline>PORT ALMOND, <story.date>Dec 17</story.date> —</dateline>"
        "<abstract><p>In short.</p></abstract>",
    )
    record = read(text)
    assert record.headline == "Bridge opens"
    assert record.standfirst == "In short."
    assert record.paragraphs == ("At last", "One two three.", "Tolls", "A\nB")
    assert (record.byline, record.place) == ("Una Carrow, Staff", "PORT ALMOND")


def test_lists_and_tables_keep_their_lines():
    body = "<ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    assert read(article(body=body)).paragraphs == ("one", "two", "a | b")


def test_which_date_is_which():
    dates = (
        '<date.issue norm="20091217T120200Z"/><date.release norm="20091218T000000-0500"/>'
        '<date.expire norm="20101217+0100"/>'
    )
    record = read(article(dates))
    assert record.published == record.modified == datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
    assert record.embargo_until == datetime(2009, 12, 18, 5, tzinfo=UTC)
    assert record.expires == datetime(2010, 12, 16, 23, tzinfo=UTC)
    used = read(
        article(dates, head='<pubdata date.publication="20091218" position.section="News"/>')
    )
    assert used.published == datetime(2009, 12, 18, tzinfo=UTC)
    assert (used.modified, used.section) == (record.modified, "News")


def test_a_release_before_the_issue_is_no_embargo():
    dates = '<date.issue norm="20091217T120200Z"/><date.release norm="20091217T120200Z"/>'
    assert read(article(dates)).embargo_until is None


@pytest.mark.parametrize(
    ("date", "month", "precision"),
    [("1987", 1, "year"), ("198712", 12, "month"), ("1987-12Z", 12, "month")],
)
def test_a_date_without_a_day_is_kept_as_far_as_it_goes(date, month, precision):
    record = read(article(f'<date.issue norm="{date}"/>'))
    first = datetime(1987, month, 1, tzinfo=UTC)
    assert (record.published, record.modified, record.precision) == (first, first, precision)
    assert record.notes == ()


@pytest.mark.parametrize(
    ("status", "ours"),
    [
        ("usable", "published"),
        ("withheld", "in_review"),
        ("canceled", "withdrawn"),
        ("", "published"),
    ],
)
def test_the_status_travels(status, ours):
    text = article().replace("<docdata", f'<docdata management-status="{status}"')
    assert read(text).status == ours


def test_an_embargo_without_a_time_waits_for_an_editor():
    record = read(article().replace("<docdata", '<docdata management-status="embargoed"'))
    assert record.status == "in_review"
    assert "waits for an editor" in record.notes[0]


def test_a_notice_cancels_the_article_that_it_names():
    notice = article('<doc-id id-string="kill-1"/>').replace(
        "<docdata", '<docdata management-doc-idref="b-1" management-idref-status="canceled"'
    )
    assert (read(notice).external_id, read(notice).status) == ("b-1", "withdrawn")


def test_an_unknown_status_is_refused():
    with pytest.raises(RecordError, match="status 'embalmed' is none of usable"):
        read(article().replace("<docdata", '<docdata management-status="embalmed"'))


def test_people_are_those_whom_the_source_marks_but_not_who_wrote_it():
    text = article(
        '<identified-content><person value="Leela Ramanath"/></identified-content>',
        body="<p><person>Ann Vale<function>mayor</function></person> and <person><name.given>Ben"
        "</name.given> <name.family>Roy</name.family></person>.</p>",
    )
    signed = text.replace("</hedline>", "</hedline><byline><person>Una Carrow</person></byline>")
    assert read(signed).people == ("Leela Ramanath", "Ann Vale", "Ben Roy")
    assert read(article()).people is None


def test_subjects_keywords_and_identified_content_are_tags():
    docdata = (
        '<key-list><keyword key="harbour"/><keyword/></key-list><evloc city="Port Almond"/>'
        "<identified-content><org>Harbour Board</org><location>Sallow</location>"
        "</identified-content>"
    )
    subject = 'tobject.subject.type="Transport" tobject.subject.matter="Bridges"'
    head = f"<tobject><tobject.subject {subject}/></tobject>"
    assert read(article(docdata, head)).tags == (
        TagName("Bridges"),
        TagName("harbour"),
        TagName("Harbour Board", "organisation"),
        TagName("Sallow", "place"),
        TagName("Port Almond", "place"),
    )


def test_media_have_captions_credits_and_lengths_and_are_no_paragraphs():
    picture = (
        '<media media-type="image"><media-reference source="b c.jpg" alternate-text="An arch"/>'
        "<media-caption><p>The arch</p></media-caption><media-producer>T. Moss</media-producer>"
        "</media>"
    )
    tape = '<media-reference source="https://a.example/a.mp3" time="61"/>'
    sound = f'<media media-type="audio">{tape}</media>'
    record = read(article(body=f"<p>It opened.</p>{picture}{sound}"))
    assert record.paragraphs == ("It opened.",)
    assert record.media == (
        MediaItem("photo", "", "The arch", "T. Moss", "An arch", file="b c.jpg"),
        MediaItem("audio", url="https://a.example/a.mp3", duration=61),
    )


def test_a_correction_is_public_and_a_message_to_editors_is_not():
    record = read(article('<correction info="On Monday."/><ed-msg info="CORRECTS day"/>'))
    assert record.corrections == (
        CorrectionNote("On Monday."),
        CorrectionNote("CORRECTS day", public=False),
    )
    assert read(article('<ed-msg info="Turkey out"/>')).corrections == ()


def test_source_identity_rights_and_language():
    record = read(
        article(
            '<du-key key="bridge-2"/><doc.copyright holder="Courier" year="20091217"/>',
            top='xml:lang="en_GB"',
        )
    )
    assert (record.source, record.external_id) == ("Courier", "bridge-2")
    assert (record.rights, record.language) == ("© 2009 Courier", "en-GB")

"""RSS, Atom and JSON Feed: every entry by itself, with its whole text and what goes with it."""

import contextlib
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers import feed, json_feed
from archive.importers.base import Defaults, MediaItem, Raw, Record, RecordError
from archive.importers.formats import detect
from archive.importers.reading.checks import checked
from archive.models import Article

NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
HEAD = "<title>Port Almond Courier</title><language>en-ie</language><copyright>© PAC</copyright>"
URL = "https://courier.port-almond.example/bridge"


def rss(*items: str, head: str = HEAD) -> bytes:
    inside = head + "".join(f"<item>{item}</item>\n" for item in items)
    return f'<?xml version="1.0"?>\n<rss {NAMES}><channel>{inside}</channel></rss>'.encode()


def atom(*entries: str) -> bytes:
    inside = "<title>Port Almond Courier</title>" + "".join(
        f"<entry>{one}</entry>" for one in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-IE">{inside}</feed>'.encode()


def json_of(*items: dict[str, Any], **said: Any) -> bytes:
    about = {"version": "https://jsonfeed.org/version/1.1", "title": "Port Almond Courier"}
    return json.dumps({**about, **said, "items": items}, indent=1).encode()


def raws(data: bytes) -> list[Raw]:
    format = detect("x", data)
    assert format in (feed, json_feed)
    return list(format.split(io.BytesIO(data)))


def read(data: bytes) -> Record:
    (raw,) = raws(data)
    format = detect("x", data)
    assert format is not None
    record = checked(format.build(raw, Defaults("", UTC)))
    assert isinstance(record, Record)
    return record


class TestRss:
    def test_an_item_says_everything(self):
        record = read(
            rss(
                "<title>Bridge &amp;amp; ferry</title><link>https://a.example/bridge</link>"
                '<guid isPermaLink="false">pac-7</guid><dc:creator>Una Carrow</dc:creator>'
                "<pubDate>Sun, 01 Jun 1997 06:30:00 +0100</pubDate>"
                "<category>Harbour</category><category>News</category>"
                "<description>Three arches, eight years.</description>"
                "<content:encoded><![CDATA[<p>The bridge opened.</p><p>Nobody fell in.</p>"
                '<img src="/arch.jpg" alt="An arch">]]></content:encoded>'
            )
        )
        assert (record.headline, record.external_id) == ("Bridge & ferry", "pac-7")
        assert (record.source, record.language) == ("Port Almond Courier", "en-ie")
        assert record.url == "https://a.example/bridge"
        assert record.published == datetime(1997, 6, 1, 5, 30, tzinfo=UTC)
        assert (record.byline, record.rights) == ("Una Carrow", "© PAC")
        assert [tag.name for tag in record.tags] == ["Harbour", "News"]
        assert record.standfirst == "Three arches, eight years."
        assert record.paragraphs == ("The bridge opened.", "Nobody fell in.")
        assert record.media == (MediaItem(url="https://a.example/arch.jpg", alt="An arch"),)

    def test_without_content_the_description_is_the_text(self):
        record = read(rss("<title>T</title><description>&lt;p&gt;One.&lt;/p&gt;Two.</description>"))
        assert (record.paragraphs, record.standfirst) == (("One.", "Two."), "")

    def test_a_description_that_begins_the_text_is_no_standfirst(self):
        record = read(
            rss("<title>T</title><description>The bridge ope[…]</description>"
                "<content:encoded>The bridge opened.</content:encoded>")
        )  # fmt: skip
        assert record.standfirst == ""

    def test_a_podcast_has_its_recording(self):
        record = read(
            rss(
                "<title>The talk</title>"
                '<enclosure url="https://a.example/t.mp3" type="audio/mpeg"/>'
                "<itunes:duration>26:13</itunes:duration>"
                "<itunes:summary>About seals.</itunes:summary>"
            )
        )
        assert record.media == (MediaItem("audio", url="https://a.example/t.mp3", duration=1573),)
        assert record.paragraphs == ("About seals.",)

    def test_a_picture_of_media_rss_has_its_caption_and_credit_and_is_there_once(self):
        record = read(
            rss(
                "<title>T</title><description>"
                '&lt;img src="https://a.example/a.jpg" alt="An arch"&gt;Text.</description>'
                '<media:content url="https://a.example/a.jpg" medium="image">'
                "<media:description>The third arch</media:description>"
                "<media:credit>T. Moss</media:credit></media:content>"
            )
        )
        assert record.media == (
            MediaItem(
                caption="The third arch", credit="T. Moss", alt="An arch",
                url="https://a.example/a.jpg",
            ),
        )  # fmt: skip
        assert record.paragraphs == ("Text.",)

    @pytest.mark.parametrize(
        ("author", "byline"),
        [("una@a.example (Una Carrow)", "Una Carrow"), ("una@a.example", ""), ("Una", "Una")],
    )
    def test_an_authors_mail_address_is_no_name(self, author, byline):
        record = read(rss(f"<title>T</title><description>x</description><author>{author}</author>"))
        assert record.byline == byline

    @pytest.mark.parametrize(
        ("date", "when"),
        [
            ("01 Jun 97 06:30 EST", datetime(1997, 6, 1, 11, 30, tzinfo=UTC)),
            ("Sun, 1 Jun 1997 06:30:00 -0000", datetime(1997, 6, 1, 6, 30, tzinfo=UTC)),
            ("1997-06-01T06:30:00Z", datetime(1997, 6, 1, 6, 30, tzinfo=UTC)),
            ("1 June 1997", datetime(1997, 6, 1, tzinfo=UTC)),
        ],
    )
    def test_dates_come_in_any_shape(self, date, when):
        item = f"<title>T</title><description>x</description><pubDate>{date}</pubDate>"
        assert read(rss(item)).published == when

    def test_a_guid_that_is_an_address_is_where_the_article_stands(self):
        record = read(rss(f"<title>T</title><description>x</description><guid>{URL}</guid>"))
        assert (record.external_id, record.url) == (URL, URL)

    def test_rss_1_is_read_too(self):
        record = read(
            (
                '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
                f'xmlns="http://purl.org/rss/1.0/" {NAMES}><channel rdf:about="x">'
                f'<title>PAC</title></channel><item rdf:about="{URL}"><title>T</title>'
                f"<link>{URL}</link><description>Text.</description><dc:date>1997-06-01</dc:date>"
                "</item></rdf:RDF>"
            ).encode()
        )
        assert (record.source, record.external_id, record.url) == ("PAC", URL, URL)
        assert record.published == datetime(1997, 6, 1, tzinfo=UTC)


class TestAtom:
    def test_an_entry_says_everything(self):
        record = read(
            atom(
                f'<title type="html">Bridge &amp;amp; ferry</title>'
                f'<link rel="alternate" href="{URL}"/>'
                '<link rel="enclosure" type="audio/mpeg" href="/talk.mp3"/><id>tag:pac,1997:7</id>'
                "<published>1997-06-01T06:30:00+01:00</published>"
                "<updated>1997-06-02T06:30:00+01:00</updated>"
                "<author><name>Una Carrow</name></author><author><name>Tom Moss</name></author>"
                '<category term="harbour" label="Harbour"/><summary>Three arches.</summary>'
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                "<p>It <b>op</b>ened.</p><p>Nobody fell in.</p></div></content>"
            )
        )
        assert (record.headline, record.external_id) == ("Bridge & ferry", "tag:pac,1997:7")
        assert (record.url, record.language) == (URL, "en-IE")
        assert record.published == datetime(1997, 6, 1, 5, 30, tzinfo=UTC)
        assert record.modified == datetime(1997, 6, 2, 5, 30, tzinfo=UTC)
        assert record.byline == "Una Carrow, Tom Moss"
        assert [tag.name for tag in record.tags] == ["Harbour"]
        assert (record.standfirst, record.paragraphs) == (
            "Three arches.", ("It opened.", "Nobody fell in."),
        )  # fmt: skip
        assert record.media[0].url == "https://courier.port-almond.example/talk.mp3"

    @pytest.mark.parametrize(
        ("content", "text"),
        [
            ('<content type="html">&lt;p&gt;a &amp;lt; b&lt;/p&gt;</content>', "a < b"),
            ('<content type="text">a &lt;p&gt; b</content>', "a <p> b"),
            ('<content type="html"><![CDATA[<p>a &mdash; b</p>]]></content>', "a — b"),
            ("<summary>a</summary>", "a"),
        ],
    )
    def test_content_is_read_as_what_it_says_it_is(self, content, text):
        assert read(atom(f"<title>T</title>{content}")).paragraphs == (text,)


class TestJsonFeed:
    def test_an_item_says_everything(self):
        record = read(
            json_of(
                {
                    "id": 7, "url": URL, "title": "Bridge opens", "summary": "Three arches.",
                    "content_html": "<p>It opened.</p><p>Nobody fell in.</p>", "tags": ["harbour"],
                    "date_published": "1997-06-01T06:30:00+01:00",
                    "date_modified": "1997-06-02T06:30:00+01:00", "image": "/arch.jpg",
                    "authors": [{"name": "Una Carrow"}],
                    "attachments": [{"url": "/talk.mp3", "mime_type": "audio/mpeg",
                                     "duration_in_seconds": 1573.5}],
                },
                language="en-IE",
            )
        )  # fmt: skip
        assert (record.external_id, record.url, record.headline) == ("7", URL, "Bridge opens")
        assert (record.source, record.language) == ("Port Almond Courier", "en-IE")
        assert record.published == datetime(1997, 6, 1, 5, 30, tzinfo=UTC)
        assert (record.byline, record.standfirst) == ("Una Carrow", "Three arches.")
        assert record.paragraphs == ("It opened.", "Nobody fell in.")
        assert [(item.kind, item.duration) for item in record.media] == [
            ("photo", None), ("audio", 1573),
        ]  # fmt: skip

    def test_plain_text_is_not_taken_for_html(self):
        record = read(json_of({"id": "7", "content_text": "a <b> & c\n\nd"}))
        assert record.paragraphs == ("a <b> & c", "d")

    def test_a_feed_of_one_author_gives_it_to_its_items(self):
        data = json_of({"id": "7", "content_text": "x"}, author={"name": "Una Carrow"})
        assert read(data).byline == "Una Carrow"


class TestEveryEntryByItself:
    @pytest.mark.parametrize(
        "data",
        [
            rss(*(f"<title>{n}</title><description>x</description>" for n in (1, 2, 3))),
            atom(*(f"<title>{n}</title><content>x</content>" for n in (1, 2, 3))),
            json_of(*({"id": str(n), "title": str(n), "content_text": "x"} for n in (1, 2, 3))),
        ],
    )
    def test_cut_out_alone_it_is_a_feed_that_says_the_same(self, data):
        found = raws(data)
        assert len(found) == 3
        for number, raw in enumerate(found, start=1):
            (again,) = raws(raw.text.encode())
            format = detect("x", raw.text.encode())
            assert format is not None
            records = [format.build(one, Defaults("", UTC)) for one in (raw, again)]
            assert records[0] == records[1]
            assert records[0].headline == str(number)
            assert records[0].source == "Port Almond Courier"

    def test_one_that_is_broken_costs_nothing_but_itself(self, import_articles, tmp_path):
        good = "<guid>g{}</guid><title>Bridge {} opens</title><description>Text.</description>"
        path = tmp_path / "feed.xml"
        path.write_bytes(rss(good.format(1, 1), "<title>No <b>end</title>", good.format(2, 2)))
        answer = import_articles(path)
        assert answer.tally == (2, 0, 0, 1)
        assert answer.rejects[0]["line"] == 3
        assert "no well-formed XML" in answer.rejects[0]["reason"]
        assert import_articles(path).tally == (0, 0, 2, 1)
        assert Article.objects.count() == 2

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (rss("<title>T</title>"), "no text: neither content nor a summary"),
            (atom("<title>T</title><content type='html'>&lt;br&gt;</content>"), "no text"),
            (json_of({"id": "7", "title": "T"}), "no text"),
            (rss("<description>x</description><pubDate>soon</pubDate>"), "'soon' is not written"),
            (rss("<description>x</description><pubDate>31 Feb 2009</pubDate>"), "is not a day"),
            (rss("<description>&boom;</description>"), "the entity &boom;"),
        ],
    )
    def test_one_that_cannot_be_an_article_is_refused_with_the_reason(self, data, reason):
        with pytest.raises(RecordError, match=reason):
            read(data)

    def test_an_entity_bomb_expands_to_nothing(self):
        bomb = (
            '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "/etc/passwd">]>'
        )
        data = rss("<title>T</title><description>&b; &c;</description>")
        with pytest.raises(RecordError, match="entity &b;"):
            read(data.replace(b"<rss", bomb.encode() + b"<rss", 1))

    @given(st.binary(max_size=400))
    def test_any_bytes_behind_a_feeds_beginning_do_no_harm(self, data):
        for format, beginning in ((feed, rss()[:-16]), (json_feed, json_of()[:-3])):
            for raw in format.split(io.BytesIO(beginning + data)):
                with contextlib.suppress(RecordError):
                    format.build(raw, Defaults("", UTC))


@pytest.mark.parametrize(
    ("head", "format"),
    [
        (rss(), feed),
        (atom(), feed),
        (b"<?xml version='1.0'?><!-- x --><rss>", feed),
        (json_of(), json_feed),
        (b'{\n "items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', json_feed),
        (b"<feed><entry>mine</entry></feed>", None),
        (b'{"version": 1, "items": []}', None),
    ],
)
def test_a_feed_is_told_from_its_beginning_whatever_it_is_called(head, format):
    found = detect("x", head)
    assert found is format or (format is None and found not in (feed, json_feed))

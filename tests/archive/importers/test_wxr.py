"""Exports of WordPress: posts with their authors, pictures and status, and nothing else."""

import gzip
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers import wxr
from archive.importers.base import Defaults, Record, RecordError
from archive.importers.formats import detect
from archive.importers.reading.checks import checked
from archive.importers.reading.html import read_html
from archive.importers.wordpress.shortcodes import as_html, gallery_ids

SITE = "https://courier.port-almond.example"


def export(*items: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Port Almond Courier</title><link>{SITE}</link><language>en-IE</language>
<wp:author><wp:author_login><![CDATA[una]]></wp:author_login>
<wp:author_display_name><![CDATA[Una Carrow]]></wp:author_display_name></wp:author>
{"".join(f"<item>{item}</item>" for item in items)}
</channel></rss>""".encode()


def post(
    number: int = 1, content: str = "It opened.", more: str = "", status: str = "publish"
) -> str:
    return f"""<title>Bridge {number}</title><link>{SITE}/{number}</link>
<dc:creator>una</dc:creator><guid isPermaLink="false">{SITE}/?p={number}</guid>
<description></description><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[Three arches.]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>1997-06-01 06:30:00</wp:post_date>
<wp:post_date_gmt>1997-06-01 05:30:00</wp:post_date_gmt><wp:status>{status}</wp:status>
<wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type>{more}
<category domain="category" nicename="harbour">Harbour</category>
<category domain="category" nicename="news">News</category>
<category domain="post_tag" nicename="bridge">bridge</category>"""


def attachment(number: int, parent: int, file: str = "arch.jpg") -> str:
    return f"""<title>arch</title><excerpt:encoded><![CDATA[Arch {number}]]></excerpt:encoded>
<content:encoded></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>{SITE}/{number}-{file}</wp:attachment_url><wp:postmeta>
<wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Alt {number}</wp:meta_value>
</wp:postmeta>"""


def other(type: str) -> str:
    return f"<title>x</title><wp:post_type>{type}</wp:post_type>"


def read_all(data: bytes) -> list[Record]:
    records = [checked(wxr.build(raw, Defaults("", UTC))) for raw in wxr.split(io.BytesIO(data))]
    return [record for record in records if isinstance(record, Record)]


def read(*items: str) -> Record:
    (record,) = read_all(export(*items))
    return record


def test_a_post_says_everything():
    record = read(post(7))
    assert (record.headline, record.paragraphs) == ("Bridge 7", ("It opened.",))
    assert (record.external_id, record.url) == (f"{SITE}/?p=7", f"{SITE}/7")
    assert (record.source, record.language) == ("Port Almond Courier", "en-IE")
    assert (record.byline, record.standfirst) == ("Una Carrow", "Three arches.")
    assert record.published == datetime(1997, 6, 1, 5, 30, tzinfo=UTC)
    assert record.section == "Harbour"
    assert [tag.name for tag in record.tags] == ["News", "bridge"]


def test_several_authors_of_a_plugin_are_all_named():
    guest = '<category domain="author" nicename="cap-tom">Tom Moss</category>'
    assert read(post(more=guest)).byline == "Tom Moss"


@pytest.mark.parametrize(
    ("status", "more", "ours"),
    [
        ("publish", "", "published"), ("draft", "", "draft"), ("auto-draft", "", "draft"),
        ("pending", "", "in_review"), ("future", "", "scheduled"), ("private", "", "draft"),
        ("trash", "", "withdrawn"), ("a plugin's", "", "draft"),
        ("publish", "<wp:post_password>secret</wp:post_password>", "draft"),
    ],
)  # fmt: skip
def test_status_travels_and_what_is_private_is_never_published(status, more, ours):
    assert read(post(status=status, more=more)).status == ours


def test_a_draft_has_no_date_in_greenwich():
    draft = post(status="draft").replace("1997-06-01 05:30:00", "0000-00-00 00:00:00")
    assert read(draft).published == datetime(1997, 6, 1, 6, 30, tzinfo=UTC)


def test_pictures_find_their_post_wherever_they_stand():
    thumbnail = (
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
        "<wp:meta_value>21</wp:meta_value></wp:postmeta>"
    )
    gallery = 'Text.\n\n[gallery ids="23,22"]'
    record = read(
        attachment(20, 1), post(1, gallery, thumbnail), attachment(21, 0), attachment(22, 99),
        attachment(23, 0, "talk.mp3"),
    )  # fmt: skip
    assert [(item.kind, item.caption, item.alt) for item in record.media] == [
        ("photo", "Arch 21", "Alt 21"),
        ("audio", "Arch 23", "Alt 23"),
        ("photo", "Arch 22", "Alt 22"),
        ("photo", "Arch 20", "Alt 20"),
    ]
    assert record.paragraphs == ("Text.",)


def test_what_is_no_post_is_left_out_and_counted():
    data = export(other("revision"), post(1), other("nav_menu_item"), other("revision"), post(2))
    first, second = wxr.split(io.BytesIO(data))
    assert first.notes == ("items that are no posts were left out: 2 revision, 1 nav_menu_item",)
    assert second.notes == ()


def test_a_post_cut_out_alone_is_an_export_that_says_the_same():
    (raw,) = wxr.split(io.BytesIO(export(post(1), attachment(20, 1))))
    assert detect("x", raw.text.encode()) is wxr
    (again,) = read_all(raw.text.encode())
    assert again == wxr.build(raw, Defaults("", UTC))
    assert again.byline == "Una Carrow"
    assert len(again.media) == 1


def test_an_export_comes_in_packed_and_one_broken_post_costs_only_itself(import_articles, tmp_path):
    path = tmp_path / "export.gz"
    path.write_bytes(gzip.compress(export(post(1), "<title>No <b>end</title>", post(2))))
    answer = import_articles(path)
    assert answer.tally == (2, 0, 0, 1)
    assert import_articles(path).tally == (0, 0, 2, 1)


def test_a_post_that_only_its_readers_may_see_is_not_public(import_articles, tmp_path, client):
    path = tmp_path / "export.xml"
    path.write_bytes(export(post(1, status="private")))
    assert import_articles(path).tally == (1, 0, 0, 0)
    assert "Bridge 1" not in client.get("/").content.decode()


class TestContent:
    @pytest.mark.parametrize(
        ("content", "paragraphs"),
        [
            ("One.\n\nTwo\nlines.", ("One.", "Two\nlines.")),
            ("<p>One.</p>\n\n<p>Two.</p>", ("One.", "Two.")),
            ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->"
             "<ul><li>Two</li></ul><!-- /wp:list -->", ("One.", "Two")),
            ("One.<!--more-->\n\nTwo.<!--nextpage-->", ("One.", "Two.")),
            ('[pullquote align="left"]“No,” he said.[/pullquote]', ("“No,” he said.",)),
            ("He said [sic] he [Vale] went.", ("He said [sic] he [Vale] went.",)),
            ('a [contact-form-7 id="3" title="Write"] b', ("a b",)),
            ("a [embed]https://v.example/1[/embed] b", ("a b",)),
            ("[gallery]", ()),
            ("<b>One</b>\n\n<blockquote>Two</blockquote>\n\nThree", ("One", "Two", "Three")),
        ],
    )  # fmt: skip
    def test_shortcodes_and_blocks_become_paragraphs(self, content, paragraphs):
        assert read_html(as_html(content)).paragraphs == paragraphs

    @pytest.mark.parametrize(
        "content",
        [
            '[caption id="a" width="300"]<img src="https://a.example/a.jpg" /> An arch[/caption]',
            '[caption caption="An arch"]<a href="#"><img src="https://a.example/a.jpg"></a>[/caption]',
            '[wp_caption]<img src="https://a.example/a.jpg"><em>An</em> arch[/wp_caption]',
        ],
    )
    def test_a_caption_stays_with_its_picture(self, content):
        shown = read_html(as_html(f"Before.\n\n{content}\n\nAfter."))
        assert shown.paragraphs == ("Before.", "After.")
        assert [(item.url, item.caption) for item in shown.media] == [
            ("https://a.example/a.jpg", "An arch")
        ]

    def test_a_player_is_a_recording(self):
        shown = read_html(as_html('Listen.\n\n[audio mp3="https://a.example/t.mp3"][/audio]'))
        assert [(item.kind, item.url) for item in shown.media] == [
            ("audio", "https://a.example/t.mp3")
        ]
        assert shown.paragraphs == ("Listen.",)

    def test_a_gallery_names_its_pictures(self):
        assert gallery_ids('[gallery size="large" ids="3, 5,8"] [gallery]') == ["3", "5", "8"]

    @given(st.text(alphabet="[]/abc=\"' \n<p>1"))
    def test_any_content_is_read(self, content):
        read_html(as_html(content))


def test_an_entity_bomb_expands_to_nothing():
    data = export(post(1, "x").replace("<title>Bridge 1", "<title>&b;"))
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss'
    with pytest.raises(RecordError, match="entity &b;"):
        read_all(data.replace(b"<rss", bomb, 1))

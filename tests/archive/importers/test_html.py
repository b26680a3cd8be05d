"""HTML as paragraphs and media: what a browser would show, and nothing that it would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.importers.base import MediaItem, RecordError
from archive.importers.reading.html import plain, read_element, read_html

SITE = "https://courier.port-almond.example/1997/06/bridge"


def shown(markup: str) -> tuple[str, ...]:
    return read_html(markup, SITE).paragraphs


def media(markup: str) -> tuple[MediaItem, ...]:
    return read_html(markup, SITE).media


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<p>One.</p><p>Two.</p>", ("One.", "Two.")),
        ("<p>The <b>har</b>bour\n  <i>bridge</i></p>", ("The harbour bridge",)),
        ("Bare text &amp; an entity &ldquo;so&rdquo;", ("Bare text & an entity “so”",)),
        ("No markup at all.\n\nTwo parts.", ("No markup at all.", "Two parts.")),
        ("One<br>line<br/><br/>Another", ("One\nline", "Another")),
        ("<ul><li>Seals</li><li><p>Gulls</p></li></ul>", ("Seals", "Gulls")),
        ("<blockquote><p>“No.”</p></blockquote><p>He left.</p>", ("“No.”", "He left.")),
        ("Before<div>inside</div>after", ("Before", "inside", "after")),
        ("<table><tr><th>Tide</th><td>4 m</td></tr><tr><td>Wind</td><td></td></tr></table>",
         ("Tide | 4 m", "Wind")),
        ("<pre>  tide   4\n  wind  20</pre>", ("  tide   4\n  wind  20",)),
        ("<p>Kept<!-- not --> whole<?php echo 1 ?></p>", ("Kept whole",)),
        ("<p>a</p><script>alert(1)</script><style>p{}</style><p>b</p>", ("a", "b")),
        ("<p>a<noscript>twice</noscript> b</p><form><input value=x>Send</form>", ("a b",)),
        ("<p>a\x00b\ud800</p>", ("ab\ufffd",)),
        ("<pre>a<br>b\x00\r\nc</pre>", ("a\nb\nc",)),
        ("", ()),
        ("<p> </p><div></div>", ()),
    ],
)  # fmt: skip
def test_blocks_are_paragraphs_and_what_is_not_shown_is_not_there(markup, paragraphs):
    assert shown(markup) == paragraphs


def test_a_figure_is_a_photo_with_its_caption_and_credit_and_no_part_of_the_text():
    markup = (
        '<p>Text.</p><figure><img src="/a.jpg" alt="An arch"><figcaption>The third arch.'
        ' <span class="photo-credit">Photo: T. Moss</span></figcaption></figure>'
    )
    assert shown(markup) == ("Text.",)
    assert media(markup) == (
        MediaItem(
            caption="The third arch.",
            credit="T. Moss",
            alt="An arch",
            url="https://courier.port-almond.example/a.jpg",
        ),
    )


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("An arch (Photo by T. Moss)", ("An arch", "T. Moss")),
        ("An arch. Photograph: T. Moss/Courier", ("An arch.", "T. Moss/Courier")),
        ("An arch © T. Moss", ("An arch", "T. Moss")),
        ("Photo: T. Moss", ("", "T. Moss")),
        ("A photo of the harbour by night", ("A photo of the harbour by night", "")),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_told_from_it(caption, expected):
    (item,) = media(f'<figure><img src="a.jpg"><figcaption>{caption}</figcaption></figure>')
    assert (item.caption, item.credit) == expected


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', "/a.jpg"),
        ('<img srcset="/s.jpg 300w, /l.jpg 1200w, /m.jpg 600w">', "/l.jpg"),
        ('<img src="/pixel.gif" width="1" height="1">', None),
        ('<img src="http://[">', None),
        ('<img alt="nothing">', None),
        ('<picture><source srcset="/a.webp"><img src="/a.jpg"></picture>', "/a.jpg"),
    ],
)
def test_the_address_of_an_image_is_where_its_file_is(image, address):
    found = [item.url for item in media(image)]
    assert found == ([f"https://courier.port-almond.example{address}"] if address else [])


def test_a_recording_is_audio_and_photos_of_a_gallery_keep_their_own_captions():
    (audio,) = media('<audio controls><source src="/talk.mp3">Your browser is old.</audio>')
    assert (audio.kind, audio.url[-9:]) == ("audio", "/talk.mp3")
    gallery = "".join(
        f'<figure><img src="/{n}.jpg"><figcaption>No. {n}</figcaption></figure>' for n in (1, 2)
    )
    captions = [item.caption for item in media(f"<figure>{gallery}</figure>")]
    assert captions == ["No. 1", "No. 2"]


def test_a_figure_without_an_image_is_text():
    assert shown("<figure><blockquote>“No.”</blockquote></figure>") == ("“No.”",)


def test_a_caption_as_wordpress_wrote_it_is_one():
    (item,) = media(
        '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">An arch</p></div>'
    )
    assert item.caption == "An arch"


def test_xhtml_in_a_namespace_is_read_alike():
    root = etree.fromstring(
        '<body xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em><!-- x --> three.</p>'
        '<p>Four<br/>five</p><img src="https://a.example/a.jpg"/></body>'
    )
    content = read_element(root)
    assert content.paragraphs == ("One two three.", "Four\nfive")
    assert [item.url for item in content.media] == ["https://a.example/a.jpg"]


def test_what_is_left_out_is_left_out_with_all_that_is_in_it_and_not_with_what_follows():
    root = etree.fromstring("<div><p>a</p><div><p>b</p></div>tail</div>")
    assert read_element(root, left_out=[root[1]]).paragraphs == ("a", "tail")


def test_a_headline_is_one_line_without_tags():
    assert plain("<i>Bridge</i> opens<br>at&nbsp;last &#8211; &amp; stays") == (
        "Bridge opens at last – & stays"
    )
    assert plain("  a\n b ") == "a b"


@pytest.mark.parametrize("depth", [300, 1_500])
def test_elements_are_read_however_deep_they_stand(depth):
    assert shown("<div>" * depth + "deep" + "</div>" * depth) == ("deep",)


def test_what_is_nested_to_break_its_reader_is_refused():
    with pytest.raises(RecordError, match="more than 2,048 elements deep"):
        shown("<div>" * 10_000 + "deep" + "</div>" * 10_000)


PIECES = ["<p>", "</p>", "<br>", "<td>", "<pre>", "&", "&#0;", "a", " b", "<!--", "]]>", "<img>"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_read_and_no_paragraph_is_empty(markup):
    assert all(paragraph.strip() for paragraph in read_html(markup).paragraphs)

"""Saved web pages: what they say for machines, what they showed to readers, what is neither."""

import contextlib
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importers import html_page
from archive.importers.base import Defaults, Record, RecordError
from archive.importers.formats import detect
from archive.importers.reading.checks import checked
from archive.models import Article
from tests.archive.importers.test_files_and_packing import zip_of

TEXT = (
    "The harbour bridge of Port Almond was opened on Saturday by Margaret Vale, who had to wait.",
    "“We shall build no second bridge while I can vote,” Mrs Vale told the chamber of commerce.",
    "Nobody fell in, though the harbour master had posted two boats below the third arch.",
)
ARTICLE = "".join(f"<p>{text}</p>" for text in TEXT)
PATH = "/1997/06/bridge"
URL = f"https://courier.port-almond.example{PATH}"
KEYS = ["@type", "@id", "@graph", "name", "url", "headline", "author", "image", "datePublished"]
JSON = st.recursive(
    st.none() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner),
)


def page(head: str = "", body: str = f"<article><h1>Bridge opens</h1>{ARTICLE}</article>") -> str:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def json_ld(**said: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def read(markup: str | bytes, source: str = "") -> Record:
    data = markup if isinstance(markup, bytes) else markup.encode()
    (raw,) = html_page.split(io.BytesIO(data))
    record = checked(html_page.build(raw, Defaults(source, UTC)))
    assert isinstance(record, Record)
    return record


class TestWhatAPageSaysForMachines:
    def test_json_ld_tells_everything(self):
        record = read(
            page(
                json_ld(
                    headline="Bridge opens &amp; stays",
                    datePublished="1997-06-01T06:30:00+01:00",
                    dateModified="1997-06-02T06:30:00+01:00",
                    author=[{"@type": "Person", "name": "Una Carrow"}, {"name": "Tom Moss"}],
                    publisher={"name": "Port Almond Courier"},
                    articleSection=["Harbour", "News"],
                    keywords="bridge, harbour",
                    inLanguage="en-GB",
                    url=URL,
                    description="Three arches, eight years.",
                    image={
                        "url": "/arch.jpg",
                        "caption": "The third arch",
                        "creditText": "T. Moss",
                    },
                    about=[{"@type": "Person", "name": "Margaret Vale"}, {"name": "bridges"}],
                    dateline="PORT ALMOND",
                    correction={"@type": "CorrectionComment", "text": "There are three arches."},
                    copyrightNotice="© Port Almond Courier",
                ),
                f"<h1>Bridge opens & stays</h1>{ARTICLE}",
            ).replace("lang='en'", "")
        )
        assert record.headline == "Bridge opens & stays"
        assert record.published == datetime(1997, 6, 1, 5, 30, tzinfo=UTC)
        assert record.modified == datetime(1997, 6, 2, 5, 30, tzinfo=UTC)
        assert record.byline == "Una Carrow, Tom Moss"
        assert (record.source, record.section) == ("Port Almond Courier", "Harbour")
        assert [tag.name for tag in record.tags] == ["bridge", "harbour"]
        assert (record.language, record.url, record.place) == ("en-GB", URL, "PORT ALMOND")
        assert record.standfirst == "Three arches, eight years."
        (photo,) = record.media
        assert photo.url == "https://courier.port-almond.example/arch.jpg"
        assert (photo.caption, photo.credit) == ("The third arch", "T. Moss")
        assert record.people == ("Margaret Vale",)
        assert record.corrections[0].text == "There are three arches."
        assert record.rights == "© Port Almond Courier"
        assert record.paragraphs == TEXT

    @pytest.mark.parametrize(
        "script",
        [
            '[{"@type": "WebSite"}, {"@type": "NewsArticle", "author": "Una C."}]',
            '{"@graph": [{"@type": ["Article", "NewsArticle"], "author": {"@id": "#una"}},'
            ' {"@id": "#una", "@type": "Person", "name": "Una C."}]}',
            '{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "author": ["Una C."]}}',
            '{"@type": "http://schema.org/NewsArticle", "author": {"name": "By Una C."}}',
            '<!-- {"@type": "NewsArticle", "author": "Una C.",} -->',
            '//<![CDATA[\n{"@type": "NewsArticle", "author": "Una C."}\n//]]>',
            '{"@type": "NewsArticle", "description": "Two\nlines", "author": "Una C."};',
            "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;author&quot;: &quot;Una C.&quot;}",
        ],
    )
    def test_json_ld_is_understood_however_it_is_wrapped_or_bent(self, script):
        assert (
            read(page(f'<script type="application/ld+json">{script}</script>')).byline == "Una C."
        )

    @pytest.mark.parametrize(
        "script", ["", "{", "[[[[", '"text"', "[" * 100_000, '{"a": "' + "\n" * 200_000 + "x"]
    )
    def test_json_ld_that_is_none_does_no_harm(self, script):
        record = read(page(f'<script type="application/ld+json">{script}</script>'))
        assert record.headline == "Bridge opens"

    def test_of_several_articles_the_one_at_the_pages_address_is_meant(self):
        other = json_ld(headline="Seals counted", author="Tom Moss", url=f"{URL}-not")
        this = json_ld(headline="Bridge opens", author="Una Carrow", mainEntityOfPage=URL)
        canonical = f'<link rel="canonical" href="{URL}">'
        assert read(page(canonical + other + this)).byline == "Una Carrow"

    def test_microdata_tells_what_json_ld_does_not(self):
        record = read(
            page(
                body='<div itemscope itemtype="https://schema.org/NewsArticle">'
                '<h1 itemprop="headline">Bridge opens</h1>'
                '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
                '<b itemprop="name">Una Carrow</b></span>'
                '<time itemprop="datePublished" datetime="1997-06-01T06:30Z">yesterday</time>'
                f'<meta itemprop="articleSection" content="Harbour">'
                f'<div itemprop="articleBody">{ARTICLE}</div></div>'
            )
        )
        assert (record.byline, record.section) == ("Una Carrow", "Harbour")
        assert record.published == datetime(1997, 6, 1, 6, 30, tzinfo=UTC)
        assert record.paragraphs == TEXT

    def test_meta_elements_tell_what_neither_does(self):
        record = read(
            page(
                '<meta property="og:title" content="Bridge opens | Port Almond Courier">'
                '<meta property="og:site_name" content="Port Almond Courier">'
                f'<meta property="og:url" content="{URL}?from=rss#top">'
                '<meta property="article:published_time" content="1997-06-01T06:30:00+01:00">'
                '<meta property="article:tag" content="bridge">'
                '<meta property="article:tag" content="harbour">'
                '<meta name="author" content="Una Carrow">'
                '<meta property="og:image" content="https://a.example/arch.jpg">',
                f"<div>{ARTICLE}</div>",
            )
        )
        assert (record.headline, record.source) == ("Bridge opens", "Port Almond Courier")
        assert (record.url, record.byline) == (f"{URL}?from=rss", "Una Carrow")
        assert [tag.name for tag in record.tags] == ["bridge", "harbour"]
        assert record.media[0].url == "https://a.example/arch.jpg"

    def test_an_instant_that_two_claims_agree_on_is_believed_before_one_that_stands_alone(self):
        record = read(
            page(
                json_ld(datePublished="1997-06-01T17:10:00-07:00")
                + '<meta property="article:published_time" content="1997-06-01T17:10:00+00:00">'
                '<meta name="dc.date.issued" content="1997-06-01T10:10:00-07:00">'
            )
        )
        assert record.published == datetime(1997, 6, 1, 17, 10, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("head", "url"),
        [
            ('<link rel="canonical" href="https://a.example/">', ""),
            (f'<link rel="canonical" href="{PATH}"><meta property="og:url" content="{URL}">', URL),
            (f"<!-- saved from url=({len(URL):04d}){URL} -->", URL),
            ('<link rel="canonical" href="http://[">', ""),
            ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ],
    )  # fmt: skip
    def test_the_address_of_an_article_is_never_that_of_its_whole_site(self, head, url):
        assert read(page(head)).url == url


class TestWhatReadersSaw:
    @pytest.mark.parametrize(
        ("titles", "shown", "headline"),
        [
            ("Bridge opens: what the mayor said - Courier", "Mayor opens the bridge at last",
             "Mayor opens the bridge at last"),
            ("Bridge opens at last", "Harbour | Bridge opens at last", "Bridge opens at last"),
            ("Bridge opens at last | Courier", "Courier", "Bridge opens at last"),
            ("Courier: Bridge opens at last", "Courier", "Bridge opens at last"),
            ("Bridge opens at last", "", "Bridge opens at last"),
        ],
    )  # fmt: skip
    def test_the_headline_is_the_one_above_the_article(self, titles, shown, headline):
        head = f'<title>{titles}</title><meta property="og:site_name" content="The Courier">'
        assert read(page(head, f"<h1>{shown}</h1>{ARTICLE}")).headline == headline

    @pytest.mark.parametrize(
        "furniture",
        [
            "<nav><p>{}</p></nav>",
            "<aside>{}</aside>",
            '<div class="newsletter-signup"><p>{}</p></div>',
            '<div id="relatedStories"><p>{}</p></div>',
            '<section class="Comments_list"><p>{}</p></section>',
            '<div role="complementary"><p>{}</p></div>',
            '<div aria-hidden="true"><p>{}</p></div>',
            "<script>{}</script><style>{}</style><noscript><p>{}</p></noscript>",
            "<p><a href='/x'>{}</a></p>",
        ],
    )
    def test_what_is_called_furniture_is_no_part_of_the_text(self, furniture):
        other = "Every morning the news of the harbour in your post, for nothing but your address."
        inside = f"<p>{TEXT[0]}</p>{furniture.replace('{}', other)}<p>{TEXT[1]}</p><p>{TEXT[2]}</p>"
        assert read(page(body=f"<h1>Bridge opens</h1><div>{inside}</div>")).paragraphs == TEXT

    @pytest.mark.parametrize(
        "line",
        [
            "Advertisement",
            "Sign up to our newsletter here",
            "Follow us on Facebook and Twitter",
            "(Photo: T. Moss/Courier)",
            "© 1997 Port Almond Courier. All rights reserved.",
            "By Una Carrow",
            "Last updated on 20 Feb, 2020. 3 min read",
            "Posted on February 20, 2020 by Una Carrow",
            "Photo source: T. Moss",
            "1/5",
            "1 June 1997",
            "Bridge opens",
        ],
    )
    def test_lines_that_only_the_page_needs_are_no_part_of_the_text(self, line):
        paragraphs = read(page(body=f"<h1>Bridge opens</h1>{ARTICLE}<p>{line}</p>")).paragraphs
        assert paragraphs == TEXT

    def test_what_is_told_of_the_author_below_the_article_is_no_part_of_it(self):
        box = "<p>Una Carrow</p><p>Una Carrow has written about the harbour since 1989.</p>"
        head = '<meta name="author" content="Una Carrow">'
        assert read(page(head, f"<h1>Bridge opens</h1>{ARTICLE}{box}")).paragraphs == TEXT

    def test_a_sentence_about_newsletters_is_news(self):
        line = "The mayor asked the harbour's readers to sign up for a newsletter, and three did."
        assert (
            read(page(body=f"<h1>Bridge opens</h1>{ARTICLE}<p>{line}</p>")).paragraphs[-1] == line
        )

    def test_more_comments_than_article_leave_the_article(self):
        comment = "<p>I have never seen a bridge so badly in need of a second one, says I.</p>"
        markup = page(body=f"<h1>Bridge opens</h1><div>{ARTICLE}</div>"
                      f'<div class="comments">{comment * 30}</div>')  # fmt: skip
        assert read(markup).paragraphs == TEXT

    def test_a_slide_show_whose_text_is_captions_keeps_them(self):
        slides = "".join(f'<div class="caption"><p>{text}</p></div>' for text in TEXT)
        assert read(page(body=f"<h1>Bridge opens</h1><div>{slides}</div>")).paragraphs == TEXT

    def test_read_also_becomes_a_related_article(self):
        record = read(page(body=f"<h1>Bridge opens</h1>{ARTICLE}<p>Read also: Seals, counted</p>"))
        assert [pointer.title for pointer in record.related] == ["Seals, counted"]
        assert record.paragraphs == TEXT

    def test_the_date_and_the_author_that_stand_at_the_headline_are_taken(self):
        record = read(
            page(
                body="<ul><li><p>Seals</p><p>3 March 2009</p></li></ul>" + "<p>Menu</p>" * 9
                + "<h1>Bridge opens</h1><p class='byline'>By Una Carrow</p>"
                f"<p>Published 1 June 1997</p>{ARTICLE}"
            )
        )  # fmt: skip
        assert record.published == datetime(1997, 6, 1, tzinfo=UTC)
        assert record.byline == "Una Carrow"

    def test_a_guessed_date_is_said_to_be_one(self):
        head = '<link rel="canonical" href="https://a.example/1997/06/01/bridge">'
        record = read(page(head))
        assert record.published == datetime(1997, 6, 1, tzinfo=UTC)
        assert "guessed" in record.notes[0]

    def test_a_photo_in_the_text_comes_with_its_caption_and_credit(self):
        figure = (
            '<figure><img src="/arch.jpg" alt="An arch">'
            "<figcaption>The third arch. Photo: T. Moss</figcaption></figure>"
        )
        head = f'<link rel="canonical" href="{URL}">'
        record = read(page(head, f"<h1>Bridge opens</h1><div>{figure}{ARTICLE}</div>"))
        (photo,) = record.media
        assert (photo.caption, photo.credit, photo.alt) == ("The third arch.", "T. Moss", "An arch")
        assert record.paragraphs == TEXT

    def test_the_text_is_taken_from_json_ld_where_the_page_shows_next_to_none(self):
        said = json_ld(headline="Bridge opens", articleBody="\n\n".join(TEXT))
        assert read(page(said, "<h1>Bridge opens</h1><div id='app'></div>")).paragraphs == TEXT

    def test_html_in_json_ld_that_was_escaped_twice_is_html(self):
        said = json_ld(articleBody="".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in TEXT))
        assert read(page(said, "<h1>Bridge opens</h1><div></div>")).paragraphs == TEXT

    def test_a_description_that_only_repeats_the_beginning_is_no_standfirst(self):
        assert read(page(f'<meta name="description" content="{TEXT[0][:60]}…">')).standfirst == ""


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "declared"),
        [
            ("utf-8", ""), ("utf-8", "iso-8859-1"), ("utf-8-sig", ""), ("utf-16", ""),
            ("cp1252", "iso-8859-1"), ("cp1252", ""), ("koi8-r", "koi8-r"),
            ("cp1251", "windows-1251"), ("gbk", "gb2312"), ("cp1252", "unicode_escape"),
        ],
    )  # fmt: skip
    def test_a_page_is_read_in_its_encoding(self, encoding, declared):
        letters = {"koi8-r": "Мост", "cp1251": "Мост", "gbk": "大桥"}.get(
            encoding, "Bridgé “opens”"
        )
        meta = f'<meta charset="{declared}">' if declared else ""
        text = page(meta, f"<h1>{letters}</h1>{'<p>A bridge of three arches opened.</p>' * 9}")
        assert read(text.encode(encoding)).headline == letters

    def test_two_encodings_in_one_page_are_both_read_and_that_is_said(self):
        markup = page().replace("Bridge opens", "Zoë opens café").encode()
        mixed = markup.replace("café".encode(), "café".encode("cp1252"))
        (raw,) = html_page.split(io.BytesIO(mixed))
        assert "Zoë opens café" in raw.text
        assert "Windows-1252" in raw.notes[0]


class TestHostilePages:
    def test_a_page_that_is_too_long_is_refused_with_the_reason(self):
        with pytest.raises(RecordError, match="longer than 10,485,760"):
            read("<html>" + "x" * 11_000_000)

    @pytest.mark.parametrize(
        ("markup", "reason"),
        [
            ("<html><frameset><frame src='a'></frameset></html>", "shows nothing"),
            ("<!doctype html><html><body></body></html>", "no article on the page"),
            (page(body="<ul><li><a href='/a'>Home</a></li></ul>"), "no article on the page"),
            ("<html>" + "<div>" * 9_000, "more than 2,048 elements deep"),
        ],
    )
    def test_a_page_without_an_article_is_refused_with_the_reason(self, markup, reason):
        with pytest.raises(RecordError, match=reason):
            read(markup)

    def test_neither_entities_nor_files_nor_scripts_are_followed(self):
        bomb = (
            '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">'
            '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
        )
        markup = page(
            body=f"<h1>Bridge opens</h1>{ARTICLE}<p>&b; &c; <script>1</script>end here</p>"
        )
        last = read(markup.replace("<!DOCTYPE html>", bomb)).paragraphs[-1]
        assert "boomboom" not in last
        assert "root:" not in last

    @given(st.binary(max_size=300))
    def test_any_bytes_are_a_page_or_refused(self, data):
        with contextlib.suppress(RecordError):
            read(b"<html><body>" + data)

    @given(JSON)
    def test_any_json_is_heard_without_harm(self, said):
        node = {
            "@type": "NewsArticle",
            "author": said,
            "image": said,
            "keywords": said,
            "@graph": said,
        }
        assert read(page(json_ld(**node))).paragraphs == TEXT


@pytest.mark.parametrize(
    ("head", "is_page"),
    [
        ("<!DOCTYPE html><html>", True),
        ("\ufeff\n <!-- saved --> <!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", True),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">', True),
        ("<HTML><HEAD>", True),
        ("<head><title>", True),
        ('<?xml version="1.0"?><rss version="2.0">', False),
        ("<!DOCTYPE lewis SYSTEM 'lewis.dtd'>", False),
        ('{"headline": "<html>"}', False),
        ("headline,body\n<html>", False),
    ],
)
def test_a_page_is_told_from_its_beginning_whatever_it_is_called(head, is_page):
    assert (detect("saved", head.encode()) is html_page) is is_page


def test_a_zip_of_pages_comes_in_page_by_page(import_articles, tmp_path):
    pages = {
        f"saved/{number}.html": page(
            f'<link rel="canonical" href="{URL}-{number}">',
            f"<h1>Bridge {number} opens today</h1>{ARTICLE}",
        ).encode()
        for number in (1, 2)
    }
    path = tmp_path / "pages.zip"
    path.write_bytes(zip_of({**pages, "saved/3.html": b"<html><body></body></html>"}))
    answer = import_articles(path)
    assert answer.tally == (2, 0, 0, 1)
    assert "no article on the page" in answer.rejects[0]["reason"]
    assert import_articles(path).tally == (0, 0, 2, 1)
    article = Article.objects.get(url=f"{URL}-1")
    assert article.body == "\n\n".join(TEXT)


@pytest.mark.shared_data
def test_most_real_pages_are_read_as_people_read_them(shared):
    from benchmarks import pages

    judged = list(pages.verdicts())
    for what, least in {"headline": 45, "date": 45, "body": 45, "byline": 40}.items():
        right = sum(what not in one.wrong for one in judged)
        assert right >= least, [one for one in judged if what in one.wrong]


def test_a_month_is_taken_where_the_page_shows_no_day():
    month = "<meta name='citation_publication_date' content='1997/06'>"
    record = read(page(month, f"<h1>Bridge opens &amp; stays</h1>{ARTICLE}"))
    assert (record.published, record.precision) == (datetime(1997, 6, 1, tzinfo=UTC), "month")
    shown = f"<h1>Bridge opens &amp; stays</h1><p>2 June 1997</p>{ARTICLE}"
    assert read(page(month, shown)).published == datetime(1997, 6, 2, tzinfo=UTC)

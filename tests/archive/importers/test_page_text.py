"""Pages that were scraped as text: the seed, and others of its kind, which are invented."""

import io
from datetime import UTC, datetime
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from archive.importers import page_text
from archive.importers.base import Defaults, Raw, Record, RecordError

DUBLIN = ZoneInfo("Europe/Dublin")
FIRST = "The harbour bridge opens to traffic on Saturday, eleven years after it was promised to us."
SECOND = "“I have stopped counting the postponements,” said the mayor, Ann Vale, on Thursday."
THIRD = "Nobody was hurt when a crane fell into the river during the last week of the work."


def read(text: str, zone=UTC, source: str = "") -> Record:
    return page_text.build(Raw(1, dedent(text)), Defaults(source, zone))


def at(*parts: int, zone=UTC) -> datetime:
    return datetime(*parts, tzinfo=zone)


@pytest.mark.shared_data
class TestTheSeed:
    @pytest.fixture
    def seed(self, shared) -> tuple[str, Record]:
        path = shared / "seed" / "000_160821c9ba5a2ac5.txt"
        (raw,) = page_text.split(io.BytesIO(path.read_bytes()))
        return raw.text, page_text.build(raw, Defaults("", ZoneInfo("Europe/Moscow")))

    def test_its_headline_and_its_minute_in_the_zone(self, seed):
        _, page = seed
        assert page.headline == "“NATO will never attack Russia” – Rasmussen"
        assert page.published == at(2009, 12, 17, 12, 2, zone=ZoneInfo("Europe/Moscow"))

    def test_its_body_is_every_paragraph_from_the_first_to_the_last_quotation_mark(self, seed):
        text, page = seed
        body = text[text.index("NATO Secretary General Anders") : text.index("Read also")]
        assert list(page.paragraphs) == body.strip().split("\n\n")
        assert page.paragraphs[-1].endswith("European security.”")

    def test_it_points_to_one_article_and_has_two_recordings(self, seed):
        _, page = seed
        (related,) = page.related
        title = "NATO Chief Arrives in Moscow To Have Russia Involved in Afghan War"
        assert related.title == title
        assert [(item.kind, item.duration) for item in page.media] == [
            ("audio", 26 * 60 + 13),
            ("audio", 24 * 60 + 57),
        ]

    def test_it_is_recognised_by_its_content(self, shared):
        head = (shared / "seed" / "000_160821c9ba5a2ac5.txt").read_bytes()
        assert page_text.sniff(head)


def test_a_date_above_the_headline():
    page = read(f"""
        17 Dec, 2009 12:02

        Bridge opens at last

        {FIRST}

        {SECOND}
        """)
    assert (page.headline, page.published) == ("Bridge opens at last", at(2009, 12, 17, 12, 2))
    assert page.paragraphs == (FIRST, SECOND)


def test_a_date_under_headline_standfirst_and_byline():
    page = read(f"""
        Harbour
        Bridge opens at last after eleven years
        Three arches join the town and Sallowside, and the ferry stops
        By Una Carrow
        Thu 17 Dec 2009 12.02 GMT

        {FIRST}

        {SECOND}
        """)
    assert page.headline == "Bridge opens at last after eleven years"
    assert page.standfirst.startswith("Three arches")
    assert (page.byline, page.published) == ("Una Carrow", at(2009, 12, 17, 12, 2))
    assert page.paragraphs == (FIRST, SECOND)


def test_byline_and_date_on_one_line():
    page = read(f"""
        Bridge opens at last after eleven years
        By Una Carrow, 17 December 2009
        {FIRST}
        {SECOND}
        """)
    assert (page.byline, page.published) == ("Una Carrow", at(2009, 12, 17))
    assert page.paragraphs == (FIRST, SECOND)


def test_published_and_updated_on_one_line_with_bars_between():
    page = read(f"""
        Bridge opens at last after eleven years

        Una Carrow | Published: 17/12/2009 12:02 pm | Updated: 18/12/2009 9:00 am

        {FIRST}
        """)
    assert page.published == at(2009, 12, 17, 12, 2)
    assert page.modified == at(2009, 12, 18, 9, 0)
    assert page.paragraphs == (FIRST,)


def test_a_machine_date_with_its_own_zone():
    page = read(f"2009-12-17T12:02:00Z\nBridge opens at last today\n\n{FIRST}", zone=DUBLIN)
    assert page.published == at(2009, 12, 17, 12, 2)


def test_a_day_and_a_time_on_two_lines():
    page = read(f"Bridge opens at last\nDecember 17, 2009\n12:02\n\n{FIRST}\n\n{SECOND}")
    assert page.published == at(2009, 12, 17, 12, 2)
    assert not page.media


def test_icon_names_of_another_site_with_its_menus():
    page = read(f"""
        menu search close expand_more arrow_back share facebook twitter
        Skip to content
        Home News Sport Weather Podcasts
        Home > News > Harbour
        Sign in
        Bridge opens at last after eleven years
        Share
        17 décembre 2009
        {FIRST}
        {SECOND}
        © 2009 Port Almond Courier. All rights reserved.
        """)
    assert page.headline == "Bridge opens at last after eleven years"
    assert page.paragraphs == (FIRST, SECOND)
    assert page.published == at(2009, 12, 17)


def test_font_awesome_names_and_a_date_glued_to_icons():
    page = read(f"""
        fa-facebook fa-twitter icon-search icon-menu icon-close icon-user 17 Dec 2009 12:02
        Bridge opens at last
        {FIRST}
        """)
    assert (page.headline, page.published) == ("Bridge opens at last", at(2009, 12, 17, 12, 2))


def test_the_title_of_the_window_does_not_win_over_the_headline():
    page = read(f"""
        Bridge opens at last after eleven years | Port Almond Courier
        Home News Sport
        Bridge opens at last after eleven years
        17 Dec 2009

        {FIRST}

        {SECOND}
        """)
    assert page.headline == "Bridge opens at last after eleven years"
    assert page.paragraphs == (FIRST, SECOND)


def test_pointers_within_and_below_the_article_are_not_its_text():
    page = read(f"""
        Bridge opens at last after eleven years
        17 Dec 2009
        {FIRST}
        Read more: Crane falls into the river
        {SECOND}
        See also – The ferryman's last crossing
        {THIRD}
        Related articles
        The price of three arches
        A bridge is a ferry that never says good morning
        Most read
        Seals counted
        """)
    assert page.paragraphs == (FIRST, SECOND, THIRD)
    assert [pointer.title for pointer in page.related] == [
        "Crane falls into the river",
        "The ferryman's last crossing",
        "The price of three arches",
        "A bridge is a ferry that never says good morning",
    ]


def test_what_readers_wrote_below_is_not_the_article():
    page = read(f"""
        Bridge opens at last after eleven years
        17 Dec 2009
        {FIRST}
        {SECOND}
        3 comments
        Harbour Harry
        18 Dec 2009 08:15
        It will fall into the river within a year, and everybody in the town hall knows it.
        """)
    assert page.paragraphs == (FIRST, SECOND)
    assert page.published == at(2009, 12, 17)


def test_buttons_advertisements_and_cookies_are_not_the_article():
    page = read(f"""
        We use cookies to improve your experience on our site. By continuing you accept them all.
        Accept all
        Bridge opens at last after eleven years
        17 Dec 2009
        Share on Facebook
        Tweet
        Advertisement
        {FIRST}
        Advertisement
        {SECOND}
        Sign up for our newsletter and never miss a bridge.
        Tags: bridge, harbour; council
        Print
        """)
    assert page.headline == "Bridge opens at last after eleven years"
    assert page.paragraphs == (FIRST, SECOND)
    assert [tag.name for tag in page.tags] == ["bridge", "harbour", "council"]


def test_an_article_may_begin_with_a_short_sentence():
    page = read(f"17 Dec 2009\n\nBridge opens at last\n\nIt stands.\n\n{FIRST}\n\n{SECOND}")
    assert page.paragraphs == ("It stands.", FIRST, SECOND)


def test_wrapped_lines_are_one_paragraph():
    page = read("""
        Bridge opens at last
        17 Dec 2009

        The harbour bridge will open to traffic on Saturday morning, eleven
        years after it was first promised to the town, and four years after
        the first of its three arches was floated up the river.

        Nobody was hurt when a crane fell into the river during the last
        week of the work.
        """)
    assert len(page.paragraphs) == 2
    assert page.paragraphs[0].startswith("The harbour bridge will open to traffic on Saturday")
    assert "eleven years after" in page.paragraphs[0]


def test_players_with_titles_and_hours():
    page = read(f"""
        Bridge opens at last after eleven years
        17 Dec 2009
        {FIRST}
        Podcasts
        The bridge and its enemies
        0:00 / 1:02:03
        An evening on the ferry
        0:00
        4:05
        """)
    assert [(item.title, item.duration) for item in page.media] == [
        ("The bridge and its enemies", 3723),
        ("An evening on the ferry", 245),
    ]
    assert page.paragraphs == (FIRST,)


def test_a_player_at_the_top_does_not_swallow_the_article():
    page = read(f"""
        Bridge opens at last after eleven years
        17 Dec 2009
        Listen
        0:00
        4:05
        {FIRST}
        {SECOND}
        """)
    assert page.paragraphs == (FIRST, SECOND)
    assert [item.duration for item in page.media] == [245]


def test_short_lines_between_paragraphs_are_kept_and_loose_words_at_the_end_are_not():
    page = read(f"""
        Bridge opens at last after eleven years
        17 Dec 2009

        {FIRST}

        What it cost

        {SECOND}

        Harbour

        Una
        """)
    assert page.paragraphs == (FIRST, "What it cost", SECOND)


def test_without_a_date_line_it_is_undated_whatever_its_text_says():
    page = read(
        f"Bridge opens at last\n\n{FIRST}\n\nIt was on 17 December 2009 that work began here."
    )
    assert page.published is None


def test_a_time_that_names_no_zone_is_in_the_zone_of_the_import():
    page = read(f"17 Jul 2009 12:02\n\nBridge opens at last\n\n{FIRST}", zone=DUBLIN)
    assert page.published == at(2009, 7, 17, 11, 2)


def test_the_dates_of_readers_and_of_the_day_of_the_scrape_do_not_win():
    page = read(f"""
        Monday, 23 November 2026
        Home News Sport
        Harbour
        Bridge opens at last after eleven years
        Published on 17 December 2009 at 12:02
        {FIRST}
        """)
    assert page.published == at(2009, 12, 17, 12, 2)


def test_a_headline_that_asks():
    page = read(f"17 Dec 2009\nWill the harbour bridge ever open to anybody at all?\n{FIRST}")
    assert page.headline == "Will the harbour bridge ever open to anybody at all?"


def test_windows_line_ends_and_hard_spaces():
    page = read(f"17\u00a0Dec,\u00a02009 12:02\r\n\r\nBridge opens at last\r\n\r\n{FIRST}\r\n")
    assert (page.headline, page.paragraphs) == ("Bridge opens at last", (FIRST,))
    assert page.published == at(2009, 12, 17, 12, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "headline"),
        ("17 Dec 2009\n", "headline"),
        (f"{FIRST}\n\n{SECOND}", "headline"),
        ("17 Dec 2009\n\nBridge opens at last", "no text"),
        (
            f"31 Feb, 2009 12:02\n\nBridge opens at last\n\n{FIRST}",
            "'31 Feb, 2009 12:02' is not a day",
        ),
    ],
)
def test_a_page_that_cannot_be_told_is_refused_with_the_reason(text, reason):
    with pytest.raises(RecordError, match=reason):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>17 Dec 2009</body></html>",
        '{"headline": "x"}',
        "Dear diary\nnothing at all\n",
        "\x89PNG\r\n",
    ],
)
def test_what_is_no_page_is_not_taken_for_one(text):
    assert not page_text.sniff(text.encode("latin-1"))

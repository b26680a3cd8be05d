"""The reader's words are marked where they stand, and nothing else becomes HTML."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import SNIPPET_LENGTH, Highlighter
from search.language.parser import parse

HOSTILE = "<script>alert('harbour')</script> & \"harbour\""


def headline(query: str, text: str) -> str:
    return str(Highlighter(parse(query).tree).headline(text))


def snippet(query: str, body: str, standfirst: str = "") -> str:
    return str(Highlighter(parse(query).tree).snippet(standfirst, body))


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("bridge", "Bridges fall", "<mark>Bridges</mark> fall"),
        ("cafe", "The Café closes", "The <mark>Café</mark> closes"),
        ("us", "A U.S. crane", "A <mark>U.S.</mark> crane"),
        ("b52", "A B-52 lands", "A <mark>B-52</mark> lands"),
        ("B-52", "A B-52 lands", "A <mark>B-52</mark> lands"),
        ("har*", "Harbour hard hit", "<mark>Harbour</mark> <mark>hard</mark> hit"),
        ('"harbour bridge"', "Bridge to harbour bridge", "Bridge to <mark>harbour bridge</mark>"),
        ('"in B-52 flight"', "Deaths in B-52 flight", "Deaths <mark>in B-52 flight</mark>"),
        ("headline:flood", "Flood", "<mark>Flood</mark>"),
        ("-flood bridge", "Flood and bridge", "Flood and <mark>bridge</mark>"),
        ("person:vale", "Vale speaks", "Vale speaks"),
        ("flood OR bridge", "Flood, bridge", "<mark>Flood</mark>, <mark>bridge</mark>"),
        ("", "Flood", "Flood"),
    ],
)
def test_a_headline_shows_what_the_query_found_in_it(query, text, shown):
    assert headline(query, text) == shown


def test_text_is_escaped_before_it_is_marked():
    shown = headline("harbour script", HOSTILE)
    assert "<script" not in shown
    assert "&lt;<mark>script</mark>&gt;" in shown
    assert shown.count("<mark>") == 4


def test_a_word_of_the_headline_field_is_not_marked_in_the_snippet():
    assert snippet("headline:flood", "The flood came.") == "The flood came."


def test_a_snippet_stands_where_most_of_the_query_is_close_together():
    body = "The bridge. " + "Nothing here. " * 50 + "The bridge met the flood. " + "Quiet. " * 50
    shown = snippet("bridge flood", body)
    assert "<mark>bridge</mark> met the <mark>flood</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_a_snippet_without_a_match_shows_how_the_text_begins():
    assert snippet("person:vale", "One. " * 200, "Standfirst.").startswith("Standfirst.")


def test_paragraphs_do_not_run_into_each_other():
    assert snippet("flood", "It came.\n\nThe flood.", "Rain.") == (
        "Rain. … It came. … The <mark>flood</mark>."
    )


def test_a_short_text_is_its_own_snippet():
    assert snippet("flood", "The flood came.") == "The <mark>flood</mark> came."


@given(st.text(max_size=400), st.text(max_size=30))
def test_a_marked_text_without_its_marks_is_the_text(text, query):
    shown = headline(query, text)
    assert html.unescape(re.sub("</?mark>", "", shown)) == html.unescape(html.escape(text))


@given(st.text(max_size=2000), st.text(max_size=30))
def test_a_snippet_is_a_stretch_of_the_text_and_never_much_too_long(text, query):
    shown = html.unescape(re.sub("</?mark>", "", snippet(query, text)))
    inside = shown.removeprefix("… ").removesuffix(" …")
    assert inside in text.replace("\n\n", " … ") or shown in text
    assert len(inside) <= SNIPPET_LENGTH + 64


def test_quotation_marks_that_are_set_are_marked_where_they_stood():
    found = Highlighter(parse("don't").tree).snippet("", 'He said "don\'t" twice.', "en")
    assert found == "He said “<mark>don’t</mark>” twice."

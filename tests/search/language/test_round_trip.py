"""`parse` and `unparse` are a pair."""

from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from search.language.limits import MAX_GAP, MAX_NEAR
from search.language.parser import Parsed, parse
from search.language.tree import (
    Dated,
    Field,
    Near,
    Node,
    Phrase,
    Prefix,
    Undated,
    Word,
    either,
    every,
    held_together,
    negation,
)
from search.language.unparse import unparse

TODAY = date(2026, 11, 23)

FIELDS = st.none() | st.sampled_from(Field)
WORDS = st.sampled_from(
    ["a", "B-52", "U.S.", "AT&T", "O’Brien", "or", "http://x", "9:1", "é", "東京", "[x]", "AND:x"]
)
DAYS = st.dates() | st.sampled_from(
    [date.min, date(2009, 1, 1), date(2009, 12, 1), date(2009, 12, 31), date.max]
)
LEAVES = (
    st.builds(Word, WORDS, FIELDS)
    | st.builds(Phrase, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), FIELDS)
    | st.builds(
        Near,
        st.lists(WORDS, min_size=2, max_size=3).map(" ".join),
        st.integers(0, MAX_GAP),
        FIELDS,
    )
    | st.builds(Prefix, st.sampled_from(["ab", "Bü", "3.5", "u2"]), FIELDS)
    | st.builds(lambda days: Dated(min(days), max(days)), st.tuples(DAYS, DAYS))
    | st.builds(Dated, DAYS, st.none())
    | st.builds(Dated, st.none(), DAYS)
    | st.just(Undated())
)
TREES = st.recursive(
    LEAVES,
    lambda trees: (
        st.lists(trees, min_size=1, max_size=4).map(every)
        | st.lists(trees, min_size=1, max_size=4).map(either)
        | trees.map(negation)
        | trees.map(held_together)
    ),
    max_leaves=12,
).map(held_together)

PIECES = st.sampled_from(
    [*' ()"“»-*:.,', "AND", "OR ", " NOT ", "a", "B-52 ", "ab*", "x:", "headline:", "person: ",
     "said:", "by:", "said:(",
     "date:", "before:", "2009", "..", "…", "17/12/2009", "none", '"~', "~5", "~0070 ",
     "é", "\u0301", "ﷺ", "ß-"]
)  # fmt: skip
TYPED = st.text() | st.lists(PIECES, max_size=60).map("".join)


@given(TREES)
@example(held_together(every([held_together(Word("a", Field.SAID)), Word("a", Field.SAID)])))
def test_a_tree_is_the_same_after_being_written_and_read(tree: Node) -> None:
    written = unparse(tree)
    assume(written.count('"~') <= MAX_NEAR)
    assert parse(written, TODAY) == Parsed(tree)


@given(TYPED)
@example('"')
@example("*-a")
@example("OR*x")
@example("-(x:a b)")
@example("“" + "a " * 200)
@example("ß-ß" * 86 + "*")
@example("((((((((((-x:(a OR b) OR c")
def test_any_text_is_understood_in_full_once_it_is_written_back(text: str) -> None:
    tree = parse(text, TODAY).tree
    assert parse(unparse(tree), TODAY) == Parsed(tree)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("(a) AND  (b)", "a b"),
        ("(a AND b) OR (c)", "a b OR c"),
        ("a AND (b OR c)", "a (b OR c)"),
        ("NOT (a OR b) NOT c", "-(a OR b) -c"),
        ("“a b” headline:(a OR pre*)", '"a b" (headline:a OR headline:pre*)'),
        ("«a  b»~007", '"a b"~7'),
        ('"a"~3', '"a"'),
        ("date:2009-12-17..17/12/2009", "date:2009-12-17"),
        ("date:2009-01..2009-12", "date:2009"),
        ("date:2009-12..2009-12-31", "date:2009-12"),
        ("date:2009..2010-03", "date:2009-01..2010-03"),
        ("before:2009 after:2009-02", "date:..2008 date:2009-03.."),
        ("date:0999", "date:0999"),
        ("date:NONE", "date:none"),
        ("(said:a) b by:c", "(said:a) b (by:c)"),
        ("(b said:a) by:c", "b (said:a) (by:c)"),
        ("said:(a b) by:c d", "said:a said:b by:c d"),
        ("said:(a OR (b by:c)) by:d", "said:(a OR b by:c) by:d"),
        ("said:((a OR b) (c OR by:d)) by:e", "said:(a OR b) said:(c OR by:d) by:e"),
        ("(said:a) OR b OR (by:c said:d)", "said:a OR by:c said:d OR b"),
        ("-said:(a OR b)", "-(said:a OR said:b)"),
        ("((by:a said:b) OR c) d", "(by:a said:b OR c) d"),
    ],
)
def test_a_query_is_written_as_short_as_it_can_be(typed: str, written: str) -> None:
    assert unparse(parse(typed, TODAY).tree) == written

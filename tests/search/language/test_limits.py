"""Caps, shown by what is read and what is left, never by time."""

import pytest

from search.language import limits, notes
from search.language.lexer import lex
from search.language.parser import parse
from search.language.tree import And, Or, Phrase, Word
from search.language.unparse import unparse

LONGEST_DATE = 'date:"17 December 2008…18 December 2009"'


@pytest.mark.parametrize(
    "piece",
    ["(", ")", '"', "-", "NOT ", "a OR ", "a ", "a", "x:", "date:", "-(", "*a", "\x00", "ﷺ"],
)
def test_endless_text_is_read_as_far_as_the_cap(piece: str) -> None:
    endless = piece * 100_000
    said: list[notes.QueryNote] = []
    assert len(list(lex(endless, said))) <= limits.MAX_TYPED
    assert notes.TooLong() in parse(endless).notes
    assert parse(endless) == parse(endless[: limits.MAX_TYPED + 1])


def test_words_are_read_as_far_as_there_is_room() -> None:
    text = " ".join(["abcdefghi"] * 30)
    answer = parse(text)
    assert answer.tree == And((Word("abcdefghi"),) * (limits.MAX_CHARACTERS // 9))
    assert answer.notes == (notes.TooLong(),)


def test_after_the_word_that_there_is_no_room_for_nothing_more_is_read() -> None:
    fits = "a" * (limits.MAX_CHARACTERS - 1)
    assert parse(f"{fits} too long for b").tree == Word(fits)


def test_a_long_phrase_is_cut_between_words() -> None:
    answer = parse('"' + "abcdefghi " * 30 + '"')
    assert answer.tree == Phrase(" ".join(["abcdefghi"] * 25))
    assert answer.notes == (notes.TooLong(),)


def test_signs_and_dates_take_no_room() -> None:
    answer = parse(f"headline:(({'a' * limits.MAX_CHARACTERS})) OR {LONGEST_DATE}")
    assert answer.notes == ()


def test_terms_are_read_as_far_as_the_cap() -> None:
    answer = parse("a OR " * limits.MAX_TERMS + "b")
    assert answer.tree == Or((Word("a"),) * limits.MAX_TERMS)
    assert answer.notes == (notes.TooManyTerms(),)
    assert parse("a OR " * (limits.MAX_TERMS - 1) + "b").notes == ()


def test_parentheses_count_as_far_as_the_cap() -> None:
    nested = "-(a " * (limits.MAX_DEPTH) + "b" + ")" * limits.MAX_DEPTH
    assert parse(nested).notes == ()
    assert unparse(parse(nested).tree) == nested


def test_words_in_parentheses_too_deep_are_searched_without_them() -> None:
    nested = "(" * limits.MAX_DEPTH + "a -(b OR c)"
    assert parse(nested).tree == parse("a -b OR c").tree
    assert notes.TooDeep() in parse(nested).notes


def test_the_longest_query_there_can_be_is_written_within_the_cap() -> None:
    leaves = f"-{LONGEST_DATE} -({LONGEST_DATE} OR {LONGEST_DATE})"
    widest = parse(" OR ".join([f"({leaves})"] * (limits.MAX_TERMS // 3)))
    assert widest.notes == ()
    assert len(unparse(widest.tree)) < 1_200 < limits.MAX_TYPED

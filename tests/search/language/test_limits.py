"""Caps, shown by what is read and what is left, never by time."""

import pytest

from search.language import limits, notes
from search.language.lexer import lex
from search.language.parser import parse
from search.language.tree import And, Or, Phrase, Word
from search.language.unparse import unparse


def longest_date(year: int = 2008) -> str:
    return f'date:"17 December {year}…18 December 2009"'


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
    words = [f"abcdefg{number}" for number in range(10, 40)]
    answer = parse(" ".join(words))
    assert answer.tree == And(tuple(map(Word, words[: limits.MAX_CHARACTERS // 9])))
    assert answer.notes == (notes.TooLong(),)


def test_after_the_word_that_there_is_no_room_for_nothing_more_is_read() -> None:
    fits = "a" * (limits.MAX_CHARACTERS - 1)
    assert parse(f"{fits} too long for b").tree == Word(fits)


def test_a_long_phrase_is_cut_between_words() -> None:
    answer = parse('"' + "abcdefghi " * 30 + '"')
    assert answer.tree == Phrase(" ".join(["abcdefghi"] * 25))
    assert answer.notes == (notes.TooLong(),)


def test_signs_and_dates_take_no_room() -> None:
    answer = parse(f"headline:(({'a' * limits.MAX_CHARACTERS})) OR {longest_date()}")
    assert answer.notes == ()


def test_terms_are_read_as_far_as_the_cap() -> None:
    words = [f"a{number}" for number in range(limits.MAX_TERMS + 1)]
    answer = parse(" OR ".join(words))
    assert answer.tree == Or(tuple(map(Word, words[:-1])))
    assert answer.notes == (notes.TooManyTerms(),)
    assert parse(" OR ".join(words[:-1])).notes == ()


def test_phrases_of_words_near_each_other_are_read_as_far_as_the_cap() -> None:
    near = [f'"a b{number}"~5' for number in range(limits.MAX_NEAR + 1)]
    answer = parse(" ".join([*near, "c"]))
    assert answer.tree == parse(" ".join([*near[:-1], "c"])).tree
    assert answer.notes == (notes.TooManyNear(),)
    assert parse(" ".join(near[:-1])).notes == ()


def test_parentheses_count_as_far_as_the_cap() -> None:
    nested = "-(a " * (limits.MAX_DEPTH) + "b" + ")" * limits.MAX_DEPTH
    assert parse(nested).notes == ()
    assert unparse(parse(nested).tree) == nested


def test_words_in_parentheses_too_deep_are_searched_without_them() -> None:
    nested = "(" * limits.MAX_DEPTH + "a -(b OR c)"
    assert parse(nested).tree == parse("a -b OR c").tree
    assert notes.TooDeep() in parse(nested).notes


def test_the_longest_query_there_can_be_is_written_within_the_cap() -> None:
    dates = map(longest_date, range(1900, 1900 + limits.MAX_TERMS // 3 * 3))
    groups = (f"(-{one} -({two} OR {three}))" for one, two, three in zip(*[dates] * 3, strict=True))
    widest = parse(" OR ".join(groups))
    assert widest.notes == ()
    assert len(unparse(widest.tree)) < 1_200 < limits.MAX_TYPED

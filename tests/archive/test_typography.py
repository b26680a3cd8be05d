"""Straight marks become real ones, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.typography import MARKS, curled

REAL = set("“”‘’„‚«»")
texts = st.text(st.sampled_from("ab 1x\"'“”’.,-–(\né"), max_size=60) | st.text(max_size=60)
languages = st.sampled_from(["en", "en-GB", "de", "ru-RU", "fr", "he", ""])


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('"Hello," she said.', "“Hello,” she said."),
        ("'Hello,' she said. \"It's 'fine'.\"", "‘Hello,’ she said. “It’s ‘fine’.”"),
        ("\"He said 'no'.\"", "“He said ‘no’.”"),
        ("O'Brien's dogs' bowls", "O’Brien’s dogs’ bowls"),
        ("'Tis the '90s: rock 'n' roll", "’Tis the ’90s: rock ’n’ roll"),
        ("the 1970's", "the 1970’s"),
        ("catch 'em young", "catch ’em young"),
        ("the dogs' bowls 'gainst the wall", "the dogs’ bowls ’gainst the wall"),
        ('("yes") well--"no"--so', "(“yes”) well--“no”--so"),
        ('"I am-" he said', "“I am-” he said"),
        ('"Boeing 747" landed', "“Boeing 747” landed"),
        ('"It goes on', "“It goes on"),
        ('"\'Tis so," he said', "“’Tis so,” he said"),
        ('line\n"two"', "line\n“two”"),
    ],
)
def test_english_is_set_as_printers_set_it(typed, set_):
    assert curled(typed) == set_


@pytest.mark.parametrize("typed", ['a 12" gun', "6'2\" tall", "5' 10\"", 'alone " here', 'צה"ל'])
def test_what_is_no_quotation_stays_straight(typed):
    assert curled(typed) == typed


def test_each_language_has_its_own():
    assert curled('"Ja," sagte er, "es ist \'gut\', geht\'s?"', "de-AT") == (
        "„Ja,“ sagte er, „es ist ‚gut‘, geht’s?“"
    )
    assert curled('"Да", сказал он', "ru") == "«Да», сказал он"


def test_a_language_whose_marks_are_not_known_keeps_what_it_has():
    assert curled('"C\'est la vie"', "fr") == '"C\'est la vie"'


@given(texts, languages)
def test_nothing_but_straight_marks_ever_changes(text, language):
    curly = curled(text, language)
    assert len(curly) == len(text)
    changed = {pair for pair in zip(text, curly, strict=True) if len(set(pair)) == 2}
    assert all(before in "\"'" and after in REAL for before, after in changed)


@given(texts, st.sampled_from(sorted(MARKS)))
def test_what_was_set_once_stays_as_it_is(text, language):
    once = curled(text, language)
    assert curled(once, language) == once


def test_a_hostile_text_takes_no_longer_than_another():
    assert len(curled("'a " * 100_000)) == 300_000

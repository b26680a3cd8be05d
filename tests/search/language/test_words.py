import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.language import words
from search.language.words import (
    MAX_TERM,
    fold,
    joined,
    query_terms,
    stem,
    tokens,
)

ANY_TEXT = st.text(st.characters())  # lone surrogates too
WORDLIKE = st.text("abcXYZ019éßʼ-'’.,&_ ‑\u0301\u00ad\ud800-東яﷺ")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("NATO will never attack", "nato will never attack"),
        ("plan B, a 4 x 4", "plan b a 4 x 4"),
        ("U.S. U.S US us", "us us us us"),
        ("in the U.S. He said", "in the us he said"),
        ("U.S.-backed", "us backed"),
        ("the U.S.’s, at 5 a.m.", "the us at 5 am"),
        ("Mr.Smith, J.R.R. Tolkien", "mr smith jrr tolkien"),
        ("B-52", "b b52 52"),
        ("co‑operation", "co cooperation operation"),
        ("mother-in-law", "mother motherinlaw in law"),
        ("1999–2003, war--peace -x-", "1999 2003 war peace x"),
        ("AT&T, R&D, A & B", "at att t r rd d a b"),
        ("Russia's Russia’s ministers' boss’s", "russia russia ministers boss"),
        ("O'Brien O’Brien's don't rock'n'roll", "obrien obrien dont rocknroll"),
        ("‘word’ 'word' “word”", "word word word"),
        ("Hawaiʻi", "hawaii"),
        ("1,200 12,345,678.90 1,2000 2009,200", "1200 12345678.90 1 2000 2009 200"),
        ("3.5 $2.1bn 52nd 1990s No.5", "3.5 2.1bn 52nd 1990s no 5"),
        ("and/or snake_case a@b.org http://x", "and or snake case a b org http x"),
        ("café CAFE\u0301 naïve", "cafe cafe naive"),
        ("Ærø Łódź Đoković Þór ısı İzmir Œuvre", "aero lodz dokovic thor isi izmir oeuvre"),
        ("Straße STRASSE ﬁne ＮＡＴＯ", "strasse strasse fine nato"),
        ("Ras\u00admussen", "rasmussen"),
        ("Ёлка Σίσυφος", "елка σισυφοσ"),
        ("كِتَابٌ كتاب", "كتاب كتاب"),
        ("東京都は が", "東京都は が"),
        ("नमस्ते दुनिया", "नमस्ते दुनिया"),
        ("", ""),
        ("- * … ʼ ʼs ـ €", ""),
    ],
)
def test_text_is_taken_apart_into_terms(text: str, terms: str) -> None:
    assert " ".join(token.term for token in tokens(text)) == terms


def test_both_sides_of_a_hyphen_have_positions_and_the_joined_term_spans_them() -> None:
    assert [tuple(token) for token in tokens("a B-52 flew")] == [
        ("a", 0, 0, 1),
        ("b", 1, 2, 3),
        ("b52", 1, 2, 6),
        ("52", 2, 4, 6),
        ("flew", 3, 7, 11),
    ]


def test_a_query_is_its_words_side_by_side() -> None:
    assert query_terms("B-52 bombers") == ("b", "52", "bombers")
    assert query_terms("U.S.") == ("us",)
    assert query_terms("…") == ()


@pytest.mark.parametrize(
    ("text", "whole"),
    [("B-52", "b52"), (" “B-52”, ", "b52"), ("B52", None), ("B-52 bomber", None), ("", None)],
)
def test_only_one_hyphenated_word_has_a_joined_term(text: str, whole: str | None) -> None:
    assert joined(text) == whole


@pytest.mark.parametrize("sign", ["x", "9", "é", "a-", "a.", "a'", "1,000,", "x\u0301", "ﷺ", "&"])
def test_a_word_without_end_is_cut(sign: str) -> None:
    found = list(tokens(sign * 100_000 + " end"))
    assert max(len(token.term) for token in found) <= MAX_TERM
    assert found[-1].term == "end"


@given(ANY_TEXT | WORDLIKE)
@example("\ud800")
@example("İ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_once_and_for_all() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        assert fold(fold(character)) == fold(character)


@given(ANY_TEXT | WORDLIKE)
def test_folding_does_not_mind_how_accents_are_encoded(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert fold(apart) == fold(unicodedata.normalize("NFC", text))


@given(ANY_TEXT | WORDLIKE)
def test_each_term_is_made_of_the_letters_it_points_at(text: str) -> None:
    for term, _, start, end in tokens(text):
        assert term
        assert letters(fold(text[start:end])).startswith(letters(term))


@given(ANY_TEXT | WORDLIKE)
def test_terms_come_in_the_order_of_the_text(text: str) -> None:
    found = list(tokens(text))
    positions = [token.position for token in found]
    assert sorted(set(positions)) == list(range(len(set(positions))))
    assert positions == sorted(positions)
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(ANY_TEXT | WORDLIKE)
def test_queries_and_text_are_analysed_alike(text: str) -> None:
    first_at = {token.position: token.term for token in reversed(list(tokens(text)))}
    assert query_terms(text) == tuple(first_at[position] for position in sorted(first_at))
    assert joined(text) in (None, *(token.term for token in tokens(text)))


def test_stems_are_snowballs_and_only_for_plain_english_letters() -> None:
    assert [stem(term) for term in ("flooding", "floods", "generously")] == [
        "flood",
        "flood",
        "generous",
    ]
    assert [stem(term) for term in ("b52s", "1990s", "дома", "3.5", "")] == [
        "b52s", "1990s", "дома", "3.5", "",
    ]  # fmt: skip


def test_each_thread_has_a_stemmer_of_its_own() -> None:
    # Sharing one goes wrong too rarely to be waited for.
    together = Barrier(2)

    def own_stemmer(_: int) -> object:
        together.wait(10)
        return words._own.stemmer

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(own_stemmer, range(2)))) == 2


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))

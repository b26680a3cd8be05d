"""Differences lose no letter of either text, and joining keeps what both changed or says no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import differences as module
from archive.differences import differences, joined

TOKENS = ["The", "ferry", "left", ".", ",", "at", "seven", "\n\n", "eight"]
TEXTS = st.lists(st.sampled_from(TOKENS)).map(" ".join)


def read(pieces: list[module.Piece]) -> str:
    marked = {(True, False): "[-{}-]", (False, True): "[+{}+]", (False, False): "{}"}
    return "".join(marked[piece.gone, piece.new].format(piece.text) for piece in pieces)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_are_in_the_pieces_to_the_letter(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if not piece.new) == before
    assert "".join(piece.text for piece in pieces if not piece.gone) == after


def test_words_are_marked_and_not_letters():
    found = differences("The ferry left at seven.", "The ferry leaves at eight.")
    assert read(found) == "The ferry [-left -][+leaves +]at [-seven-][+eight+]."


def test_texts_that_are_equal_have_no_difference():
    assert read(differences("At seven.", "At seven.")) == "At seven."
    assert differences("", "") == []


def test_long_stretches_are_not_compared_by_word(monkeypatch):
    monkeypatch.setattr(module, "COMPARED_BY_WORD", 7)
    found = differences("One two.\n\nThree.\n\nA b", "One.\n\nThree.\n\nA c")
    assert read(found) == "[-One two.\n\n-][+One.\n\n+]Three.\n\nA [-b-][+c+]"


@given(base=TEXTS, one=TEXTS)
def test_joining_with_one_who_changed_nothing_is_the_others_text(base, one):
    assert joined(base, one, base) == one
    assert joined(base, base, one) == one


@given(base=TEXTS, one=TEXTS, other=TEXTS)
def test_it_does_not_matter_who_was_first(base, one, other):
    assert joined(base, one, other) == joined(base, other, one)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("A ferry left at seven.", "The ferry left at eight.", "A ferry left at eight."),
        ("The ferry left.", "The old ferry left at seven.", "The old ferry left."),
        ("The boat left at seven.", "The ship left at seven.", None),
        ("The boat left at seven.", "The ferry sailed at seven.", None),
        ("The ferry left at seven. So.", "The ferry left at seven. No.", None),
    ],
)
def test_two_changes_are_joined_where_they_do_not_meet(one, other, both):
    assert joined("The ferry left at seven.", one, other) == both

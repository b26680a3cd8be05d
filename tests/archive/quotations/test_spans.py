"""What stands between quotation marks, however they were typed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.quotations.spans import quoted_spans

PIECES = ["“", "”", '"', "'", "''", "‘", "’", "„", "«", "»", "「", "」", " ", "\n", "\n\n", "said",
          "Ann Vale", "he", ",", ".", "?", "—", "don’t", "слово", "語"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quoted_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “we sail at dawn” and left.",
        'He said "we sail at dawn" and left.',
        "He said ''we sail at dawn'' and left.",
        "He said ‘we sail at dawn’ and left.",
        "He said 'we sail at dawn' and left.",
        "He said „we sail at dawn“ and left.",
        "He said „we sail at dawn” and left.",
        "He said «we sail at dawn» and left.",
        "He said « we sail at dawn » and left.",
        "He said »we sail at dawn« and left.",
        "He said 「we sail at dawn」 and left.",
        "He said “we sail at dawn“ and left.",
        "He said ”we sail at dawn” and left.",
        'He said “we sail at dawn" and left.',
    ],
)
def test_words_are_quoted_by_whatever_marks(text):
    assert quoted(text) == ["we sail at dawn"]


def test_a_quotation_inside_another_belongs_to_it():
    assert quoted("“She said ‘never’ to me,” he said.") == ["She said ‘never’ to me,"]
    assert quoted('"She said "never" to me," he said.') == ['She said "never" to me,']


def test_an_apostrophe_closes_nothing():
    assert quoted("‘We don’t know the dockers’ names,’ he said.") == [
        "We don’t know the dockers’ names,"
    ]
    assert quoted("The dockers' boats and Ann's net") == []


def test_what_is_opened_again_in_the_next_paragraph_goes_on():
    text = "“One.\n\n“Two,” she said."
    first, second = quoted_spans(text)
    assert quoted(text) == ["One.", "Two,"]
    assert (first.goes_on, second.goes_on) == (True, False)


def test_a_mark_in_the_middle_that_nothing_closes_quotes_nothing():
    assert quoted('He is 6" tall.\n\nShe said “never.\n\nThey left.') == []


def test_inches_and_minutes_are_not_quoted():
    assert quoted('A pipe of 6" and one of 8" were laid.') == []


@given(TEXTS)
def test_spans_stand_in_order_and_do_not_overlap(text):
    spans = quoted_spans(text)
    for span in spans:
        assert 0 <= span.opened <= span.start < span.end <= span.closed <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
    assert all(one.closed <= other.opened for one, other in pairwise(spans))

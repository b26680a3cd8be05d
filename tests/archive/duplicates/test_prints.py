"""How alike texts are, and that a print finds those that are."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.duplicates.prints import LONGEST, SHINGLE, SHORTEST, bands, resemblance, shingles

VOCABULARY = [f"word{number}" for number in range(2_000)]
TEXTS = st.lists(st.sampled_from("abc"), min_size=SHORTEST, max_size=60).map(" ".join)


def text_of(length: int, seed: int) -> list[str]:
    return Random(seed).choices(VOCABULARY, k=length)


def by_hand(one: str, other: str) -> float:
    first, second = (
        {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
        for words in (one.split(), other.split())
    )
    return len(first & second) / len(first | second)


@given(TEXTS, TEXTS)
def test_resemblance_is_the_share_of_the_runs_of_words_that_both_have(one, other):
    assert resemblance(shingles(one), shingles(other)) == by_hand(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Café", "cafe"), ("ZOË", "zoe"), ("don't -- stop", "don’t – stop")]
)
def test_case_accents_and_marks_make_no_difference(stories, one, other):
    ferry = stories[0]
    assert resemblance(shingles(f"{one} {ferry}"), shingles(f"{other} {ferry.upper()}")) == 1


def test_a_short_text_has_no_print():
    short = " ".join(text_of(SHORTEST - 1, 1))
    assert set(bands(shingles(short))) == {None}
    assert None not in bands(shingles(f"{short} more"))


def test_of_a_very_long_text_the_beginning_is_looked_at():
    text = "a b c d e f g h " * (LONGEST // 16)
    assert len(shingles(text * 3)) == len(shingles(text * 2)) <= LONGEST


def test_prints_stay_what_they_are_because_they_are_kept(stories):
    kept = [-713638573, 1647519100, 1514546504, 1148462819, 1298285386]
    assert bands(shingles(stories[0])) == kept


def test_nearly_all_texts_that_are_alike_agree_in_a_band_and_others_do_not():
    met = strangers = 0
    for seed in range(300):
        words = text_of(200, seed)
        changed = [*words]
        changed[20], changed[90], changed[150] = "these", "are", "new"
        one, other = shingles(" ".join(words)), shingles(" ".join(changed))
        stranger = shingles(" ".join(text_of(200, seed + 1_000)))
        met += any(a == b for a, b in zip(bands(one), bands(other), strict=True))
        strangers += any(a == b for a, b in zip(bands(one), bands(stranger), strict=True))
    assert met >= 295
    assert strangers == 0

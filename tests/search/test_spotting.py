"""What is found around candidates is what analysing every word finds."""

from collections import Counter, deque
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from string import ascii_lowercase

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from search.language.parser import parse
from search.language.tree import Field, words_of
from search.language.words import stem, tokens
from search.outline import start_of_words
from search.spotting import Span, Wanted

WORDS = (
    *("the", "a", "I", "in", "harbour", "Harbours", "harbored", "bridge", "bridging", "bank"),
    *(
        "banana",
        "Ananas",
        "aa",
        "aaa",
        "dying",
        "die",
        "lies",
        "happy",
        "happiness",
        "sky",
        "skies",
    ),
    *("O'Brien", "O’Brien", "obrien", "don't", "dont", "Russia's", "Russia’s", "russias", "s"),
    *("Russia's-Ukraine", "russiaukraine", "U.S.", "U.S", "us", "U.S.-led", "usled", "U.K.'s"),
    *("B-52", "b52", "52", "AT&T", "att", "twenty-one", "twentyone", "a-a-a", "one‑two", "e-mail"),
    *("1,200", "1200", "3.5", "35", "3.5m", "1,200.50", "v2.0.1", "x1,200", "12,00"),
    *("Café", "cafe", "caf", "naïve", "naive", "Straße", "strasse", "Łódź", "lodz", "ﬁnd", "find"),
    *("co\u00adoperate", "cooperate", "re\u200djoin", "İzmir", "izmir", "ⅷ", "viii", "x²", "x2"),
    *("москва", "東京都", "ᾳ", "\ud800", "under_score", "score", "x" * 80, "x" * 63 + "y-z"),
    *("abc" + "'d" * 40 + "-ing", "a." * 40, "a." * 40 + "b", "9" + ",999" * 30),
)
BETWEEN = (
    *(" ", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "-", " - ", " – ", "—", "‑", "‐", "&"),
    *("'", "’", "‘", "“", "”", '"', ".", ". ", ", ", ",", "…", "?", "(", ")", "/", "_", "•", "€"),
    *("é", "\u0301", "\u00ad", "'s", "’s ", "'s-", "'s&", "\x00", "™", "½", "\u200b", ""),
)

words = st.sampled_from(WORDS)
signs = st.sampled_from(BETWEEN)
texts = st.one_of(
    st.lists(st.tuples(words, signs), max_size=40).map(
        lambda pairs: "".join(word + sign for word, sign in pairs)
    ),
    st.text(max_size=200),
)
beginnings = words.flatmap(lambda word: st.integers(2, 9).map(lambda end: f"{word[:end]}*"))
phrases = st.lists(words, min_size=1, max_size=4).map(lambda some: f'"{" ".join(some)}"')
nearby = st.builds("{}~{}".format, phrases, st.sampled_from([0, 1, 3, 50]))
queries = st.one_of(
    st.lists(st.one_of(words, beginnings, phrases, nearby), min_size=1, max_size=4).map(" ".join),
    st.text(max_size=20),
)


def wanted_by(query: str) -> Wanted:
    return Wanted(part for part in words_of(parse(query).tree) if part.field is None)


def by_analysing_everything(wanted: Wanted, text: str) -> Iterator[Span]:
    """The same answer, by looking at every word."""
    longest = max((len(stems) for stems, _ in wanted.phrases), default=1)
    recent: deque[tuple[str, int, int]] = deque(maxlen=longest)
    words: list[tuple[str, int, int]] = []
    before = -1
    for term, position, start, end in tokens(text):
        stemmed = stem(term)
        if stemmed in wanted.words:
            yield Span(start, end, wanted.words[stemmed])
        for prefix, part in wanted.prefixes:
            if term.startswith(prefix):
                yield Span(start, end, part)
        if position == before:
            continue
        before = position
        recent.append((stemmed, start, end))
        words.append((stemmed, start, end))
        for stems, part in wanted.phrases:
            if tuple(found for found, _, _ in recent)[-len(stems) :] == stems:
                yield Span(recent[-len(stems)][1], end, part)
    for stems, reach, part in wanted.near:
        rows = [words[first : first + reach] for first in range(len(words))]
        full = [row for row in rows if stems <= Counter(stem for stem, _, _ in row)]
        found = set(chain.from_iterable(full))
        yield from (Span(start, end, part) for stem, start, end in found if stem in stems)


@given(texts, queries)
@example("a-aa ananas", "aa an*")
@example("The harbour – bridge", '"harbour bridge"')
@example("Russia's-Ukraine", "russiaukraine")
@example("abc" + "'d" * 40 + "-ing", "abcddddddddddddddddddddddddddddding")
@example("what?said", "said")
@example("The bridge – a harbour bridge – of harbours", '"harbour bridge"~0')
def test_the_same_is_found_as_by_analysing_everything(text, query):
    wanted = wanted_by(query)
    assert wanted.spans(text) == sorted(by_analysing_everything(wanted, text))


@given(st.lists(texts, max_size=3), queries)
def test_one_text_after_another_finds_in_each_what_is_there(several, query):
    wanted = wanted_by(query)
    found = [wanted.spans(text) for text in several]
    assert found == [sorted(by_analysing_everything(wanted, text)) for text in several]


@pytest.mark.parametrize(
    "text", ["a " * 30_000, "a-" * 30_000, "a" + " - " * 30_000 + "b", "東" * 50_000]
)
def test_a_strange_text_is_no_burden(text):
    wanted_by('a "a a" a* "a b" 東 "a b"~50 "a a"~50').spans(text)


def test_words_near_each_other_are_found_one_by_one_where_they_are_near() -> None:
    text = "The bridge is closed for the year. A new harbour and an old bridge. A harbour."
    spans = wanted_by('"harbour bridge"~3').spans(text)
    assert [text[span.start : span.end] for span in spans] == ["harbour", "bridge", "harbour"]
    assert spans[0].start > text.index("new")


def test_a_word_of_another_field_is_not_looked_for():
    assert not wanted_by("headline:flood").spans("The flood came.")
    assert Wanted(words_of(parse("headline:flood").tree)).spans("Flood") == [Span(0, 5, 0)]
    assert Field.HEADLINE


def short_words() -> Iterator[str]:
    """Every word of up to four letters that there could be."""
    for length in range(1, 5):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def real_words() -> Iterator[str]:
    for name in ("common_words", "first_names", "surnames", "places"):
        lines = Path(settings.BASE_DIR, "archive", "data", f"{name}.txt").read_text("utf-8")
        yield from (word for word in lines.lower().split() if word.isascii() and word.isalpha())


ENDINGS = (
    "s",
    "ed",
    "ing",
    "ying",
    "ies",
    "ational",
    "ization",
    "bility",
    "ibly",
    "ously",
    "logist",
)


def test_every_word_begins_with_what_its_stem_says():
    known = list(real_words())
    made = (word + ending for word in known[::7] for ending in ENDINGS)
    for word in (*short_words(), *known, *made, "dying", "vying", "lying"):
        assert word.encode().startswith(start_of_words(stem(word))), word

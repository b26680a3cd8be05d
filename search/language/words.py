"""Text into terms: the one analysis that indexes, queries and highlights share.

What a reader may rely on:

- case and accents make no difference: `Café` = `cafe`, `Ærø` = `aero`, `Straße` = `strasse`;
- one-character words count; acronyms are joined: `U.S.` = `U.S` = `US`;
- hyphens and ampersands split and join: `B-52` is `b` `52` and also `b52`, `AT&T` is `at` `t` and
  also `att`;
- apostrophes, straight or curly, join, and a possessive is dropped: `O'Brien` = `obrien`,
  `don't` = `dont`, `Russia's` = `russia`;
- numbers keep their point and lose their commas: `3.5`, `1,200` = `1200`;
- all else separates words. Other scripts pass through; a run without spaces is one word.

Terms are folded. Only `stem` stems, so that each field of an index can choose.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

MAX_TERM = 64
"""Characters of a term, the rest is cut off: no word of a language is longer, only noise is."""

PART_GAP = 10
"""How many positions two parts of a field are apart, so that no phrase reaches across."""


class Token(NamedTuple):
    """A folded term, which word of the text it is (from 0), and where: `text[start:end]`.

    Words joined over hyphens have positions of their own; their joined term, which follows the
    first of them, has its position and the span of all.
    """

    term: str
    position: int
    start: int
    end: int


class _Word(NamedTuple):
    term: str
    start: int
    end: int


# Signs that belong to the word they stand in but make no difference to it: accents (and the points
# of Hebrew and Arabic, the stretching of Arabic), soft hyphens, invisible joiners and selectors.
# The marks of Indic scripts, Thai and kana do make a difference and stay.
_IGNORED = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c-\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_IGNORED_SIGNS = re.compile(f"[{_IGNORED}]+")

_APOSTROPHES = "'’‘ʼʻ＇"

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN_CHARACTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
     "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k"} | dict.fromkeys(_APOSTROPHES, "'")
)  # fmt: skip


def _marks() -> str:
    """Every combining mark. Inside a word it is part of the word, which `\\w` does not know."""
    characters = map(chr, range(0x300, 0x10000))
    return "".join(char for char in characters if unicodedata.category(char).startswith("M"))


_LETTER = r"[^\W\d_]"
_RUN = rf"[^\W_]+(?:[{_IGNORED}{_marks()}]+[^\W_]*)*"
_WORD = rf"""(?:
    {_LETTER}(?:\.{_LETTER})+(?![^\W_])\.?                                 # U.S.
  | (?:\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)+)(?:{_RUN})?    # 1,200.50  3.5m
  | {_RUN}
)(?:[{_APOSTROPHES}]{_RUN})*"""
_WORDS = re.compile(_WORD, re.VERBOSE)
_COMPOUNDS = re.compile(rf"{_WORD}(?:(?<!\.)[-‐‑&]{_WORD})*", re.VERBOSE)


def tokens(text: str) -> Iterator[Token]:
    """The terms of a text in order, in time linear in its length."""
    position = 0
    for words in _compounds(text):
        for word in words:
            yield Token(word.term, position, word.start, word.end)
            if word is words[0] and len(words) > 1:
                yield Token(_join(words), position, words[0].start, words[-1].end)
            position += 1


@lru_cache(maxsize=4_096)
def query_terms(text: str) -> tuple[str, ...]:
    """The words side by side that an article must have to match the text as a phrase."""
    return tuple(word.term for words in _compounds(text) for word in words)


def joined(text: str) -> str | None:
    """The one term that the text, if it is one hyphenated word, has beside its `query_terms`."""
    match list(_compounds(text)):
        case [[_, _, *_] as words]:
            return _join(words)
    return None


def fold(text: str) -> str:
    """The text without what makes no difference: case, accents, ligatures, curls. Idempotent."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = _IGNORED_SIGNS.sub("", apart).translate(_PLAIN_CHARACTERS)
    return unicodedata.normalize("NFC", plain)


class _OwnStemmer(threading.local):
    """A stemmer for each thread: one keeps state while it works, so it cannot be shared."""

    def __init__(self) -> None:
        self.stemmer = Stemmer.Stemmer("english", 0)  # 0: no cache of its own, `stem` has one


_own = _OwnStemmer()


@lru_cache(maxsize=65_536)
def stem(term: str) -> str:
    """The English stem of a folded term of a-z (Snowball's Porter2); any other term unchanged."""
    if not (term.isascii() and term.isalpha()):
        return term
    stemmed: str = _own.stemmer.stemWord(term)
    return stemmed


def _compounds(text: str) -> Iterator[list[_Word]]:
    """The words of a text, those that hyphens join together in one list; no list is empty."""
    for found in _COMPOUNDS.finditer(text):
        parts = [found] if found[0].isalnum() else _WORDS.finditer(text, *found.span())
        words = [_Word(term, *part.span()) for part in parts if (term := _term(part[0]))]
        if words:
            yield words


def _join(words: list[_Word]) -> str:
    return "".join(word.term for word in words)[:MAX_TERM]


def _term(word: str) -> str:
    """The folded term of one word; empty if nothing of it makes a difference."""
    term = fold(word[:MAX_TERM])[:MAX_TERM]
    if term.isalnum():
        return term
    term = term.removesuffix("'s").replace("'", "").replace(",", "")
    return term if term[:1].isdigit() else term.replace(".", "")

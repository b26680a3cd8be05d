"""Where in a text a word can be, told by its letters alone, without analysing the text.

The analysis (`search.language.words`) costs 2 µs a word. But a word begins with (nearly all of) its
stem, so only the runs that have these letters need to be analysed. A run is what stands between
spaces, and between other signs that no word reaches over: its words are the same alone as in their
text.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import AnyStr

LONGEST_START = 12
"""Letters of a word that are looked for. Where the analysis cuts a word off, more of them stay."""

Run = tuple[int, int]
"""Where a run starts and ends (exclusive) in its text."""

_SIGNS = b"'.,&-"  # they stand inside of words, and terms are without them
_FOREIGN = b"?"  # what encoding makes of a letter beyond ASCII
_KEPT = b"0123456789abcdefghijklmnopqrstuvwxyz" + _FOREIGN + _SIGNS
_PLAIN = bytes(byte if byte in _KEPT else ord(" ") for byte in bytes(range(256)).lower())

# What typesetting puts into English texts: apostrophes, and signs that no word reaches over.
_TYPESET = {"’": "'", "‘": "'"} | dict.fromkeys("“”„«»–—…•€£\u00a0", " ")

_LETTER = re.compile(rb"[0-9a-z?]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_POSSESSIVE_INSIDE = re.compile(rb"'s[&-]")  # the term of russia's-ukraine is without that s
_SIGN_INSIDE = re.compile(rb"[0-9a-z]['.,&-]+[0-9a-z]")


class Outline:
    """A text to look for the beginnings of words in. Linear in its length, whatever it is."""

    def __init__(self, text: str) -> None:
        text = text.replace("?", " ")
        if not text.isascii():
            for sign, plain in _TYPESET.items():
                text = text.replace(sign, plain)
        self._plain = text.encode("ascii", "replace").translate(_PLAIN)
        self._bare = self._plain.translate(None, _SIGNS)  # all letters of a word side by side
        self._always = set(self._odd_runs(text))

    def runs_with(self, start: bytes | None) -> set[Run]:
        """The runs that may have a word beginning with `start`, as `start_of` makes it."""
        times = self._bare.count(start) if start else 0
        if not start or not times:
            return self._always
        runs = self._always.union(self._runs(partial(self._place_of, start)))
        # Less often with the signs: somewhere they stand between these letters. Places that overlap
        # are counted once, and lie in one run.
        if times > self._plain.count(start):
            runs.update(run for run in self._runs_with_signs if start in self._letters(run))
        return runs

    def run_after(self, run: Run) -> Run | None:
        """The next one with a letter."""
        at = place_of(_LETTER, self._plain, run[1])
        return None if at == -1 else self._run_at(at)

    def _place_of(self, start: bytes, at: int) -> int:
        """Where, from `at` on, `start` next stands at the beginning of a word; -1 for nowhere."""
        at = self._plain.find(start, at)
        while at > 0 and self._plain[at - 1 : at].isalnum():
            at = self._plain.find(start, at + 1)
        return at

    def _odd_runs(self, text: str) -> Iterator[Run]:
        """Those where the letters of a word do not tell its term."""
        if not text.isascii():
            yield from self._runs(partial(place_of, _NOT_ASCII, text))
        if b"'s-" in self._plain or b"'s&" in self._plain:
            yield from self._runs(partial(place_of, _POSSESSIVE_INSIDE, self._plain))

    @cached_property
    def _runs_with_signs(self) -> set[Run]:
        return set(self._runs(partial(place_of, _SIGN_INSIDE, self._plain)))

    def _letters(self, run: Run) -> bytes:
        return self._plain[slice(*run)].translate(None, _SIGNS)

    def _runs(self, next_place: Callable[[int], int]) -> Iterator[Run]:
        """The runs of the places that `next_place` finds; it is asked once for each run."""
        at = next_place(0)
        while at != -1:
            run = self._run_at(at)
            yield run
            at = next_place(run[1])

    def _run_at(self, at: int) -> Run:
        end = self._plain.find(b" ", at)
        return self._plain.rfind(b" ", 0, at) + 1, len(self._plain) if end == -1 else end


def place_of(pattern: re.Pattern[AnyStr], text: AnyStr, at: int) -> int:
    found = pattern.search(text, at)
    return found.start() if found else -1


def start_of(term: str) -> bytes | None:
    """Letters that every word begins with whose term begins with `term`.

    None for a term that only a word with letters beyond ASCII has.
    """
    if not term.isascii():
        return None
    return term.encode().translate(None, _SIGNS)[:LONGEST_START]


def start_of_words(stem: str) -> bytes | None:
    """As `start_of`, for every word that has this stem.

    A word has all of its Porter2 stem but one letter, which may be another: `sky` of skies, `happi`
    of happy, `hope` of hoping, `possibl` of possibility. `die` of dying and its like have two.
    """
    if stem[-1] not in "eily" or len(stem) < 3 or not stem.isalpha():
        return start_of(stem)
    return start_of(stem[:1] if len(stem) == 3 and stem.endswith("ie") else stem[:-1])

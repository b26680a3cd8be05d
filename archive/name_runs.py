"""Runs of capitalised words in a text: "NATO Secretary General Anders Fogh Rasmussen" is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.lexicon import Traits, traits
from archive.names import PARTICLES

_UPPER = "".join(c for c in map(chr, range(0x2000)) if c.isupper())
_CAPITALISED = (
    rf"(?:[dDlLO]['’]|(?:al|el|ul|ad|as|ash|at|an|ar)-)?[{_UPPER}]"
    r"(?:\w|['’](?!s\b)(?=\w)|[-‐‑](?=\w))*"
)
_ABBREVIATED = (
    r"(?:Mrs?|Ms|Messrs|Drs?|Sens?|Reps?|Govs?|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Cmdr|Cpl|Pvt|Prof|Revs?"
    r"|Hon|Supt|Insp|Det|Atty|Fr|Pres|St|Ste|Ft|Mt|Jr|Sr|Brig)\."
)
_TOKEN = rf"(?:{_ABBREVIATED}|(?:[{_UPPER}]\.)+(?:[{_UPPER}](?!\w))?|{_CAPITALISED})"
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES)) + ")"
_WORD = re.compile(_TOKEN)
# Not after a hyphen: in "then-Senator Barack Obama" the run begins at "Barack". Its first letter is
# looked for first, which is quicker.
_RUN = re.compile(
    rf"(?<![\w@#/-])(?=[{_UPPER}dlaeus]){_TOKEN}"
    rf"(?:[ \u00a0]{{1,2}}(?:{_PARTICLE}[ \u00a0]){{0,3}}{_TOKEN})*"
)
_LINE = re.compile(r"[^\n]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TABLE_OR_TEXT = re.compile(r"[(;]|\d[-:.]\d|[a-z][.!?]”? [A-Z]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n“‘(–—-]|(?<!,)[\"”'])[ \u00a0]*$")
_LONGEST_HEADING = 160
_LONGEST_WORD = (
    100  # characters; what is known of words is remembered, and must not fill the memory
)


class Word(NamedTuple):
    start: int
    end: int
    traits: Traits


@dataclass(slots=True)
class Run:
    """Capitalised words in a row, in a line that is a heading in title case or is not."""

    words: list[Word]
    heading: bool


def find_runs(text: str) -> Iterator[Run]:
    """The runs of a text, line by line."""
    for line in _LINE.finditer(text):
        heading = len(line[0]) < _LONGEST_HEADING and _in_title_case(line[0])
        for run in _RUN.finditer(text, line.start(), line.end()):
            yield Run(_words_of(run), heading)


def _words_of(run: re.Match[str]) -> list[Word]:
    start, end = run.span()
    said = run[0]
    if " " not in said and "\u00a0" not in said:  # as most are
        return [Word(start, end, traits(said[:_LONGEST_WORD]))]
    return words_in(run.string, start, end)


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The capitalised words between two places."""
    return [
        Word(*word.span(), traits(word[0][:_LONGEST_WORD]))
        for word in _WORD.finditer(text, start, end)
    ]


def text_before(text: str, start: int) -> str:
    """As much of the text before a name as is looked at."""
    return text[max(0, start - 40) : start]


def opens_sentence(text: str, start: int) -> bool:
    return bool(_SENTENCE_START.search(text_before(text, start)))


def _in_title_case(line: str) -> bool:
    """Whether the line is a heading Written Like This One, and not a table of results."""
    if _TABLE_OR_TEXT.search(line):
        return False
    long_words = _LONG_WORD.findall(line)
    capitalised = sum(word[0].isupper() for word in long_words)
    # A sentence of few words can be made of names, and a longer one list them.
    is_sentence = line.endswith((".", "!", "?"))
    fewest = 6 if is_sentence else 4
    return (
        not (is_sentence and ", " in line)
        and len(long_words) >= fewest
        and capitalised >= 0.75 * len(long_words)
    )

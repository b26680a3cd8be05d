"""Typed text into lexemes: words, phrases, operators, field names and parentheses.

Linear in the text, of which MAX_TYPED characters are read. Signs without a meaning are skipped.
A lexeme's text, lexed alone, gives the same lexeme: that makes `unparse` exact.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from search.language.dated import DATE_WORDS
from search.language.limits import MAX_TYPED
from search.language.notes import QueryNote, StarNotAtEnd, TooLong, UnclosedQuotation, UnknownField
from search.language.tree import Field


class Kind(Enum):
    """What a lexeme is to the grammar."""

    WORD = auto()
    PREFIX = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    MINUS = auto()
    FIELD = auto()
    UNKNOWN_FIELD = auto()
    END = auto()


class Lexeme(NamedTuple):
    """`text`: the word, the phrase between its marks, the prefix without `*`, the field's name.

    gap: behind a phrase with a `~`, how many other words may stand among its own.
    """

    kind: Kind
    text: str = ""
    gap: int | None = None


OPERATORS = {kind.name: kind for kind in (Kind.AND, Kind.OR, Kind.NOT)}

_NAMES = "|".join((*Field, *DATE_WORDS))
MARKS = '"“”„‟«»'  # any of them opens a phrase, any closes it
_SIGNS = ",;:!?-"  # meaningless at the end of a word
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_LEXEME = re.compile(
    rf"""
    (?P<star>\*+(?=(?P<starred>\w[^\s(){MARKS}]*)))
  | [\s,;:!?]+ | \*+ | -{{2,}} | -(?=[\s)]|$)
  | (?P<OPEN>\()
  | (?P<CLOSE>\))
  | (?P<MINUS>-)
  | (?P<PHRASE>[{MARKS}][^{MARKS}]*(?:[{MARKS}](?:~(?P<gap>[0-9]+))?|$))
  | (?P<FIELD>(?ai:{_NAMES})):\s*
  | (?P<UNKNOWN_FIELD>(?!(?:AND|OR|NOT):)[^\W\d_]+):(?=[\w({MARKS}])
  | (?P<WORD>[^\s(){MARKS}]+)
    """,
    re.VERBOSE,
)


def lex(text: str, notes: list[QueryNote]) -> Iterator[Lexeme]:
    """The lexemes of a text; what has to be said about them is added to the notes."""
    if len(text) > MAX_TYPED:
        notes.append(TooLong())
    readable = _UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text[:MAX_TYPED]))
    for found in _LEXEME.finditer(readable):
        match found.lastgroup:
            case "WORD":
                yield _word(found[0], notes)
            case "PHRASE":
                yield _phrase(found[0], found["gap"], notes)
            case "FIELD":
                yield Lexeme(Kind.FIELD, found["FIELD"].lower())
            case "UNKNOWN_FIELD":
                notes.append(UnknownField(found["UNKNOWN_FIELD"]))
                yield Lexeme(Kind.UNKNOWN_FIELD, found["UNKNOWN_FIELD"])
            case "star":
                notes.append(StarNotAtEnd(found[0] + found["starred"], found["starred"]))
            case str(sign):
                yield Lexeme(Kind[sign])


def _word(run: str, notes: list[QueryNote]) -> Lexeme:
    """A run of characters without spaces: an operator, a prefix or a word."""
    run = run.rstrip(_SIGNS)
    if run in OPERATORS:
        return Lexeme(OPERATORS[run], run)
    word, star, rest = run.partition("*")
    word = word.rstrip(_SIGNS)
    if rest.strip(_SIGNS + "*"):
        notes.append(StarNotAtEnd(run, word + star))
    return Lexeme(Kind.PREFIX if star else Kind.WORD, word)


def _phrase(marked: str, gap: str | None, notes: list[QueryNote]) -> Lexeme:
    if gap is not None:
        marked = marked.removesuffix(f"~{gap}")
    phrase = " ".join(marked.strip(MARKS).split())
    if phrase and marked[-1] not in MARKS:
        notes.append(UnclosedQuotation())
    return Lexeme(Kind.PHRASE, phrase, None if gap is None else int(gap))

"""How much speaks for a piece of a text (`archive.name_pieces`) being a person's full name.

A word of the lists, a title before, an age after, a surname that comes alone elsewhere: each adds
to the weight or takes from it. The weights were tuned on news.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from archive.data import word_list
from archive.lexicon import Traits, traits
from archive.name_pieces import Kind, Piece
from archive.name_runs import opens_sentence, text_before

ENOUGH = 2.5

_WORD_BEFORE = re.compile(r"([\w'’-]+),?[ \u00a0\"“(]*$")
_AGE = re.compile(r",? \(?\d{1,2}[,)]|, (?:aged? )?\d{1,2}\b")
_WHO = re.compile(r", who\b")
_SAID = re.compile(
    r",? (?:said|says|told|added|asked|replied|argued|admitted|announced|wrote|explained|noted|"
    r"insisted|recalled|warned|claimed|declared|testified|tweeted)\b"
)
_IN_A_PLACE = re.compile(r"\b(?:in|at|from|near|to|of) $", re.IGNORECASE)
_SAID_BEFORE = re.compile(r"[,”\"] (?:said|says|told|added|asked|wrote) $")
_IN_BRACKETS = re.compile(r" \(([^()\n]{2,24})\)")
_ORDINAL_IN_BRACKETS = re.compile(r" \(\d+(?:st|nd|rd|th)\b")
_APPOSITION = re.compile(r",(?: [\w-]+){1,4}")
_OF_A_COMPANY = re.compile(
    r" ?&|,? and (?:Co|Sons|Company)\b|, Sons\b|,? <[A-Z.]+>"
    r"|(?:’s|'s)? (?:unit|subsidiary|division|plc|A/S|SpA|NV)\b"
)
_PERHAPS_OF_A_COMPANY = re.compile(
    r", which\b|(?:,? (?:and )?[A-Z]\w+){1,3},? (?:Inc|Co|Corp|Ltd|Plc|PLC)\b"
)
_PARTNER = re.compile(r" & [A-Z]\w+ [A-Z]\w+")
_BY_A_PARTNER = re.compile(r"[A-Z]\w+ [A-Z]\w+ & $")


def weight_of(text: str, piece: Piece, alone: Collection[str]) -> float:
    """How much speaks for a person. Tuned on news: a sure first name alone is enough."""
    words = [word.traits for word in piece.words]
    if _OF_A_COMPANY.match(text, piece.end) and not _PARTNER.match(text, piece.end):
        return 0.0
    return (
        _weight_of_words(words, piece.last)
        - 2.0 * (piece.heading and core(words) > 2)
        + _weight_before(text, piece)
        + _weight_after(text, piece.end)
        + 1.5 * _stands_alone(piece, alone)
    )


def _stands_alone(piece: Piece, alone: Collection[str]) -> bool:
    """Whether the family name comes alone elsewhere. Behind a town that says nothing: "In Boston
    Smith waved"."""
    if piece.first.seldom_first and piece.first.place:
        return False
    family_first = piece.first.family_first and piece.first.key in alone
    return family_first or piece.last.key in alone


def _weight_of_words(words: list[Traits], last: Traits) -> float:
    first = words[0]
    found = _weight_of_first(words, last) + (last.surname or last.surely_first)
    if first.surely_first and words[1].initials and not last.initials:
        found += 1.0
    found -= _weight_against(last, is_pair=first.surely_first and core(words) == 2)
    found -= sum(w.common and not w.first and not w.surname for w in words[1:-1])
    return found - (len(words) > 4)


def _weight_of_first(words: list[Traits], last: Traits) -> float:
    first = words[0]
    if first.surely_first:
        return 3.0
    if first.initials:
        return 2.5
    if first.family_first and len(words) < 4:
        return 2.5 if last.first else 2.0
    if first.first:
        return 1.5
    return 0.4 if first.surname and not first.says_nothing else 0.0


def _weight_against(last: Traits, *, is_pair: bool) -> float:
    """What speaks against a surname. is_pair: a sure first name stands before it."""
    if last.organisation or last.title:
        return 0.5 if is_pair and last.surname and not last.organisation else 2.0
    if last.says_nothing:
        return 0.5 if is_pair or last.surname else 1.0
    return 0.0


_QUOTES = ("“", "”", '"', "'", "‘", "’")
_LESS_AFTER = {"the": -2.0, "a": -1.5, "an": -1.5, "of": -0.5, "in": -1.0, "at": -1.0}


def _weight_before(text: str, piece: Piece) -> float:
    before = text_before(text, piece.start)
    if piece.before is Kind.TITLE:
        return 3.0
    if before.endswith("& ") and not _BY_A_PARTNER.search(before):
        return -3.0
    if piece.first.seldom_first and piece.first.place and _IN_A_PLACE.search(before):
        return -3.0
    if before.endswith(_QUOTES) and text.startswith(_QUOTES, piece.end):
        return -2.0  # the title of a work, as in “Harry Potter”
    if piece.before is Kind.ORGANISATION and not piece.first.surely_first:
        return -1.5
    match = _WORD_BEFORE.search(before)
    word = match[1].lower() if match else ""
    if word in word_list("titles"):
        return 2.5
    if not piece.first.surely_first and piece.first.common and opens_sentence(text, piece.start):
        return -1.5
    return 1.0 if _SAID_BEFORE.search(before) else _less_after(word, piece)


def _less_after(word: str, piece: Piece) -> float:
    if word == "of" and piece.first.surely_first:
        return 0.0
    if word == "the" and piece.first.surely_first and not piece.last.says_nothing:
        return -0.5  # "the Marc Dutroux case"
    return _LESS_AFTER.get(word, 0.0)


def _weight_after(text: str, end: int) -> float:
    if _PERHAPS_OF_A_COMPANY.match(text, end):
        return -1.5
    if _AGE.match(text, end) or _WHO.match(text, end) or _ORDINAL_IN_BRACKETS.match(text, end):
        return 2.5
    if _SAID.match(text, end):
        return 1.0
    bracketed = _IN_BRACKETS.match(text, end)
    if bracketed and _is_country(bracketed[1]):
        return 2.5
    return 2.5 if _titled_behind(text, end) else 0.0


def _titled_behind(text: str, end: int) -> bool:
    """Whether a comma and a title follow: ", the former mayor", ", a professor of law"."""
    behind = _APPOSITION.match(text, end)
    return behind is not None and any(traits(word).title for word in behind[0].split()[1:])


def _is_country(text: str) -> bool:
    known = traits(text)
    return known.nationality or known.acronym or known.key in word_list("places")


def core(words: list[Traits]) -> int:
    """How many words there are beside particles, numbers and initials after the first."""
    return 1 + sum(not (word.particle or word.numeral or word.initials) for word in words[1:])

"""Which runs of capitalised words are people's full names: the weighing of what speaks for it.

A word of the lists, a title before, an age after, a surname that comes alone elsewhere: each adds
to the weight of a piece (`archive.name_runs`) or takes from it. The weights were tuned on news.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from archive.data import word_list
from archive.lexicon import Traits, traits
from archive.name_runs import Kind, Piece, Run, cut, opens_sentence, text_before

_ENOUGH = 2.5
_LONGEST_GAP = 40  # characters between two names of a list
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
# What may stand between the names of a list: numbers, brackets, "and".
_BETWEEN_NAMES = re.compile(
    r"(?=\s*\S)(?:\([^()]{0,30}\)|\d+(?:st|nd|rd|th)?|and|or|[\s,;()\-–/])+"
)


def full_names(text: str, runs: list[Run]) -> Iterator[Piece]:
    """The pieces that are people's full names, in the order of the text."""
    pieces = [_trimmed(piece) for run in runs for piece in cut(run)]
    alone = {piece.first.key for piece in pieces if len(piece.words) == 1}
    weighed = [(p, _weight(text, p, alone)) for p in pieces if _could_be_full(p)]
    sure = [piece for piece, weight in weighed if weight >= _ENOUGH]
    names = {(piece.first.key, piece.last.key) for piece in sure}
    surnames = {surname for _, surname in names}
    before: Piece | None = None
    for at, (piece, weight) in enumerate(weighed):
        if weight < _ENOUGH:
            after = next((p for p, w in weighed[at + 1 : at + 2] if w >= _ENOUGH), None)
            weight += 1.5 * (piece.last.key in surnames)
            weight += 1.5 * (_in_a_list(text, before, piece) + _in_a_list(text, piece, after))
        known = (piece.first.key, piece.last.key) in names
        before = piece if known or weight >= _ENOUGH else None
        if before:
            yield piece


def _trimmed(piece: Piece) -> Piece:
    """The piece without initials at its end and without a month or unknown title before it."""
    words = piece.words
    while len(words) > 1 and (words[-1].traits.initials or words[-1].traits.particle):
        words.pop()
    if (
        len(words) > 2
        and words[1].traits.surely_first
        and (piece.first.unheard_of or piece.first.nationality)
    ):
        del words[0]
    return piece


def _could_be_full(piece: Piece) -> bool:
    """Two words that are more than particles ("Van Poppel" is a surname), no organisation's."""
    words = [word.traits for word in piece.words]
    return _core(words) > words[0].particle + 1 and piece.after is not Kind.ORGANISATION


def _core(words: list[Traits]) -> int:
    """How many words there are beside particles, numbers and initials after the first."""
    return 1 + sum(not (word.particle or word.numeral or word.initials) for word in words[1:])


def _in_a_list(text: str, one: Piece | None, other: Piece | None) -> bool:
    if one is None or other is None:
        return False
    gap = text[one.end : other.start]
    return len(gap) < _LONGEST_GAP and bool(_BETWEEN_NAMES.fullmatch(gap))


def _weight(text: str, piece: Piece, alone: Collection[str]) -> float:
    """How much speaks for a person. Tuned on news: a sure first name alone is enough."""
    words = [word.traits for word in piece.words]
    if _OF_A_COMPANY.match(text, piece.end) and not _PARTNER.match(text, piece.end):
        return 0.0
    return (
        _weight_of_words(words, piece.last)
        - 2.0 * (piece.heading and _core(words) > 2)
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
    weight = 3.0 if first.surely_first else 2.5 if first.initials else 1.5 if first.first else 0.0
    if first.family_first and len(words) < 4:
        weight = max(weight, 2.5 if last.first else 2.0)
    weight += 1.0 if last.surname else 0.0
    sure_pair = first.surely_first and _core(words) == 2
    if last.organisation or last.title:
        weight -= 0.5 if sure_pair and last.surname and not last.organisation else 2.0
    elif last.says_nothing:
        weight -= 0.5 if sure_pair else 1.0
    weight -= sum(w.common and not w.first and not w.surname for w in words[1:-1])
    return weight - (len(words) > 4)


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
    return 1.0 if _SAID_BEFORE.search(before) else _LESS_AFTER.get(word, 0.0)


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
    return 2.0 if _titled_behind(text, end) else 0.0


def _titled_behind(text: str, end: int) -> bool:
    """Whether a comma and a title follow: ", the former mayor", ", a professor of law"."""
    apposition = _APPOSITION.match(text, end)
    return bool(apposition) and any(traits(word).title for word in apposition[0].split()[1:])


def _is_country(text: str) -> bool:
    known = traits(text)
    return known.nationality or known.acronym or known.key in word_list("places")

"""The people whom a text names, found by rules: no model, no network, linear time.

Runs of capitalised words are cut into pieces (`archive.runs`). A piece of two words or more that
enough speaks for (a first name, a title, an age, a surname that comes alone elsewhere) is a
person's full name. Then every mention is tied to its person: the full name, the surname alone or
after a title, a slip of one letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.data import word_list
from archive.lexicon import Traits, traits
from archive.names import split_name
from archive.runs import Kind, Piece, Run, cut, find_runs


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One person of a text.

    name: the full form used most; surfaces: every form used, as spelt, in order of appearance;
    count: how many mentions; start: where in the text the first one begins.
    """

    name: str
    surfaces: tuple[str, ...]
    count: int
    start: int


def find_people(text: str) -> list[FoundPerson]:
    """The people that the text calls by a full name, in order of first appearance.

    Precision before recall: what nothing speaks for is left out. Lines in capitals are not read.
    """
    runs = list(find_runs(text))
    people = _People(text)
    for piece in _full_names(text, runs):
        people.add(piece)
    people.link(runs)
    return people.found()


# --- Is a piece a person's full name? ----------------------------------------------------------

_ENOUGH = 2.5
_CONTEXT = 40  # characters before a name that are looked at
_WORD_BEFORE = re.compile(r"([\w'’-]+),?[ \u00a0\"“(]*$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"“”'‘(–—-])[ \u00a0]*$")
_AGE = re.compile(r",? \(?\d{1,2}[,)]|, (?:aged? )?\d{1,2}\b")
_WHO = re.compile(r", who\b")
_SAID = re.compile(
    r",? (?:said|says|told|added|asked|replied|argued|admitted|announced|wrote|explained|noted|"
    r"insisted|recalled|warned|claimed|declared|testified|tweeted)\b"
)
_IN_BRACKETS = re.compile(r" \(([^()\n]{2,24})\)")
_ORDINAL_IN_BRACKETS = re.compile(r" \(\d+(?:st|nd|rd|th)\b")
_APPOSITION = re.compile(r", (?:(?:the|a|an|his|her|its|former|chief|senior|deputy) ){0,2}([\w-]+)")
_OF_A_COMPANY = re.compile(r" ?(?:&|and (?:Co|Sons|Company)\b)")
_OF_STATE = re.compile(r"\b(?:Secretary|Minister) (?:of|for) [\w ]{3,30}$")
# What may stand between the names of a list: numbers, brackets, "and".
_BETWEEN_NAMES = re.compile(r"(?:\([^()]{0,30}\)|\d+(?:st|nd|rd|th)?|and|or|[\s,;()\-–/])+")


def _full_names(text: str, runs: list[Run]) -> Iterator[Piece]:
    """The pieces that are people's full names, in the order of the text."""
    pieces = [_without_trailing_initials(piece) for run in runs for piece in cut(run)]
    alone = {piece.first.key for piece in pieces if len(piece.words) == 1}
    weighed = [(p, _weight(text, p, alone)) for p in pieces if _could_be_full(p)]
    surnames = {piece.last.key for piece, weight in weighed if weight >= _ENOUGH}
    before: Piece | None = None
    for (piece, weight), (after, weight_after) in zip(weighed, [*weighed[1:], (None, 0.0)]):
        if weight < _ENOUGH:
            weight += 1.5 * (piece.last.key in surnames)
            weight += 1.5 * (before is not None and _in_a_list(text, before, piece))
            weight += 1.5 * (weight_after >= _ENOUGH and _in_a_list(text, piece, after))
        before = piece if weight >= _ENOUGH else None
        if before:
            yield piece


def _without_trailing_initials(piece: Piece) -> Piece:
    while len(piece.words) > 1 and piece.words[-1].traits.initials:
        piece.words.pop()
    return piece


def _could_be_full(piece: Piece) -> bool:
    """Two words that are more than particles: "Van Poppel" is a surname."""
    return sum(not word.traits.particle for word in piece.words) > 1


def _in_a_list(text: str, one: Piece, other: Piece) -> bool:
    gap = text[one.end : other.start]
    return len(gap) < _CONTEXT and bool(_BETWEEN_NAMES.fullmatch(gap))


def _weight(text: str, piece: Piece, alone: Collection[str]) -> float:
    """How much speaks for a person. Tuned on news: a sure first name alone is enough."""
    if piece.after is Kind.ORGANISATION or _OF_A_COMPANY.match(text, piece.end):
        return 0.0
    return (
        _weight_of_words([word.traits for word in piece.words], piece.last)
        + _weight_before(text, piece)
        + _weight_after(text, piece.end)
        + 1.5 * (piece.last.key in alone or (piece.first.family_first and piece.first.key in alone))
    )


def _weight_of_words(words: list[Traits], last: Traits) -> float:
    first = words[0]
    weight = 3.0 if first.surely_first else 2.5 if first.initials else 1.5 if first.first else 0.0
    if first.family_first and len(words) < 4:
        weight = max(weight, 2.0)
    weight += 1.0 if last.surname else 0.0
    if last.organisation or last.title:
        weight -= 1.5
    elif last.says_nothing:
        weight -= 0.5 if first.surely_first else 1.0
    weight -= sum(w.common and not w.first and not w.surname for w in words[1:-1])
    return weight - (len(words) > 4)


_LESS_AFTER = {"the": -2.0, "a": -1.5, "an": -1.5, "of": -0.5, "in": -1.0, "at": -1.0}


def _weight_before(text: str, piece: Piece) -> float:
    before = text[max(0, piece.start - _CONTEXT) : piece.start]
    if piece.before is Kind.TITLE:
        return 3.0
    if before.endswith("& "):
        return -3.0
    if piece.before is Kind.ORGANISATION and not piece.first.surely_first:
        return -1.5
    match = _WORD_BEFORE.search(before)
    word = match[1].lower() if match else ""
    if word in word_list("titles"):
        return 2.5
    if not piece.first.surely_first and piece.first.common and _SENTENCE_START.search(before):
        return -1.5
    return _LESS_AFTER.get(word, 0.0)


def _weight_after(text: str, end: int) -> float:
    if _AGE.match(text, end) or _WHO.match(text, end) or _ORDINAL_IN_BRACKETS.match(text, end):
        return 2.5
    if _SAID.match(text, end):
        return 1.0
    bracketed = _IN_BRACKETS.match(text, end)
    if bracketed and _is_country(bracketed[1]):
        return 2.5
    apposition = _APPOSITION.match(text, end)
    return 2.0 if apposition and apposition[1] in word_list("titles") else 0.0


def _is_country(text: str) -> bool:
    known = traits(text)
    return known.nationality or known.acronym or known.key in word_list("places")


# --- Which mention is whose? -------------------------------------------------------------------


class Mention(NamedTuple):
    start: int
    end: int
    surface: str


@dataclass(slots=True)
class _Person:
    first: str
    surname: str
    full: list[Mention] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def is_called(self, first: str, surname: str) -> bool:
        """Whether the name is this person's: the same, with an initial, or with a slip."""
        initial = 1 in (len(first), len(self.first)) and first[0] == self.first[0]
        same_surname = self.surname == surname or is_slip(surname, self.surname)
        return (initial or self.first == first) and same_surname

    def last_named(self, before: int) -> int:
        return max((m.start for m in self.full if m.start < before), default=-1)

    def found(self) -> FoundPerson:
        mentions = sorted(self.mentions)
        name = Counter(mention.surface for mention in sorted(self.full)).most_common(1)[0][0]
        surfaces = dict.fromkeys(mention.surface for mention in mentions)
        return FoundPerson(name, tuple(surfaces), len(mentions), mentions[0].start)


class _People:
    """The people of one text while their mentions are gathered."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_surname: defaultdict[str, list[_Person]] = defaultdict(list)

    def add(self, piece: Piece) -> None:
        """Take a full name: a new person's or, in the same or a like form, one that is known."""
        first, surname = piece.first.key, piece.last.key
        person = next((p for p in self._all() if p.is_called(first, surname)), None)
        if person is None:
            person = _Person(first, surname)
            self._by_surname[surname].append(person)
        mention = self._mention(piece.start, piece.end)
        person.full.append(mention)
        person.mentions.append(mention)

    def link(self, runs: list[Run]) -> None:
        """Tie the surnames that stand alone or after a title to their people."""
        surnames = frozenset(self._by_surname)
        for run in runs:
            for piece in cut(run, surnames):
                if len(piece.words) == 1 and piece.after is not Kind.ORGANISATION:
                    self._link_one(piece, surnames)

    def found(self) -> list[FoundPerson]:
        return sorted((p.found() for p in self._all()), key=lambda person: person.start)

    def _link_one(self, piece: Piece, surnames: Collection[str]) -> None:
        surname = _surname_meant(self._text, piece, surnames)
        if surname:
            people = self._by_surname[surname]
            person = max(people, key=lambda p: p.last_named(before=piece.start))
            person.mentions.append(self._lone_mention(piece, person))

    def _lone_mention(self, piece: Piece, person: _Person) -> Mention:
        """The mention with its title or the particles of the surname: "President Medvedev"."""
        if piece.titles_from >= 0:
            return self._mention(piece.titles_from, piece.end)
        family = split_name(person.full[0].surface).family
        start = piece.end - len(family)
        long_form = start < piece.start and self._text.startswith(family, max(0, start))
        return self._mention(start if long_form else piece.start, piece.end)

    def _mention(self, start: int, end: int) -> Mention:
        return Mention(start, end, self._text[start:end])

    def _all(self) -> Iterator[_Person]:
        for people in self._by_surname.values():
            yield from people


def _surname_meant(text: str, piece: Piece, surnames: Collection[str]) -> str | None:
    word = piece.first
    if word.key in surnames:
        return None if _rather_a_word(text, piece) else word.key
    if word.says_nothing or word.first:
        return None
    return next((surname for surname in surnames if is_slip(word.key, surname)), None)


def is_slip(word: str, surname: str) -> bool:
    """One letter wrong, missing, extra or two swapped, in six or more; never the first letter.

    A plural ("the Clintons") is no slip.
    """
    if min(len(word), len(surname)) < 6 or word[0] != surname[0] or word == surname + "s":
        return False
    shorter, longer = sorted((word, surname), key=len)
    same = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    rest, other = shorter[same:], longer[same:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest == other[1:]


def _rather_a_word(text: str, piece: Piece) -> bool:
    """A surname that is also a town or a word, where the text more likely means that."""
    before = text[max(0, piece.start - _CONTEXT) : piece.start]
    if piece.first.place and re.search(r"\b(?:in|at|from|near|to) $", before):
        return True
    ambiguous = piece.first.function or piece.first.common
    word = text[piece.start : piece.end].lower()
    return ambiguous and bool(_SENTENCE_START.search(before)) and f" {word} " in text

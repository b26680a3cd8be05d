"""The people whom a text names, found by rules: no model, no network, linear time.

The text is read as runs of capitalised words (`archive.name_runs`), which fall into pieces
(`archive.name_pieces`), some of which are people's full names (`archive.full_names`). Here every
mention is tied to its person: the full name, the surname alone or after a title, a slip of one
letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from archive.data import word_list
from archive.full_names import Namer, full_names
from archive.name_pieces import Kind, Piece, cut
from archive.name_runs import Run, find_runs, opens_sentence, text_before
from archive.names import split_name, tidy_name

_LONG_ENOUGH = 6  # letters of a surname that may be misspelt


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One person of a text.

    name: the full form used most, of several the longest; surfaces: every form used, as spelt, in
    order of appearance; count: how many mentions; start: where in the text the first one begins.
    """

    name: str
    surfaces: tuple[str, ...]
    count: int
    start: int


def find_people(text: str, namer: Namer = full_names) -> list[FoundPerson]:
    """The people that the text calls by a full name, in order of first appearance.

    Precision before recall: what nothing speaks for is left out. Words in capitals are no names,
    and no name runs on over the end of a line.
    """
    runs = list(find_runs(text))
    named = list(namer(text, runs))
    if not named:  # as in most wire stories, and then nobody is called by the surname either
        return []
    people = _People(text)
    # Longest first: "Wasserman Schultz" may come before "Debbie Wasserman Schultz".
    for piece in sorted(named, key=lambda piece: -len(piece.words)):
        people.add(piece)
    people.link(runs)
    return people.found()


class Mention(NamedTuple):
    start: int
    end: int
    surface: str


@dataclass(slots=True)
class _Person:
    first: str
    surname: str
    forms: Counter[str] = field(default_factory=Counter)  # the full names, as spelt
    named_at: list[int] = field(default_factory=list)  # where they stand, ascending
    mentions: list[Mention] = field(default_factory=list)

    def name_in_full(self, mention: Mention) -> None:
        self.forms[mention.surface] += 1
        insort(self.named_at, mention.start)
        self.mentions.append(mention)

    def is_called(self, first: str, surname: str) -> bool:
        """Whether the name is this person's: the same, with an initial, or with a slip."""
        initial = 1 in (len(first), len(self.first)) and first[0] == self.first[0]
        if self.surname == surname:
            return initial or self.first == first or is_slip(first, self.first, shortest=5)
        return self.first == first and is_slip(surname, self.surname)

    def has_surname(self, words: str) -> bool:
        """Whether the words are the end of this person's longer name: "Wasserman Schultz"."""
        return any(form.endswith(" " + words) for form in self.forms)

    def last_named(self, before: int) -> int:
        at = bisect_left(self.named_at, before)
        return self.named_at[at - 1] if at else -1

    def found(self) -> FoundPerson:
        mentions = sorted(self.mentions)
        name = self.forms.most_common(1)[0][0]
        surfaces = dict.fromkeys(mention.surface for mention in mentions)
        return FoundPerson(tidy_name(name), tuple(surfaces), len(mentions), mentions[0].start)


class _People:
    """The people of one text while their mentions are gathered."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_surname: dict[str, list[_Person]] = {}
        self._by_first: defaultdict[tuple[str, str], list[_Person]] = defaultdict(list)

    def add(self, piece: Piece) -> None:
        """Take a full name: a new person's or, in the same or a like form, one that is known."""
        first, surname = piece.first.key, piece.last.key
        mention = self._mention(piece.start, piece.end)
        namesakes = self._by_surname.get(surname, [])
        alike = chain(namesakes, self._by_first[first, surname[0]])
        person = next((p for p in alike if p.is_called(first, surname)), None)
        if person is None and not piece.first.surely_first:
            person = next((p for p in namesakes if p.has_surname(mention.surface)), None)
            if person:
                person.mentions.append(mention)
                return
        (person or self._new(first, surname)).name_in_full(mention)

    def link(self, runs: Iterable[Run]) -> None:
        """Tie the surnames that stand alone or after a title to their people."""
        meant = _SurnameMeant(self._text, self._by_surname)
        for run in filter(meant.may_be_in, runs):
            for piece in cut(run, known=self._by_surname):
                surname = meant(piece)
                if surname:
                    self._link(piece, self._by_surname[surname])

    def found(self) -> list[FoundPerson]:
        people = chain.from_iterable(self._by_surname.values())
        return sorted((person.found() for person in people), key=lambda person: person.start)

    def _new(self, first: str, surname: str) -> _Person:
        person = _Person(first, surname)
        self._by_surname.setdefault(surname, []).append(person)
        self._by_first[first, surname[0]].append(person)
        return person

    def _link(self, piece: Piece, namesakes: list[_Person]) -> None:
        """Of several with one surname whom the title fits, the one last named in full is meant."""
        fitting = namesakes
        if len(namesakes) > 1 and piece.titles_from >= 0:
            title = self._text[piece.titles_from : piece.start].strip(" \u00a0.").lower()
            fitting = [one for one in namesakes if not _is_of_others(title, one.first)]
        person = max(fitting or namesakes, key=lambda one: one.last_named(before=piece.start))
        person.mentions.append(self._lone_mention(piece, person))

    def _lone_mention(self, piece: Piece, person: _Person) -> Mention:
        """The mention with its title or the particles of the surname: "President Medvedev"."""
        if piece.titles_from >= 0:
            return self._mention(piece.titles_from, piece.end)
        family = split_name(next(iter(person.forms))).family
        start = max(0, piece.end - len(family))
        long_form = self._text[start : piece.end].lower() == family.lower()
        return self._mention(start if long_form else piece.start, piece.end)

    def _mention(self, start: int, end: int) -> Mention:
        return Mention(start, end, self._text[start:end])


_OTHERS = {"mr": "women", "sir": "women", "mrs": "men", "ms": "men", "miss": "men"}


def _is_of_others(title: str, first: str) -> bool:
    """Whether a title is not for those with that first name: a man is no Mrs."""
    return title in _OTHERS and first in word_list(_OTHERS[title])


class _SurnameMeant:
    """Tells which known surname a piece of one word means, if any."""

    def __init__(self, text: str, surnames: Iterable[str]) -> None:
        self._text = text
        self._surnames = frozenset(surnames)
        self._by_initial: defaultdict[str, list[str]] = defaultdict(list)
        for surname in sorted(self._surnames):
            self._by_initial[surname[0]].append(surname)

    def may_be_in(self, run: Run) -> bool:
        """Whether it is worth to look closer: a word is a surname, or as long and begins as one."""
        return any(
            word.traits.key in self._surnames
            or (word.traits.key[:1] in self._by_initial and len(word.traits.key) >= _LONG_ENOUGH)
            for word in run.words
        )

    def __call__(self, piece: Piece) -> str | None:
        if len(piece.words) > 1 or piece.after is Kind.ORGANISATION:
            return None
        word = piece.first
        if word.key in self._surnames:
            return None if _rather_a_word(self._text, piece) else word.key
        if word.says_nothing or word.first:
            return None
        return next((s for s in self._by_initial[word.key[:1]] if is_slip(word.key, s)), None)


def is_slip(word: str, surname: str, shortest: int = _LONG_ENOUGH) -> bool:
    """One letter wrong, missing, extra or two swapped, but never the first.

    Not in words of fewer letters than `shortest`, and a plural ("the Clintons") is no slip.
    """
    if min(len(word), len(surname)) < shortest or word[0] != surname[0] or word == surname + "s":
        return False
    shorter, longer = sorted((word, surname), key=len)
    same = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    rest, other = shorter[same:], longer[same:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest == other[1:]


_OF_A_PLACE = re.compile(r"\b(?:in|at|from|near|to) $")
_OF_A_TIME = re.compile(r"\b(?:in|since|until|last|next|early|late|this) $")
_DAY = re.compile(r" \d")


def _rather_a_word(text: str, piece: Piece) -> bool:
    """A surname that is also a town, a month or a word, where the text more likely means that."""
    if not (piece.first.says_nothing or piece.first.function):
        return False
    before = text_before(text, piece.start)
    if piece.first.place:
        return bool(_OF_A_PLACE.search(before))
    if _OF_A_TIME.search(before) or _DAY.match(text, piece.end):
        return True
    word = text[piece.start : piece.end].lower()
    return opens_sentence(text, piece.start) and f" {word} " in text

"""The people whom a text names, found by rules: no model, no network, linear time.

A line is read as runs of capitalised words. Titles, organisations, nationalities and words of the
language cut a run into pieces; a piece of two words or more that enough speaks for (a first name,
a title, an age, a surname that comes alone elsewhere) is a person's full name. Then every mention
is tied to its person: the full name, the surname alone or after a title, a slip of one letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from archive.data import word_list
from archive.lexicon import Traits, traits
from archive.names import PARTICLES, split_name


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
    runs = list(_runs(text))
    people = _People()
    for piece in _full_names(text, runs):
        people.add(Mention(piece.start, piece.end, text[piece.start : piece.end]), piece.words)
    _link_surnames(text, runs, people)
    return people.found()


class Mention(NamedTuple):
    start: int
    end: int
    surface: str


# --- Reading: lines, runs of capitalised words, pieces ----------------------------------------

_UPPER = "".join(c for c in map(chr, range(0x2000)) if c.isupper())
_CAPITALISED = (
    rf"(?:[dDlLO]['’]|(?:al|el|ul|ad|as|ash|at|an|ar)-)?[{_UPPER}]"
    r"(?:\w|['’](?!s\b)(?=\w)|[-‐‑](?=\w))*"
)
_ABBREVIATED = (
    r"(?:Mrs?|Ms|Messrs|Drs?|Sens?|Reps?|Govs?|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Cmdr|Cpl|Pvt|Prof|Revs?"
    r"|Hon|Supt|Insp|Det|Atty|Fr|Pres|St|Ste|Ft|Mt|Jr|Sr|Brig)\."
)
_TOKEN = rf"(?:{_ABBREVIATED}|(?:[{_UPPER}]\.)+|{_CAPITALISED})"
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES)) + ")"
_WORD = re.compile(_TOKEN)
_RUN = re.compile(
    rf"(?<![\w@#/]){_TOKEN}(?:[ \u00a0]{{1,2}}(?:{_PARTICLE}[ \u00a0]){{0,3}}{_TOKEN})*"
)
_LINE = re.compile(r"[^\n]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORT_LINE = 160  # headings, bylines and captions are shorter


class Word(NamedTuple):
    start: int
    end: int
    traits: Traits


@dataclass(slots=True)
class Run:
    """Capitalised words in a row, in a line that is a heading in title case or is not."""

    words: list[Word]
    heading: bool


def _runs(text: str) -> Iterator[Run]:
    for line in _LINE.finditer(text):
        heading = False
        if len(line[0]) < _SHORT_LINE:
            if _in_capitals(line[0]):
                continue
            heading = _in_title_case(line[0])
        for run in _RUN.finditer(text, line.start(), line.end()):
            words = _WORD.finditer(text, run.start(), run.end())
            yield Run([Word(w.start(), w.end(), traits(w[0])) for w in words], heading)


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters) > 3


def _in_title_case(line: str) -> bool:
    long_words = _LONG_WORD.findall(line)
    capitalised = sum(word[0].isupper() for word in long_words)
    return len(long_words) >= 3 and capitalised >= 0.75 * len(long_words)


class Kind(Enum):
    """What a word is to the piece that it stands beside or in."""

    NAME = auto()
    TITLE = auto()
    ORGANISATION = auto()
    OTHER = auto()


@dataclass(slots=True)
class Piece:
    """Words of a run that may be one name, and what cut them out of it on either side."""

    words: list[Word] = field(default_factory=list)
    before: Kind | None = None
    after: Kind | None = None
    title_start: int = -1

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def _pieces(text: str, run: Run, known: Collection[str] = ()) -> Iterator[Piece]:
    """Cut a run where a word is no name; `known` surnames are names whatever else they are."""
    fixed = _phrases(run)
    piece, titles_from = Piece(), -1
    for at, word in enumerate(run.words):
        kind = Kind.OTHER if at in fixed else _kind(run, at, piece.words, known)
        if kind is Kind.NAME:
            if not piece.words:
                piece.title_start = titles_from
            piece.words.append(word)
            continue
        if piece.words:
            piece.after = kind
            yield piece
        if kind is Kind.TITLE and (piece.words or piece.before is not Kind.TITLE):
            titles_from = word.start
        piece = Piece(before=kind)
        if kind is not Kind.TITLE:
            titles_from = -1
    if piece.words:
        yield piece


def _phrases(run: Run) -> set[int]:
    """Which words belong to a name of several words that is known to be no person's."""
    keys = [word.traits.key for word in run.words]
    covered: set[int] = set()
    for at in range(len(keys) - 1):
        for size in (2, 3):
            phrase = " ".join(keys[at : at + size])
            if phrase in word_list("places") or phrase in word_list("not_people"):
                covered.update(range(at, at + size))
    return covered


def _kind(run: Run, at: int, piece: list[Word], known: Collection[str]) -> Kind:
    word = run.words[at].traits
    if word.key in known:
        return Kind.NAME
    if word.function or word.acronym:
        return Kind.OTHER
    return _kind_inside(run, at, piece) if piece else _kind_opening(run, at)


def _kind_opening(run: Run, at: int) -> Kind:
    """Of a word before which there is no name yet: it could be a first name."""
    word, left = run.words[at].traits, len(run.words) - at
    if word.title and not (word.first and left == 2):
        return Kind.TITLE
    if word.first or word.initials:
        return Kind.NAME
    if word.organisation:
        return Kind.ORGANISATION
    return Kind.OTHER if word.says_nothing else Kind.NAME


def _kind_inside(run: Run, at: int, piece: list[Word]) -> Kind:
    """Of a word after a name has begun: it could be a surname."""
    word = run.words[at].traits
    ends = at + 1 == len(run.words)
    surname = word.surname and len(piece) == 1 and piece[0].traits.surely_first
    if word.title and not (surname and ends):
        return Kind.TITLE
    if word.organisation and not (surname and ends):
        return Kind.ORGANISATION
    if word.nationality and not surname:
        return Kind.OTHER
    if run.heading and word.common and not surname:
        return Kind.OTHER
    return Kind.NAME


# --- Judging: is a piece a person's full name? -------------------------------------------------

_ENOUGH = 2.5
_CONTEXT = 40
_WORD_BEFORE = re.compile(r"([\w'’-]+)[,]?[ \u00a0\"“(]*$")
_AGE = re.compile(r",? ?\(?\b\d{1,2}\b[,)]|, aged? \d")
_IN_BRACKETS = re.compile(r" \(([^()\n]{2,24})\)")
_WHO = re.compile(r", who\b")
_APPOSITION = re.compile(r", (?:(?:the|a|an|his|her|its|former|chief|senior|deputy) ){0,2}([\w-]+)")
_SAID = re.compile(
    r",? (?:said|says|told|added|asked|replied|argued|admitted|announced|wrote|explained|noted|"
    r"insisted|recalled|warned|claimed|declared|testified|tweeted)\b"
)
_JOINED = re.compile(r" ?(?:&|and (?:Co|Sons|Company)\b)")


def _full_names(text: str, runs: list[Run]) -> Iterator[Piece]:
    """The pieces that are people's full names, in the order of the text."""
    cut = [(run, piece) for run in runs for piece in _pieces(text, run)]
    alone = Counter(p.words[0].traits.key for _, p in cut if len(p.words) == 1)
    for run, piece in cut:
        while piece.words and piece.words[-1].traits.initials:
            piece.words.pop()
        if len(piece.words) > 1 and _weight(text, run, piece, alone) >= _ENOUGH:
            yield piece


def _weight(text: str, run: Run, piece: Piece, alone: Counter[str]) -> float:
    """How much speaks for a person. Tuned on news: a sure first name alone is enough."""
    if piece.after is Kind.ORGANISATION or _JOINED.match(text, piece.end):
        return 0
    return (
        _weight_of_words([word.traits for word in piece.words])
        + _weight_before(text, piece)
        + _weight_after(text, piece.end)
        + 1.5 * (piece.words[-1].traits.key in alone)
    )


def _weight_of_words(words: list[Traits]) -> float:
    first, last = words[0], words[-1]
    weight = 3.0 if first.surely_first else 1.5 if first.first else 2.0 if first.initials else 0.0
    weight += 1.0 if last.surname else 0.0
    weight -= 1.5 if last.organisation or last.title else 1.0 if last.says_nothing else 0.0
    weight -= sum(w.common and not w.first and not w.surname for w in words[1:-1])
    return weight - (len(words) > 4)


def _weight_before(text: str, piece: Piece) -> float:
    if piece.before is Kind.TITLE:
        return 3.0
    if piece.before is Kind.ORGANISATION:
        return -1.5
    match = _WORD_BEFORE.search(text, max(0, piece.start - _CONTEXT), piece.start)
    word = match[1] if match else ""
    if word.lower() in word_list("titles"):
        return 2.0
    if text[max(0, piece.start - 2) : piece.start] == "& ":
        return -3.0
    return {"the": -2.0, "The": -2.0, "a": -1.5, "an": -1.5, "of": -0.5, "in": -1.0, "at": -1.0}.get(
        word, 0.0
    )


def _weight_after(text: str, end: int) -> float:
    if _AGE.match(text, end) or _WHO.match(text, end):
        return 2.5
    if _SAID.match(text, end):
        return 1.0
    bracketed = _IN_BRACKETS.match(text, end)
    if bracketed and _is_country(bracketed[1]):
        return 2.0
    apposition = _APPOSITION.match(text, end)
    return 2.0 if apposition and apposition[1] in word_list("titles") else 0.0


def _is_country(text: str) -> bool:
    known = traits(text)
    return known.place or known.nationality or known.acronym


# --- Linking: which mention is whose? ----------------------------------------------------------


@dataclass(slots=True)
class _Person:
    first: str
    surname: str
    full: list[Mention] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def called(self, first: str, surname: str) -> bool:
        """Whether the name is this person's: the same, with initials, or with a slip."""
        same_first = self.first == first or (
            self.first[0] == first[0] and 1 in (len(first), len(self.first))
        )
        return same_first and (self.surname == surname or is_slip(surname, self.surname))

    def found(self) -> FoundPerson:
        mentions = sorted(self.mentions)
        name = Counter(m.surface for m in sorted(self.full)).most_common(1)[0][0]
        surfaces = dict.fromkeys(m.surface for m in mentions)
        return FoundPerson(name, tuple(surfaces), len(mentions), mentions[0].start)


class _People:
    """The people of one text while their mentions are gathered."""

    def __init__(self) -> None:
        self._by_surname: defaultdict[str, list[_Person]] = defaultdict(list)
        self.spans: set[int] = set()

    @property
    def surnames(self) -> Collection[str]:
        return self._by_surname.keys()

    def add(self, mention: Mention, words: list[Word]) -> None:
        first, surname = words[0].traits.key, words[-1].traits.key
        person = next((p for p in self._all() if p.called(first, surname)), None)
        if person is None:
            person = _Person(first, surname)
            self._by_surname[surname].append(person)
        person.full.append(mention)
        person.mentions.append(mention)
        self.spans.add(mention.start)

    def nearest(self, surname: str, start: int) -> _Person:
        """Of several with one surname, the one last named in full before `start`."""
        people = self._by_surname[surname]
        return max(people, key=lambda p: max((m.start for m in p.full if m.start < start), default=-1))

    def found(self) -> list[FoundPerson]:
        return sorted((p.found() for p in self._all()), key=lambda person: person.start)

    def _all(self) -> Iterator[_Person]:
        for people in self._by_surname.values():
            yield from people


def is_slip(word: str, surname: str) -> bool:
    """One letter wrong, missing, extra or two swapped, in six or more; never the first letter.

    A plural ("the Clintons") is no slip.
    """
    if min(len(word), len(surname)) < 6 or word[0] != surname[0] or word == surname + "s":
        return False
    shorter, longer = sorted((word, surname), key=len)
    same = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    if len(longer) == len(shorter):
        a, b = shorter[same:], longer[same:]
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return len(longer) - len(shorter) == 1 and shorter[same:] == longer[same + 1 :]


def _link_surnames(text: str, runs: list[Run], people: _People) -> None:
    surnames = frozenset(people.surnames)
    lower_case_too: dict[str, bool] = {}
    for run in runs:
        for piece in _pieces(text, run, surnames):
            if len(piece.words) != 1 or piece.after is Kind.ORGANISATION:
                continue
            surname = _surname_meant(text, run, piece, surnames)
            if surname:
                person = people.nearest(surname, piece.start)
                person.mentions.append(_lone_mention(text, piece, person))


def _surname_meant(text: str, run: Run, piece: Piece, surnames: Collection[str]) -> str | None:
    word = piece.words[0].traits
    if word.key in surnames:
        return None if _rather_a_word(text, piece) else word.key
    if word.says_nothing or word.first or len(word.key) < 6:
        return None
    return next((s for s in surnames if is_slip(word.key, s)), None)


_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"“”'‘(–—-])[ \u00a0]*$")


def _rather_a_word(text: str, piece: Piece) -> bool:
    """A surname that is also a word or a town, where the text more likely means that."""
    word = piece.words[0].traits
    before = text[max(0, piece.start - 12) : piece.start]
    if word.place and re.search(r"\b(?:in|at|from|near|to) $", before):
        return True
    if word.function or word.common:
        spelt = text[piece.start : piece.end].lower()
        return bool(_SENTENCE_START.search(before)) and f" {spelt} " in text
    return False


def _lone_mention(text: str, piece: Piece, person: _Person) -> Mention:
    """The mention with its title or the particles of the surname: "President Medvedev"."""
    start, end = piece.start, piece.end
    if piece.title_start >= 0:
        return Mention(piece.title_start, end, text[piece.title_start : end])
    family = split_name(person.full[0].surface).family
    prefix = len(family) - (end - start)
    if prefix > 0 and text.startswith(family, start - prefix):
        start -= prefix
    return Mention(start, end, text[start:end])

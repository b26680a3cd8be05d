"""The pieces that titles, firms and the like cut a run of capitalised words into.

"NATO Secretary General Anders Fogh Rasmussen" is one run. It holds one piece that may be a name,
"Anders Fogh Rasmussen", with a title before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache

from archive.data import word_list
from archive.lexicon import Traits
from archive.name_runs import Run, Word


class Kind(Enum):
    """What a word is to the name that it stands beside or in."""

    NAME = auto()
    TITLE = auto()
    ORGANISATION = auto()
    OTHER = auto()


@dataclass(slots=True)
class Piece:
    """Words of a run that may be one name, and what cut them out of it on either side.

    titles_from: where the titles that stand directly before it begin, or -1; heading: the run's.
    """

    words: list[Word] = field(default_factory=list)
    before: Kind | None = None
    after: Kind | None = None
    titles_from: int = -1
    heading: bool = False

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def first(self) -> Traits:
        return self.words[0].traits

    @property
    def last(self) -> Traits:
        """The last word that is not "Jr" or a number."""
        names = [word.traits for word in self.words if not word.traits.numeral]
        return names[-1] if names else self.words[-1].traits


def cut(run: Run, known: Collection[str] = ()) -> Iterator[Piece]:
    """The pieces of a run; `known` keys are names here, whatever else they may be."""
    fixed = _covered_by_phrases(run)
    piece, titles_from = Piece(heading=run.heading), -1
    for at, word in enumerate(run.words):
        kind = Kind.OTHER if at in fixed else _kind(run, at, piece.words, known)
        if titles_from >= 0 and kind is not Kind.TITLE and _is_titled_name(run, at, piece.words):
            kind = Kind.NAME
        if kind is Kind.NAME and run.heading and len(piece.words) > 1 and word.traits.surely_first:
            # "Bernie Sanders Burns Hillary Clinton": another name begins.
            yield piece
            piece = Piece(before=Kind.OTHER, heading=True)
        if kind is Kind.NAME:
            piece.titles_from = piece.titles_from if piece.words else titles_from
            piece.words.append(word)
            continue
        if piece.words:
            piece.after = kind
            yield piece
            titles_from = -1
        titles_from = _titles_from(kind, word, titles_from)
        piece = Piece(before=kind, heading=run.heading)
    if piece.words:
        yield piece


def _is_titled_name(run: Run, at: int, piece: list[Word]) -> bool:
    """Whether behind a title a word is a name, whatever else it may be: the first of the last two,
    or the last behind a first name ("Secretary Ash Carter", "Senator Jeff Sessions")."""
    word = run.words[at].traits
    if word.function or word.acronym or word.nationality or run.heading:
        return False
    if piece:
        return _is_given(piece) and _ends_there(run, at)
    behind = [other.traits for other in run.words[at + 1 :]]
    return len(behind) == 1 and behind[0].surname and not (word.place or word.organisation)


def _titles_from(kind: Kind, word: Word, so_far: int) -> int:
    if kind is not Kind.TITLE:
        return -1
    return word.start if so_far < 0 else so_far


def _covered_by_phrases(run: Run) -> set[int]:
    """Which words belong to a name of several words that is known to be no person's."""
    covered: set[int] = set()
    if len(run.words) < 2:
        return covered
    keys = [word.traits.key for word in run.words]
    for at, key in enumerate(keys[:-1]):
        phrases = _phrases().get(key.partition(" ")[0], ())
        for size in (2, 3) if phrases else ():
            if " ".join(keys[at : at + size]) in phrases:
                covered.update(range(at, at + size))
    return covered


@cache
def _phrases() -> dict[str, set[str]]:
    """Names of several words that are no person's, by their first word."""
    phrases: dict[str, set[str]] = {}
    for phrase in word_list("places") | word_list("not_people"):
        opener, *others = phrase.split()
        if others:
            phrases.setdefault(opener, set()).add(phrase)
    return phrases


def _kind(run: Run, at: int, piece: list[Word], known: Collection[str]) -> Kind:
    word = run.words[at].traits
    if word.key in known or (piece and (word.numeral or word.particle)):
        return Kind.NAME
    if word.function or word.acronym:
        return Kind.OTHER
    return _kind_inside(run, at, piece) if piece else _kind_opening(run, at)


def _kind_opening(run: Run, at: int) -> Kind:
    """Of a word before which there is no name yet: it could be a first name."""
    word, left = run.words[at].traits, len(run.words) - at
    if word.title and not (word.first and left == 2):
        return Kind.TITLE
    if word.first or word.initials or (word.family_first and left in (2, 3)):
        return Kind.NAME
    if word.organisation:
        return Kind.ORGANISATION
    if word.seldom_first and not run.heading and left > 1:
        return Kind.NAME if run.words[at + 1].traits.could_be_surname else Kind.OTHER
    # In a heading everything is large: what is not known to be a name is a verb.
    unlikely = word.says_nothing or (run.heading and not word.surname)
    return Kind.OTHER if unlikely else Kind.NAME


def _ends_there(run: Run, at: int) -> bool:
    """Whether nothing but a number or a day follows: "James Baker III", "James Baker Monday"."""
    behind = run.words[at + 1 : at + 2]
    return all(word.traits.numeral or word.traits.nationality for word in behind)


def _is_given(words: list[Word]) -> bool:
    """Whether words are first names, perhaps with an initial."""
    first, *others = (word.traits for word in words)
    return first.surely_first and all(word.surely_first or word.initials for word in others)


def _kind_inside(run: Run, at: int, piece: list[Word]) -> Kind:
    """Of a word after a name has begun: it could be a surname."""
    word = run.words[at].traits
    ends = _ends_there(run, at)
    surname = word.surname and len(piece) < 3 and _is_given(piece)
    if word.title and not (surname and ends):
        return Kind.TITLE
    if word.organisation and not (surname and ends):
        return Kind.ORGANISATION
    if word.nationality and not surname:
        return Kind.OTHER
    unlikely = word.common or (len(piece) > 1 and not (word.first or word.surname))
    return Kind.OTHER if run.heading and unlikely and not surname else Kind.NAME

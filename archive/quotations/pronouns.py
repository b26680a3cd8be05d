"""Whom "he" and "she" mean: the person whom the sentence, or the ones before it, are about."""

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.data import word_list
from archive.lexicon import traits
from archive.quotations.grammar import VERBS
from archive.quotations.speakers import HE_AND_SHE, Place, Speakers, folded
from archive.quotations.speech import Words, main_subject
from archive.quotations.words import (
    QUOTED,
    QUOTED_STOP,
    REACH,
    Word,
    sentence_starts,
    words_between,
)

_NOBODY, _UNSURE = -1, -2
_FOLLOWING = re.compile(r"[ \u00a0]\w+(?:[ \u00a0]\w+)?")
_HE_OR_SHE = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_BEHIND_WORDS = re.compile(rf"[{QUOTED}{QUOTED_STOP}] (\w+) (?:[A-Z][\w.]* ){{0,2}}$")
_ASKS = re.compile(r"[ \u00a0](?:\w+[ \u00a0])?(?:asked|asks|pressed|questioned|challenged)\b")
_CLAUSE = re.compile(r"[,.;:]|\b(?:about|if|whether|why|what|how|that)\b")
_OPENING_PART = 160  # characters of a sentence in which its subject is looked for
_FARTHEST = 5  # sentences back in which a pronoun's person is looked for
_NEAR = 30  # characters between who asks and who is asked


class Pronouns:
    """The pronouns of a text whose people are known.

    text: with its quotations masked.
    """

    def __init__(self, text: str, speakers: Speakers) -> None:
        self._text = text
        self._speakers = speakers

    def meant_by(self, pronoun: Word) -> int | None:
        """The person whom the sentence, or the ones before it, are about."""
        if pronoun.lower == "who":
            near = self._speakers.between(pronoun.start - 60, pronoun.start)
            return near[-1].who if near else None
        if pronoun.lower not in HE_AND_SHE:
            return None
        end = pronoun.start
        for start in self._sentences_back(end):
            subject = main_subject(
                words_between(self._text, start, min(end, start + _OPENING_PART))
            )
            places = self._speakers.between(start, end)
            if not self._goes_on(subject, start, places):
                meant = self._meant(subject, places, pronoun.lower)
                if meant is not _NOBODY:
                    return None if meant is _UNSURE else meant
            end = start
        return None

    def _meant(self, subject: Words, places: Iterable[Place], pronoun: str) -> int:
        """Whom a pronoun means behind a sentence with that subject and these names in it.

        _NOBODY where it names nobody, _UNSURE where it may be one or another.
        """
        named = [
            place
            for place in places
            if not self._is_in_passing(place) and self._speakers.fits(place.who, pronoun)
        ]
        leading = [p for p in named if subject and subject[0].start <= p.start < subject[-1].end]
        speaking = [place for place in named if self._speaks(place)]
        if speaking:
            speaker = next((place for place in speaking if place in leading), speaking[-1])
            return _UNSURE if self._asks_another(speaker, named) else speaker.who
        titled = self._speakers.by_title(subject)
        if titled is not None and self._speakers.fits(titled, pronoun):
            return titled
        if leading:
            return leading[-1].who
        if len({place.who for place in named}) == 1 and not subject:
            return named[0].who
        return _UNSURE if named or _is_somebody(subject) else _NOBODY

    def _is_in_passing(self, place: Place) -> bool:
        """Whether something of theirs is meant: "Murdoch’s papers", "the Murdoch papers"."""
        if self._text[place.end : place.end + 2] in ("’s", "'s"):
            return True
        return self._text[max(0, place.start - 4) : place.start].lower() == "the "

    def _speaks(self, place: Place) -> bool:
        """Whether the name is followed by a verb of speech, or one stands before it and behind
        what is said."""
        following = _FOLLOWING.match(self._text, place.end)
        if following is not None and not VERBS.isdisjoint(following[0].lower().split()):
            return True
        said = _BEHIND_WORDS.search(self._text, max(0, place.start - _NEAR), place.start)
        return said is not None and said[1] in VERBS

    def _asks_another(self, place: Place, named: Iterable[Place]) -> bool:
        """Whether somebody there asks another person, who is then the one to answer."""
        asks = _ASKS.match(self._text, place.end)
        return asks is not None and any(
            0 <= other.start - asks.end() <= _NEAR and other.who != place.who
            for other in named
            if not _CLAUSE.search(self._text, asks.end(), other.start)
        )

    def _goes_on(self, subject: Words, start: int, places: Sequence[Place]) -> bool:
        """Whether a sentence is about the one that the sentence before was about: its subject is a
        pronoun, or it has none that we see, and a pronoun before it names anybody."""
        if subject or not places:
            return bool(subject) and subject[0].lower in HE_AND_SHE
        return _HE_OR_SHE.search(self._text, start, places[0].start) is not None

    def _sentences_back(self, at: int) -> Iterator[int]:
        """Where the sentence around a place begins, and those before it."""
        return iter(sentence_starts(self._text, max(0, at - 3 * REACH), at)[::-1][:_FARTHEST])


def _is_somebody(words: Words) -> bool:
    """Whether words that name nobody who is known may mean a person all the same."""
    if not words:
        return False
    if len(words) == 1:
        return _could_be_surname(words[0])
    is_titled = folded(words[-1].text) in word_list("titles")
    return is_titled or (words[0].is_capital and words[-1].is_capital)


def _could_be_surname(word: Word) -> bool:
    """Whether a single word may be somebody who is never called by a full name: "Cruz"."""
    known = traits(word.text)
    return word.is_capital and known.surname and known.could_be_surname

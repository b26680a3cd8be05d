"""The quotations of a text, each with its speaker where the text leaves no doubt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from archive.quotations.grammar import PRONOUNS
from archive.quotations.pronouns import Pronouns
from archive.quotations.spans import Span, quoted_spans
from archive.quotations.speakers import Named, Speakers
from archive.quotations.speech import (
    Told,
    Words,
    speaker_after,
    speaker_before,
    speaker_closing,
    speaker_in_headline,
)
from archive.quotations.words import REACH, after, before, masked

_FEW, _SHORT = 3, 4  # words in a title; letters in those that are small even there
_NEAR = 200  # characters between a quotation and the one that goes on with it


class How(StrEnum):
    """What told the speaker."""

    NAME = "name"
    TITLE = "title"
    PRONOUN = "pronoun"
    CONTINUED = "continued"
    UNTOLD = ""


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Quoted words: text[start:end], without the marks.

    surface: the words for the speaker as the text has them, "" where it names none; speaker: the
    name of the one of the people who is meant, "" where that is not sure.
    """

    start: int
    end: int
    text: str
    surface: str = ""
    speaker: str = ""
    how: How = How.UNTOLD


def find_quotations(text: str, people: Sequence[Named] = ()) -> list[FoundQuotation]:
    """The quotations of a text in its order; people: those whom it names.

    Precision before recall: where nothing tells the speaker, none is given. Words in quotation
    marks that nobody is said to say are quotations only if they are more than a name or two.
    """
    spans = quoted_spans(text)
    if not spans:
        return []
    found = _Attribution(text, spans, people).found()
    return [one for one in found if one.surface or _says_something(one.text)]


def _says_something(words: str) -> bool:
    """Whether words are more than a name, a title or a word that is held at arm's length."""
    split = words.split()
    in_title_case = words[0].isupper() and not any(w.islower() for w in split if len(w) > _SHORT)
    return len(split) > _FEW and not in_title_case


class _Attribution:
    def __init__(self, text: str, spans: list[Span], people: Sequence[Named]) -> None:
        self._text = text
        self._spans = spans
        self._masked = masked(text, spans)
        self._people = people
        self._speakers = Speakers(self._masked, people)
        self._pronouns = Pronouns(self._masked, self._speakers)

    def found(self) -> list[FoundQuotation]:
        found: list[FoundQuotation] = []
        for at, span in enumerate(self._spans):
            lead = before(self._masked, span.opened)
            found.append(self._attributed(span, self._beside(span, lead)))
            if not found[at].surface and not lead:
                found[at] = self._carried_on(at, found)
        for at in range(len(found) - 2, -1, -1):
            if self._spans[at].goes_on and not found[at].surface and found[at + 1].surface:
                found[at] = _by_the_same(found[at], found[at + 1])
        return found

    def _beside(self, span: Span, lead: Words) -> Told:
        """Whom the sentence around a quotation tells to be its speaker; lead: what precedes it."""
        tail = after(self._masked, span.closed)
        if self._text[span.end - 1] != "." or (tail and tail[0].text == ","):
            named = (() if lead else speaker_in_headline(tail)) or speaker_after(tail)
        else:
            named = () if lead else speaker_closing(tail)
        return Told(named) if named else speaker_before(lead)

    def _carried_on(self, at: int, found: list[FoundQuotation]) -> FoundQuotation:
        """A quotation that opens its sentence: the speaker is the one before it, or said so."""
        span, one = self._spans[at], found[at]
        if at and self._is_near(self._spans[at - 1], span):
            return _by_the_same(one, found[at - 1])
        end = len(self._masked[max(0, span.opened - REACH) : span.opened].rstrip())
        end += max(0, span.opened - REACH)
        return self._attributed(span, speaker_before(before(self._masked, end)))

    def _is_near(self, last: Span, span: Span) -> bool:
        """Whether no more than the words for the speaker stand between two quotations."""
        between = self._masked[last.closed : span.opened]
        return last.goes_on or (len(between) < _NEAR and between.count("\n\n") <= 1)

    def _attributed(self, span: Span, told: Told) -> FoundQuotation:
        one = FoundQuotation(span.start, span.end, self._text[span.start : span.end])
        if not told.words:
            return one
        who, how = self._who(told.words)
        if told.guessed and who is None and how is not How.PRONOUN:
            return one
        surface = self._text[told.words[0].start : told.words[-1].end]
        speaker = "" if who is None else self._people[who].name
        return replace(one, surface=surface, speaker=speaker, how=how)

    def _who(self, words: Words) -> tuple[int | None, How]:
        if words[0].lower in PRONOUNS:
            who = self._pronouns.meant_by(words[0])
            if who is not None and words[0].lower != "who":  # which tells of somebody in passing
                self._speakers.name_at(words[0], who)
            return who, How.PRONOUN
        who = self._speakers.by_name(words)
        if who is not None:
            return who, How.NAME
        who = self._speakers.by_apposition(words)
        if who is None:
            who = self._speakers.by_title(words)
        return who, How.NAME if who is None else How.TITLE


def _by_the_same(one: FoundQuotation, other: FoundQuotation) -> FoundQuotation:
    how = How.CONTINUED if other.surface else How.UNTOLD
    return replace(one, surface=other.surface, speaker=other.speaker, how=how)

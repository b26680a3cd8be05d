"""Real quotation marks for texts that were typed with straight ones.

Nothing but quotation marks and apostrophes ever changes, each into one character: what stood at a
place in the text stands there still. The text is plain text; whoever puts it on a page escapes it.
"""

import re
from typing import NamedTuple


class Marks(NamedTuple):
    """How a language opens and closes quotations, and quotations inside of them."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


MARKS = {
    "en": Marks("“", "”", "‘", "’"),
    "de": Marks("„", "“", "‚", "‘"),
    "ru": Marks("«", "»", "„", "“"),
}
"""French sets spaces inside of its marks, Hebrew writes straight ones inside of words: a language
that is not here keeps what it has."""

APOSTROPHE = "’"

STRAIGHT = "\"'"

_MARKS = re.compile("[\"'“”‘’„‚«»]")
"""Straight marks, and those that are set already."""

_OPENED = frozenset("([{–—-/“‘„‚«‹")
"""What may stand before an opening mark, beside spaces and the beginning."""

_ELIDED = re.compile(r"'(?:\d\ds?|tis|twas|em|n|til|cause)\b", re.IGNORECASE)
"""Words that begin with an apostrophe: '97, 'tis, rock 'n' roll."""

_CLOSING_SINGLE = re.compile(r"(?<=\S)'(?!\w)")


def curled(text: str, language: str = "en") -> str:
    """`text`, one paragraph, with the quotation marks of its language (BCP 47) for straight ones.

    What is no quotation stays straight: feet and inches, and marks that stand alone. Linear in the
    length of the text. Idempotent.
    """
    if '"' not in text and "'" not in text:
        return text
    marks = MARKS.get(language.partition("-")[0].lower())
    if not marks:
        return text
    signs = list(text)
    doubles = _Doubles(marks.opening, marks.closing)
    singles = _Singles(marks.inner_opening, marks.inner_closing, text)
    for found in _MARKS.finditer(text):
        place = _Place.of(text, found.start(), signs)
        if place.sign not in STRAIGHT:
            doubles.pass_by(place)
            singles.pass_by(place)
        else:
            signs[place.at] = (doubles if place.sign == '"' else singles).read(place)
    return "".join(signs)


class _Place(NamedTuple):
    """A straight mark, and the characters on both sides of it: "" at the ends of the text.

    before: as it was curled. can_open, can_close: is the mark against the word behind, before it?
    """

    at: int
    sign: str
    before: str
    after: str
    can_open: bool
    can_close: bool

    @classmethod
    def of(cls, text: str, at: int, curled: list[str]) -> "_Place":
        before = curled[at - 1] if at else ""
        after = text[at + 1 : at + 2]
        can_open = bool(after.strip()) and (not before.strip() or before in _OPENED)
        return cls(at, text[at], before, after, can_open, bool(before.strip()))


class _Doubles:
    """Reads the double marks of a text, one after the other."""

    def __init__(self, opening: str, closing: str) -> None:
        self._opening, self._closing = opening, closing
        self._is_open = False

    def pass_by(self, place: _Place) -> None:
        """A mark that is set already."""
        if place.sign in (self._opening, self._closing):
            self._is_open = place.sign == self._opening

    def read(self, place: _Place) -> str:
        """The mark for a straight one, or itself."""
        if place.can_open and not (self._is_open and _ends_word(place)):
            self._is_open = True
            return self._opening
        if not place.can_close or place.after.isalnum():
            return place.sign
        if place.before.isdigit() and not self._is_open:
            return place.sign  # inches
        self._is_open = False
        return self._closing


class _Singles:
    """As `_Doubles`, with single marks: half of them are apostrophes."""

    def __init__(self, opening: str, closing: str, text: str) -> None:
        self._opening, self._closing = opening, closing
        self._text = text
        self._is_open = False
        # What opens behind the last mark that could close it is an apostrophe.
        self._last = max((found.start() for found in _CLOSING_SINGLE.finditer(text)), default=-1)

    def pass_by(self, place: _Place) -> None:
        """A mark that is set already."""
        if place.sign == self._opening:
            self._is_open = True
        elif place.sign == self._closing and not place.after.isalnum():
            self._is_open = False

    def read(self, place: _Place) -> str:
        if place.before.isalnum() and place.after.isalnum():
            is_feet = place.before.isdigit() and place.after.isdigit()
            return place.sign if is_feet else APOSTROPHE
        if place.can_open and not (self._is_open and _ends_word(place)):
            return self._begin(place)
        if not place.can_close or (place.before.isdigit() and not self._is_open):
            return place.sign  # feet, or alone
        if self._is_open:
            self._is_open = False
            return self._closing
        return APOSTROPHE

    def _begin(self, place: _Place) -> str:
        if place.at > self._last or _ELIDED.match(self._text, place.at):
            return APOSTROPHE
        self._is_open = True
        return self._opening


def _ends_word(place: _Place) -> bool:
    """Does a mark that could open stand behind a word all the same, as in "well-" he said?"""
    return not place.after.isalnum()

"""Why an article was found, as a reader is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.document import Entry, IndexDocument
from search.hand import known_day
from search.language import tree
from search.language.unparse import unparse
from search.parts.chips import facet_kind
from search.request import Facet, SearchRequest
from search.why import Place, Reason, Reasons, Sighting

WORDS_OF_A_PLACE = 8
"""Different ones that are shown; a beginning may have hundreds."""

LONGEST = 80
"""Characters that are shown of one of them."""

LONGEST_QUOTATION = 400
"""Characters that are shown of a quotation."""

Called = Mapping[str, Sequence[str]]
"""How the text itself calls people, by slug."""


class Shown(NamedTuple):
    """What an article has, and what is to be said of it. quoted: these are words of its text."""

    words: str
    notes: tuple[str, ...] = ()
    quoted: bool = False


class Line(NamedTuple):
    """What one place has. `more`: how many different words are not shown."""

    place: str
    shown: Sequence[Shown]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a search, as it was asked for, and where the article has it."""

    asked: str
    lines: Sequence[Line]


class Telling:
    """Tells of one article why a request finds it."""

    def __init__(self, request: SearchRequest, typed: str, article: IndexDocument, called: Called):
        """typed: the words of the search, whatever they were taken for."""
        self._typed, self._article, self._called = typed, article, called
        self._named = {tree.Phrase(person.name, tree.Field.PERSON) for person in request.named}

    def told(self, reasons: Reasons) -> list[Told]:
        return [Told(self._asked(one.part), list(self._lines(one))) for one in reasons]

    def _asked(self, part: tree.Node | Facet) -> str:
        if isinstance(part, Facet):
            return _("chosen: %(kind)s") % {"kind": facet_kind(part)}
        return self._typed if part in self._named else unparse(part)

    def _lines(self, reason: Reason) -> Iterator[Line]:
        match reason.part:
            case tree.Dated() if self._article.day:
                yield Line(_("Date"), [Shown(known_day(self._article.day, self._article.unit))])
            case tree.Undated():
                yield Line(_("Date"), [Shown(_("unknown"))])
            case tree.Not(part):
                yield Line(_("Nowhere"), [Shown(unparse(part), quoted=True)])
        for place, seen in groupby(reason.sightings, lambda one: one.place):
            shown = list(self._shown(reason, list(seen)))
            more = max(len(shown) - WORDS_OF_A_PLACE, 0)
            yield Line(place_name(place), shown[:WORDS_OF_A_PLACE], more)

    def _shown(self, reason: Reason, seen: Sequence[Sighting]) -> Iterator[Shown]:
        """Of names each bearer once: by the name in full, if that is among them."""
        full = {one.entry for one in seen if one.entry and one.words == one.entry.name}
        for one in seen:
            if one.place is Place.SAID:
                by = [one.entry.name] if one.entry else []
                yield Shown(Truncator(one.words).chars(LONGEST_QUOTATION), tuple(by), quoted=True)
            elif not one.entry:
                yield Shown(Truncator(one.words).chars(LONGEST), tuple(of_words(one)), quoted=True)
            elif one.words == one.entry.name or one.entry not in full:
                yield Shown(one.entry.name, tuple(self._of_name(reason, one, one.entry)))

    def _of_name(self, reason: Reason, seen: Sighting, bearer: Entry) -> Iterator[str]:
        if reason.part in self._named:
            yield _("whose name your words were taken for")
        if seen.words != bearer.name:
            yield _("also known as “%(name)s”") % {"name": seen.words}
        surfaces = self._called.get(bearer.slug, ()) if seen.place is Place.PERSON else ()
        if others := [surface for surface in surfaces if surface != bearer.name]:
            names = ", ".join(in_marks(surface) for surface in others[:WORDS_OF_A_PLACE])
            yield _("called %(names)s in the text") % {"names": names}


def in_marks(words: str) -> str:
    return _("“%(words)s”") % {"words": words}


def of_words(seen: Sighting) -> Iterator[str]:
    if seen.differs:
        yield _("another form")
    if seen.times > 1:
        yield ngettext("%(count)d time", "%(count)d times", seen.times) % {"count": seen.times}


def place_name(place: Place) -> str:
    return {
        Place.HEADLINE: _("Headline"),
        Place.STANDFIRST: _("Standfirst"),
        Place.TEXT: _("Text"),
        Place.SAID: _("Quotation"),
        Place.PERSON: _("Person"),
        Place.QUOTED: _("Quoted"),
        Place.TAG: _("Tag"),
        Place.SECTION: _("Section"),
        Place.SOURCE: _("Source"),
        Place.BYLINE: _("Byline"),
    }[place]

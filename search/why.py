"""Why an article was found: where it has what a search asks for.

Decided from one document by the rules by which an engine decides from its index. It reads the whole
text, so it is for one article that somebody asks about, never for a page of results.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from search.document import Entry, IndexDocument, entries_of
from search.language import tree
from search.language.words import fold, query_terms, stem
from search.numbered import Found, Numbered
from search.quoted import is_true_of
from search.request import Facet, SearchRequest


class Place(StrEnum):
    """Part of an article, as readers know them."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    TEXT = "text"
    SAID = "said"
    PERSON = "person"
    QUOTED = "quoted"
    TAG = "tag"
    SECTION = "section"
    SOURCE = "source"
    BYLINE = "byline"


class Part(NamedTuple):
    """A text of an article, and whom or what it is a name of."""

    place: Place
    text: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What stands in an article for a part of a search.

    words: as they stand there; of the name of an `entry` all of it; of a quotation all of it as
    well, and the `entry` is the speaker.
    differs: they are not the words asked for, but another form of them.
    """

    place: Place
    words: str
    times: int = 1
    entry: Entry | None = None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a query, or a facet with a choice, and where the article has it.

    Without sightings: a date that the article has, or what it was to be without.
    """

    part: tree.Node | Facet
    sightings: tuple[Sighting, ...] = ()


Reasons = tuple[Reason, ...]


def reasons(request: SearchRequest, article: IndexDocument) -> Reasons | None:
    """What the article answers to, each once, in the order asked; None if it is not found.

    Of alternatives those that hold.
    """
    by_words = Looked(article).reasons(tree.every([request.query.tree, days_asked(request)]))
    facets = [facet for facet in Facet if request.chosen(facet)]
    by_choice = [found for facet in facets if (found := choice(facet, request, article))]
    is_of_unit = request.unit in (None, article.unit)
    if by_words is None or len(by_choice) < len(facets) or not is_of_unit:
        return None
    return tuple(dict.fromkeys((*by_words, *by_choice)))


def days_asked(request: SearchRequest) -> tree.Node:
    if request.undated:
        return tree.Undated()
    if request.start or request.end:
        return tree.Dated(request.start, request.end)
    return tree.Everything()


def choice(facet: Facet, request: SearchRequest, article: IndexDocument) -> Reason | None:
    """What the article has of the values chosen in a facet; None if that is not enough."""
    chosen = set(request.chosen(facet))
    found = {entry.slug: entry for entry in entries_of(article)[facet] if entry.slug in chosen}
    if not found or (facet is Facet.PERSON and request.all_people and len(found) < len(chosen)):
        return None
    place = Place(facet)
    return Reason(facet, tuple(Sighting(place, one.name, entry=one) for one in found.values()))


class Looked:
    """One article, looked through for parts of a query. Each of its fields is analysed once."""

    def __init__(self, article: IndexDocument) -> None:
        self._article = article
        self._fields: dict[tree.Field | None, tuple[list[Part], Numbered]] = {}

    def reasons(self, node: tree.Node) -> Reasons | None:
        """As the function of that name."""
        match node:
            case tree.Everything():
                return ()
            case tree.And(parts):
                held = [found for part in parts if (found := self.reasons(part)) is not None]
                return together(held) if len(held) == len(parts) else None
            case tree.Or(parts):
                held = [found for part in parts if (found := self.reasons(part)) is not None]
                return together(held) if held else None
            case tree.Not(part):
                return (Reason(node),) if self.reasons(part) is None else None
            case tree.Dated() | tree.Undated():
                return (Reason(node),) if is_of(node, self._article) else None
            case tree.Quoted(part):
                said = tuple(self._quotations(part))
                return (Reason(node, said),) if said else None
            case _:
                seen = tuple(self._sightings(node))
                return (Reason(node, seen),) if seen else None

    def _quotations(self, part: tree.Node) -> Iterator[Sighting]:
        for quote in dict.fromkeys(self._article.quotes):
            if is_true_of(part, quote):
                yield Sighting(Place.SAID, quote.words, entry=quote.speaker)

    def _sightings(self, leaf: tree.Worded) -> Iterator[Sighting]:
        """Those that differ by case or accents alone are one."""
        parts, numbered = self._field(leaf.field)
        same: defaultdict[tuple[Place, Entry | None, str], list[Sighting]] = defaultdict(list)
        for found in numbered.having(leaf):
            one = sighting(leaf, parts[found[0].text], found, parts)
            same[one.place, one.entry, fold(one.words)].append(one)
        for first, *others in same.values():
            yield replace(first, times=1 + len(others))

    def _field(self, field: tree.Field | None) -> tuple[list[Part], Numbered]:
        if field not in self._fields:
            parts = list(parts_of(self._article, field))
            form = stem if field in (None, tree.Field.HEADLINE) else str
            self._fields[field] = parts, Numbered((part.text for part in parts), form)
        return self._fields[field]


def together(several: Iterable[Reasons]) -> Reasons:
    return tuple(reason for some in several for reason in some)


def is_of(wanted: tree.Dated | tree.Undated, article: IndexDocument) -> bool:
    """Whether the article is of one of the days, whichever of its month or year it may be of; of an
    unknown day, if that is wanted."""
    known = article.period
    if isinstance(wanted, tree.Undated) or known is None:
        return isinstance(wanted, tree.Undated) and known is None
    return (wanted.start or known.start) <= known.start and known.end <= (wanted.end or known.end)


def sighting(leaf: tree.Worded, part: Part, found: Found, parts: Sequence[Part]) -> Sighting:
    """part: where the first word stands."""
    if part.entry:
        return Sighting(part.place, part.text, entry=part.entry)
    words = " … ".join(parts[one.text].text[one.start : one.end] for one in found)
    differs = isinstance(leaf, tree.Word | tree.Phrase) and letters(words) != letters(leaf.text)
    return Sighting(part.place, words, differs=differs)


def letters(text: str) -> str:
    """All that makes a difference in a text, but where its words are joined."""
    return "".join(query_terms(text))


def parts_of(article: IndexDocument, field: tree.Field | None) -> Iterator[Part]:
    """The texts that are searched for a word of this field."""
    match field:
        case None:
            yield Part(Place.HEADLINE, article.headline)
            yield Part(Place.STANDFIRST, article.standfirst)
            yield Part(Place.TEXT, article.body)
        case tree.Field.HEADLINE:
            yield Part(Place.HEADLINE, article.headline)
        case tree.Field.BYLINE:
            yield Part(Place.BYLINE, article.byline)
        case _:
            for entry in entries_of(article)[Facet(field)]:
                for name in (entry.name, *entry.aliases):
                    yield Part(Place(field), name, entry)

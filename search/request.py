"""What is asked of a search and what it answers: values without engine's types or ORM objects."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from search.language.notes import QueryNote
from search.language.parser import Parsed, parse
from search.language.periods import Period, Unit, around


class Facet(StrEnum):
    """A property that matching articles are counted by. Date has a histogram of its own."""

    PERSON = "person"
    QUOTED = "quoted"
    TAG = "tag"
    SECTION = "section"
    SOURCE = "source"


PEOPLE = frozenset({Facet.PERSON, Facet.QUOTED})
"""The facets whose values are people: mentioned, quoted."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Grain(StrEnum):
    """How wide the histogram's bars are, as the engine counts them."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """How much of one facet is wanted: its most frequent values, or those with `like` in the name.

    Values that are chosen are always answered, also with a count of 0.
    """

    facet: Facet
    limit: int = 20
    like: str = ""


FACETS = (
    FacetRequest(Facet.PERSON),
    FacetRequest(Facet.QUOTED),
    FacetRequest(Facet.TAG),
    FacetRequest(Facet.SECTION),
    FacetRequest(Facet.SOURCE),
)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search, complete: the parsed query, what is chosen in the facets, order and window.

    Values chosen in one facet are alternatives (any of them), except people with `all_people`.
    `start` and `end` are days, both included; of an article of which only the month or the year is
    known all days have to lie between them. `undated` asks for articles without a date alone.
    `unit` asks for those alone whose dates are known to it and no better; without a date, to a day.
    `share` asks for `everything` beside the dates of what is found. `named`: whose name the words
    were taken for, so that what mentions them is found too.
    """

    query: Parsed = field(default_factory=lambda: parse(""))
    people: tuple[str, ...] = ()
    all_people: bool = False
    quoted: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    undated: bool = False
    unit: Unit | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[FacetRequest, ...] = FACETS
    grain: Grain = Grain.MONTH
    share: bool = False
    named: tuple["PersonName", ...] = ()

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """The values chosen in one facet: slugs."""
        match facet:
            case Facet.PERSON:
                return self.people
            case Facet.QUOTED:
                return self.quoted
            case Facet.TAG:
                return self.tags
            case Facet.SECTION:
                return self.sections
            case Facet.SOURCE:
                return self.sources


class FacetCount(NamedTuple):
    """How many matching articles carry one value of a facet."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs
    chosen: bool = False


class DateCount(NamedTuple):
    """How many matching articles fall into the month or day that begins at `start`."""

    start: date
    count: int  # type: ignore[assignment]  # as in FacetCount


Periods = tuple[tuple[date, int], ...]
"""DateCounts without their names. An answer has hundreds: bare pairs take a quarter of the time."""


class Spread(NamedTuple):
    """How articles spread over time: how many there are of each month or day.

    periods: ascending, without empty ones. wider: how many there are of each longer period, of
    which no more is known than that: of a year; where days are counted, of a month as well. By
    their first day, of those that begin together the longer first.
    """

    periods: Periods = ()
    wider: tuple[tuple[Period, int], ...] = ()

    def known_to(self, unit: Unit) -> Periods:
        """The periods, and of the wider ones those that are no longer than a unit, by their first
        day. Behind one another: what is counted by them comes in no order.
        """
        if not self.wider:
            return self.periods
        fitting = (
            (period.start, count)
            for period, count in self.wider
            if period.end <= around(period.start, unit).end
        )
        return (*self.periods, *fitting)


NOTHING = Spread()


class Match(NamedTuple):
    """One matching article as an engine knows it. The score is 0.0 where nothing was scored."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine answers.

    matches: the window asked for, in order. total: exact, however small the window.
    facets: by `Facet` value, falling count, then label; a facet's counts are those of the search
    without that facet's own choice (except people with `all_people`, where choosing narrows).
    spread: of the articles that match everything.
    undated: matching articles without a date, counted as if no dates were asked for.
    """

    total: int
    matches: tuple[Match, ...]
    facets: dict[Facet, tuple[FacetCount, ...]]
    spread: Spread
    undated: int

    @property
    def dates(self) -> tuple[DateCount, ...]:
        """The periods of the spread, each by name."""
        return tuple(map(DateCount._make, self.spread.periods))


class PersonName(NamedTuple):
    name: str
    slug: str


class Hit(NamedTuple):
    """One result, ready to be shown. `headline` and `snippet` are HTML: escaped, then marked.

    unit: how exactly its date is known; of a month or a year `published` is the beginning.
    """

    id: int
    external_id: str
    url: str
    headline: str
    snippet: str
    published: datetime | None
    source: str
    section: str
    people: tuple[PersonName, ...]
    score: float
    unit: Unit = Unit.DAY


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results with everything around it.

    suggestion: another query that finds something, where this one finds nothing; "" if none.
    everything: as spread, of all public articles in the days asked for, if the share was.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: dict[Facet, tuple[FacetCount, ...]]
    spread: Spread
    undated: int
    notes: tuple[QueryNote, ...]
    suggestion: str = ""
    everything: Spread = NOTHING

    @property
    def dates(self) -> tuple[DateCount, ...]:
        """The periods of the spread, each by name."""
        return tuple(map(DateCount._make, self.spread.periods))


class SuggestionKind(StrEnum):
    PERSON = "person"
    TAG = "tag"
    WORDS = "words"
    HEADLINES = "headlines"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for instead of typing on.

    text: as it is shown; for words the whole query with the last word completed.
    value: the query to search for, or the person's or tag's slug.
    count: how many public articles it finds.
    """

    kind: SuggestionKind
    text: str
    value: str
    count: int

"""What the whole archive holds, for its home page."""

from dataclasses import dataclass
from datetime import date

from search.browse.anniversary import YearsDay, nearest, same_day, with_firsts
from search.browse.catalogue import Catalogue
from search.browse.days import Days, YearCount, years_of
from search.request import Facet, FacetCount, FacetRequest, Grain, SearchRequest

YEARS_OF_TODAY = 5

FACETS = (
    FacetRequest(Facet.SECTION, limit=12),
    FacetRequest(Facet.PERSON, limit=12),
    FacetRequest(Facet.TAG, limit=18),
)


@dataclass(frozen=True, slots=True)
class Glance:
    """How many articles there are, in which years, and under what; and a day to remember.

    day: today, or the nearest day of the year that has articles; None if none is dated.
    on_day: what appeared on it, the latest years first.
    """

    total: int
    years: list[YearCount]
    facets: dict[Facet, tuple[FacetCount, ...]]
    today: date
    day: date | None
    on_day: list[YearsDay]

    @property
    def is_today(self) -> bool:
        today = self.today
        return self.day is not None and (self.day.month, self.day.day) == (today.month, today.day)


def glance(catalogue: Catalogue, today: date) -> Glance:
    """Raises IndexUnavailable."""
    answer = catalogue.answer(SearchRequest(limit=0, facets=FACETS, grain=Grain.DAY))
    day, found = day_to_remember(answer.spread.periods, today)
    return Glance(
        total=answer.total,
        years=years_of(answer.spread),
        facets=answer.facets,
        today=today,
        day=day,
        on_day=with_firsts(catalogue, found[:YEARS_OF_TODAY]),
    )


def day_to_remember(days: Days, today: date) -> tuple[date | None, Days]:
    """Today in other years; where nothing appeared, the nearest day on which something did."""
    day: date | None = today
    if not (found := same_day(days, today)) and (day := nearest(days, today)):
        found = same_day(days, day)
    return day, found

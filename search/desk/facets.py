"""The counts beside the list, each from whoever has it for the least.

The engine counts what it holds, exactly, unless something is chosen that it does not know. The rest
is counted in the database among the articles of the window. Where nothing at all was chosen, that
would be the newest, so each value is counted by itself, as far as an index goes.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import intcomma

from search.desk.counting import AT_MOST, Counted, among_window, counted, grouped
from search.desk.filters import (
    SHOWN,
    DeskFilter,
    EngineFilter,
    FacetFilter,
    YearFilter,
)
from search.language.periods import Unit
from search.request import Answer

if TYPE_CHECKING:
    from search.desk.changelist import DeskChangeList

YEARS_SHOWN = 20


class Counts:
    """What the filters of one list show."""

    def __init__(self, changelist: "DeskChangeList") -> None:
        self._list = changelist

    def labels(self, spec: DeskFilter) -> Iterator[tuple[str, str]]:
        """The values to choose from, each with its name and its count, as far as it is known."""
        counts = {found.value: found for found in self._counts[spec.parameter_name]}
        names: dict[str, str] = {value: str(label) for value, label in spec.options.items()}
        if not names:
            names = {value: spec.named(found.label) for value, found in counts.items()}
            if spec.value:
                names.setdefault(spec.value, spec.named(spec.value))
        for value, name in names.items():
            yield value, labelled(name, counts.get(value) or self._none(spec, value))

    def _none(self, spec: DeskFilter, value: str) -> Counted | None:
        """No article, where that is known: all were counted, with no other value chosen."""
        known = self._list.listing.complete and not spec.value and not self._list.about.trouble
        return Counted(value, "", 0) if known else None

    @cached_property
    def _counts(self) -> dict[str, list[Counted]]:
        found: dict[str, list[Counted]] = {}
        together: list[DeskFilter] = []
        singly: list[DeskFilter] = []
        answer, listing = self._list.answer, self._list.listing
        for spec in self._list.filter_specs:
            if answer and isinstance(spec, EngineFilter):
                found[spec.parameter_name] = of_engine(answer, spec)
            elif isinstance(spec, EngineFilter) or listing.complete or not self._list.everything:
                together.append(spec)
            else:
                singly.append(spec)
        return {**found, **self._of_window(together), **self._one_by_one(singly)}

    def _of_window(self, specs: list[DeskFilter]) -> dict[str, list[Counted]]:
        """Of the window if it holds all; else of its beginning, which says: at least so many."""
        listing = self._list.listing
        parts = [
            (spec.parameter_name, part) for spec in specs for part in spec.grouped(among_window())
        ]
        window = listing.first() if listing.complete else listing.first(AT_MOST)
        found = grouped(window, parts) if parts else {}
        if listing.complete:
            return found
        return {name: [one._replace(at_least=True) for one in few] for name, few in found.items()}

    def _one_by_one(self, specs: list[DeskFilter]) -> dict[str, list[Counted]]:
        """Of a list of all articles."""
        articles = self._list.listing.articles
        asked = {
            (spec, value): spec.within_reach(articles, value).filter(spec.condition(value))
            for spec in specs
            for value in spec.candidates()
        }
        found: dict[str, list[Counted]] = {spec.parameter_name: [] for spec in specs}
        for (spec, value), count in (counted(asked) if asked else {}).items():
            at_least = count > AT_MOST or spec.is_windowed(value)
            found[spec.parameter_name].append(Counted(value, value, min(count, AT_MOST), at_least))
        return found


def of_engine(answer: Answer, spec: EngineFilter) -> list[Counted]:
    if isinstance(spec, FacetFilter):
        return [Counted(*found[:3]) for found in answer.facets[spec.facet][:SHOWN]]
    return years_of(answer) if isinstance(spec, YearFilter) else []


def years_of(answer: Answer) -> list[Counted]:
    """The latest years that have any."""
    years = Counter[int]()
    for start, count in answer.spread.known_to(Unit.YEAR):
        years[start.year] += count
    return [Counted(str(year), str(year), years[year]) for year in sorted(years, reverse=True)][
        :YEARS_SHOWN
    ]


def labelled(name: str, found: Counted | None) -> str:
    """As Django writes its facets: “News (214)”; “News (1,000+)” where it may be more."""
    if found is None:
        return name
    return f"{name} ({intcomma(found.count)}{'+' if found.at_least else ''})"

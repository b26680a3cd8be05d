"""The address of a search page, read and written: what stands in it is all of the page's state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from search.histogram import grain_of
from search.language.dates import DateNotUnderstoodError, doubt, parse_period
from search.language.limits import MAX_TYPED
from search.language.parser import parse
from search.language.periods import Period, describe, in_digits
from search.request import (
    PEOPLE,
    Facet,
    FacetRequest,
    SearchRequest,
    Sort,
    Suggestion,
    SuggestionKind,
)
from search.showing import View

VALUES_SHOWN = 10
CHOSEN_PER_FACET = 20
SLUG_LENGTH = 200


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date field: what was typed into it and how that is understood."""

    text: str = ""
    period: Period | None = field(init=False, compare=False, default=None)
    """The days that the text stands for; None where it is empty or no date."""
    error: str = field(init=False, compare=False, default="")
    doubt: str = field(init=False, compare=False, default="")

    def __post_init__(self) -> None:
        if not self.text:
            return
        try:
            object.__setattr__(self, "period", parse_period(self.text, timezone.localdate()))
            object.__setattr__(self, "doubt", doubt(self.text))
        except DateNotUnderstoodError as error:
            object.__setattr__(self, "error", str(error))


@dataclass(frozen=True, slots=True)
class SearchForm:
    """Everything that a reader chose; reading the `query` of a form that was read gives it again.

    Nothing in an address is an error: what makes no sense is left out, and `notes` or the date's
    own `error` say so.
    """

    q: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    all_people: bool = False
    since: TypedDate = TypedDate()
    until: TypedDate = TypedDate()
    undated: bool = False
    share: bool = False
    sort: Sort | None = None
    view: View = View.LIST
    page: int = 1
    notes: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, data: QueryDict) -> Self:
        # One character more than the parser reads, so that it is the parser who says so.
        q = data.get("q", "").strip()[: MAX_TYPED + 1].strip()
        values = {facet: slugs(data, facet) for facet in Facet}
        since, until = in_order(typed_date(data, "from"), typed_date(data, "to"))
        view = view_of(data.get("view", ""))
        return cls(
            q=q,
            chosen={facet: few[:CHOSEN_PER_FACET] for facet, few in values.items() if few},
            all_people=data.get("people") == "all",
            since=since,
            until=until,
            undated=bool(data.get("undated")) and not (since.text or until.text),
            share=data.get("chart") == "share",
            sort=sort_of(data.get("sort", ""), view.orders(q)),
            view=view,
            page=page_of(data.get("page", ""), view),
            notes=tuple(too_many(values)),
        )

    @property
    def start(self) -> date | None:
        return self.since.period.start if self.since.period else None

    @property
    def end(self) -> date | None:
        return self.until.period.end if self.until.period else None

    @property
    def order(self) -> Sort:
        """The order of the results: as chosen; else the view's own."""
        return self.sort or self.orders[0]

    @property
    def orders(self) -> tuple[Sort, ...]:
        """Those to choose from, the default first."""
        return self.view.orders(self.q)

    @property
    def query(self) -> str:
        """The address's query string; what is empty or the default is left out."""
        return urlencode(list(self.parameters()))

    @property
    def url(self) -> str:
        query = self.query
        return f"{search_path()}?{query}" if query else search_path()

    def parameters(self) -> Iterator[tuple[str, str]]:
        yield from ((name, value) for name, value in (("q", self.q),) if value)
        for facet in Facet:
            yield from ((facet.value, slug) for slug in self.chosen.get(facet, ()))
        optional = {
            "people": "all" if self.all_people else "",
            "from": self.since.text,
            "to": self.until.text,
            "undated": "1" if self.undated else "",
            "chart": "share" if self.share else "",
            "sort": "" if self.order is self.orders[0] else self.order.value,
            "view": "" if self.view is View.LIST else self.view.value,
            "page": "" if self.page == 1 else str(self.page),
        }
        yield from ((name, value) for name, value in optional.items() if value)

    def to_request(self) -> SearchRequest:
        """What is asked of an engine; for a timeline without any articles (see `timeline`)."""
        limit = 0 if self.view is View.TIMELINE else self.view.per_page
        return SearchRequest(
            query=parse(self.q, timezone.localdate()),
            people=self.chosen.get(Facet.PERSON, ()),
            all_people=self.all_people,
            quoted=self.chosen.get(Facet.QUOTED, ()),
            tags=self.chosen.get(Facet.TAG, ()),
            sections=self.chosen.get(Facet.SECTION, ()),
            sources=self.chosen.get(Facet.SOURCE, ()),
            start=self.start,
            end=self.end,
            undated=self.undated,
            sort=self.order,
            offset=(self.page - 1) * limit,
            limit=limit,
            facets=tuple(FacetRequest(facet, VALUES_SHOWN) for facet in Facet),
            grain=grain_of(self.start, self.end),
            share=self.share,
        )

    def but(self, **changes: Any) -> Self:
        """The same search with some fields changed, from its first page."""
        return replace(self, **{"page": 1, **changes})

    def on_page(self, number: int) -> Self:
        return replace(self, page=number)

    def with_value(self, facet: Facet, slug: str) -> Self:
        values = self.chosen.get(facet, ())
        return self.but(chosen={**self.chosen, facet: tuple(dict.fromkeys((*values, slug)))})

    def without_value(self, facet: Facet, slug: str) -> Self:
        kept = tuple(value for value in self.chosen.get(facet, ()) if value != slug)
        return self.but(chosen={**self.chosen, facet: kept})

    def with_people_now(self, slugs: Mapping[str, str]) -> Self:
        """The same page with some of the chosen people by other slugs."""
        chosen = dict(self.chosen)
        for facet in PEOPLE & chosen.keys():
            chosen[facet] = tuple(dict.fromkeys(slugs.get(slug, slug) for slug in chosen[facet]))
        return replace(self, chosen=chosen)

    def without_dates(self) -> Self:
        return self.but(since=TypedDate(), until=TypedDate(), undated=False)

    def within(self, period: Period) -> Self:
        """The same search in other days, written no longer than is exact: 2009, 2009-12."""
        first, last = in_digits(period)
        return self.but(since=TypedDate(first), until=TypedDate(last), undated=False)

    def words_alone(self) -> Self:
        """The same words without any filter."""
        return type(self)(q=self.q, sort=self.sort, view=self.view)

    @property
    def filtered(self) -> bool:
        return any(self.chosen.values()) or self.undated or bool(self.start or self.end)

    @property
    def dates_in_words(self) -> str:
        """The range as it was understood: “December 2009”, “from 1 March 2008”; "" without one."""
        match self.start, self.end:
            case (None, None):
                return ""
            case (None, date() as end):
                return _("until %(day)s") % {"day": describe(Period(end, end))}
            case (date() as start, None):
                return _("from %(day)s") % {"day": describe(Period(start, start))}
            case (date() as start, date() as end):
                return describe(Period(start, end))
        return ""


def search_path() -> str:
    return _search_path(get_script_prefix())


@lru_cache(maxsize=1)
def _search_path(script_prefix: str) -> str:
    return reverse("search:search")


def choose(form: SearchForm, suggestion: Suggestion) -> SearchForm:
    """The search that a suggestion leads to: a person or a tag takes the place of the words."""
    match suggestion.kind:
        case SuggestionKind.WORDS | SuggestionKind.HEADLINES:
            return form.but(q=suggestion.value)
        case SuggestionKind.PERSON:
            return form.but(q="").with_value(Facet.PERSON, suggestion.value)
        case SuggestionKind.TAG:
            return form.but(q="").with_value(Facet.TAG, suggestion.value)


def view_of(text: str) -> View:
    return next((view for view in View if view.value == text), View.LIST)


def sort_of(text: str, orders: tuple[Sort, ...]) -> Sort | None:
    """The one of the orders that is asked for; None where that is the first, or none of them."""
    return next((sort for sort in orders[1:] if sort.value == text), None)


def page_of(text: str, view: View) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) < 9
    return min(max(int(text), 1), view.last_page) if plain else 1


def slugs(data: QueryDict, facet: Facet) -> tuple[str, ...]:
    """The values chosen in one facet, each once, in the order of the address."""
    found = (value.strip()[:SLUG_LENGTH] for value in data.getlist(facet.value))
    return tuple(dict.fromkeys(value for value in found if value))


def typed_date(data: QueryDict, name: str) -> TypedDate:
    return TypedDate(data.get(name, "").strip()[:SLUG_LENGTH])


def in_order(since: TypedDate, until: TypedDate) -> tuple[TypedDate, TypedDate]:
    """Both dates, the earlier one first: who wrote them the wrong way round meant that."""
    if since.period and until.period and since.period.start > until.period.end:
        return until, since
    return since, until


def too_many(values: Mapping[Facet, tuple[str, ...]]) -> Iterator[str]:
    for facet, chosen in values.items():
        if len(chosen) > CHOSEN_PER_FACET:
            words = _("Only the first %(count)d of those chosen under %(facet)s are searched by.")
            yield words % {"count": CHOSEN_PER_FACET, "facet": facet_name(facet)}


def facet_name(facet: Facet) -> str:
    return {
        Facet.PERSON: _("People"),
        Facet.QUOTED: _("Quoted"),
        Facet.TAG: _("Tags"),
        Facet.SECTION: _("Sections"),
        Facet.SOURCE: _("Sources"),
    }[facet]

"""The list of articles at the desk: found by the engine where words are typed, else by the
database, and never by looking at a whole table.
"""

from functools import cached_property
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.models import Article, Right
from archive.rights import has_right
from archive.selectors import kept_from
from search.desk.about import About
from search.desk.facets import Counts
from search.desk.filters import DeskFilter, EngineFilter
from search.desk.listing import WINDOW, Found, Listing, Rows
from search.desk.shelves import answer_at_the_desk
from search.engines.base import IndexUnavailable
from search.language.parser import parse
from search.plain.looking import Looked, look
from search.request import FACETS, Answer, SearchRequest, Sort
from search.upkeep.mending import mend_soon

SORTS = {"": Sort.NEWEST, "desc": Sort.NEWEST, "asc": Sort.OLDEST}
DATE = "published"


class DeskChangeList(ChangeList):
    """See the module. `listing` is what is listed, `answer` what the engine says of the same.

    answer: None where something is chosen that the engine does not know, or where there is no
    index. understood: what was asked of it, as it was taken. trouble: why it could not be asked.
    looked: then, where words were typed, what the database was looked through for them.
    """

    filter_specs: list[DeskFilter]  # type: ignore[assignment]  # the admin has no others
    answer: Answer | None
    listing: Listing
    understood: SearchRequest
    looked: Looked | None = None

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self._request = request
        self.trouble = ""
        super().__init__(request, *args, **kwargs)

    @property
    def words(self) -> str:
        return str(self.query).strip()

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Article]:
        """All that an action may reach."""
        articles = self.filtered()
        self.understood = self.asked()
        found = self._ask()
        self.answer = None if self.beyond_the_engine else found
        self.listing = self._listed(articles, found)
        return self.listing.articles

    def filtered(self, but: DeskFilter | None = None) -> QuerySet[Article]:
        """The articles under all filters (without one of them), whatever the words."""
        excluded = but.expected_parameters() if but else None
        query, self.query = self.query, ""  # Django would search by it here
        try:
            articles: QuerySet[Article] = super().get_queryset(self._request, excluded)
        finally:
            self.query = query
        for spec in self.filter_specs:
            if (
                spec.value
                and spec.is_windowed(spec.value)
                and spec.expected_parameters() != excluded
            ):
                reach = articles if self.words else spec.within_reach(articles, spec.value)
                articles = reach.filter(spec.condition(spec.value))
        return articles

    @property
    def everything(self) -> bool:
        """Is the list that of all articles, by no choice?"""
        return not self.words and not self.get_filters_params()

    @property
    def beyond_the_engine(self) -> bool:
        """Is anything chosen, or kept from this account, that only the database knows?"""
        if not has_right(self._request.user, Right.EDIT_ANY):
            return True  # see `articles_for`
        known = {
            spec.parameter_name for spec in self.filter_specs if isinstance(spec, EngineFilter)
        }
        return not known.issuperset(self.get_filters_params())

    @property
    def order(self) -> str | None:
        """How the chosen column is sorted, if that is the date; "" for none; None for others."""
        columns = self.get_ordering_field_columns() if self.params.get("o") else {}
        if not columns:
            return ""
        column, direction = next(iter(columns.items()))
        return str(direction) if self.list_display[column] == DATE else None

    def asked(self) -> SearchRequest:
        """The same as a search, as far as an engine can be asked for it."""
        ranked = self.words and self.order in ("", None)
        request = SearchRequest(
            query=parse(self.words),
            sort=Sort.RELEVANCE if ranked else SORTS[self.order or ""],
            limit=WINDOW if self.words else 0,
            facets=() if self.beyond_the_engine else FACETS,
        )
        for spec in self.filter_specs:
            if spec.value and isinstance(spec, EngineFilter):
                request = spec.narrowed(request)
        return request

    def get_results(self, request: HttpRequest) -> None:
        """One page; Django's own would count and list without an end."""
        pages: Any = self.listing  # a paginator counts it and cuts slices
        paginator = self.model_admin.get_paginator(request, pages, self.list_per_page)
        self.paginator = paginator
        self.result_count = paginator.count
        self.multi_page = self.result_count > self.list_per_page
        try:
            page = paginator.page(self.page_num if self.multi_page else 1)
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        self.result_list = page.object_list
        self.show_full_result_count = self.can_show_all = False
        self.full_result_count = self.result_count  # so that Django leaves it to `about`
        self.show_admin_actions = bool(self.result_count)

    @cached_property
    def counts(self) -> Counts:
        return Counts(self)

    @cached_property
    def about(self) -> About:
        return About(self)

    def _ask(self) -> Answer | None:
        """What the engine finds, where it is needed."""
        if self.beyond_the_engine and not self.words:
            return None
        try:
            self.understood, answer = answer_at_the_desk(
                self.understood, kept_from(self._request.user)
            )
        except IndexUnavailable as error:
            mend_soon(error)
            self.trouble = str(error)
            return None
        return answer

    def _listed(self, articles: QuerySet[Article], found: Answer | None) -> Listing:
        if not self.words:
            return Rows(articles, by_date=self.order is not None)
        if found is None:
            self.looked = look(articles, self.understood, WINDOW)
            return Found(articles, self.looked.found, len(self.looked.found), ranked=False)
        ids = [match.id for match in found.matches]
        ranked = self.order == ""
        # Of an order by date each shelf has the first; the database puts them together.
        window = ids if self.order else ids[:WINDOW]
        listing = Found(articles, window, found.total, ranked=ranked)
        return listing.narrowed() if self.beyond_the_engine else listing

"""The page of a search without an index: a list of articles, the newest first, and no counts."""

from dataclasses import dataclass, replace

from django.utils import timezone

from archive.models import Article
from archive.selectors import current_slugs, newest_articles
from search.forms import SearchForm, TypedDate
from search.hydration import hydrate
from search.plain.looking import look
from search.plain.names import names_of
from search.request import NOTHING, PEOPLE, Match, SearchPage
from search.showing import View
from search.timeline import pages_of


@dataclass(frozen=True, slots=True)
class PlainPage:
    """The form as it was answered and its page, whose total is of the articles looked at.

    looked_at: how many these were. is_whole: are they all? further: the address of the same search
    among those behind them, where it has one and this page is not full.
    """

    form: SearchForm
    page: SearchPage
    looked_at: int
    is_whole: bool
    further: str


def answer_plainly(form: SearchForm) -> PlainPage:
    """The page asked for; the last one where there are not that many."""
    form = as_list(form)
    asked = form.to_request()
    looked = look(newest_articles(), asked, asked.offset + asked.limit + 1)
    page = SearchPage(
        request=asked,
        total=len(looked.found),
        hits=(),
        facets=names_of(form),
        spread=NOTHING,
        undated=0,
        notes=asked.query.notes,
    )
    form = form.on_page(min(form.page, pages_of(form, page)))
    first = form.to_request().offset
    shown = looked.found[first : first + asked.limit]
    page = replace(
        page,
        request=form.to_request(),
        hits=hydrate(asked.query.tree, [Match(id, 0.0) for id in shown]),
    )
    is_full = len(looked.found) > first + asked.limit
    further = "" if looked.last is None or is_full else until_day_of(form, looked.last)
    return PlainPage(form, page, looked.looked_at, looked.last is None, further)


def as_list(form: SearchForm) -> SearchForm:
    """The search without the one view that takes an index, and of people who were renamed or merged
    by their slugs of today.
    """
    slugs = [slug for facet in PEOPLE for slug in form.chosen.get(facet, ())]
    form = form.with_people_now(current_slugs(slugs)) if slugs else form
    return form.but(view=View.LIST) if form.view is View.TIMELINE else form


def until_day_of(form: SearchForm, article: int) -> str:
    """The same search up to the day of an article; "" where that has none, or is of no one day."""
    reached = Article.objects.filter(pk=article).values_list("first_published", flat=True).first()
    day = timezone.localdate(reached).isoformat() if reached else ""
    return form.but(until=TypedDate(day)).url if day != form.until.text else ""

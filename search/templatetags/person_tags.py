"""What the page of a person tells beside the articles."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import template

from archive.models import Article, Person
from archive.selectors import articles_by_id
from search.browse.catalogue import Catalogue
from search.browse.company import Company, company
from search.browse.days import YearCount, years_of
from search.browse.kinds import PEOPLE
from search.hand import hand
from search.request import FacetCount, SearchRequest, Sort

register = template.Library()


@register.simple_tag
def company_of(
    catalogue: Catalogue, person: Person, year: int | None, beside: list[FacetCount]
) -> Company:
    """beside: who else is mentioned in the person's articles, of the year if one is chosen."""
    asked = PEOPLE.request(person.slug)
    if year:
        asked = replace(asked, start=date(year, 1, 1), end=date(year, 12, 31))
    return company(catalogue, asked, person.name, beside)


@register.simple_tag
def first_and_last(catalogue: Catalogue, person: Person) -> list[Article]:
    """The first and the last article that mention the person; one where they are the same."""
    asked = replace(PEOPLE.request(person.slug), facets=(), limit=1)
    ends = [catalogue.answer(replace(asked, sort=sort)) for sort in (Sort.OLDEST, Sort.NEWEST)]
    ids = dict.fromkeys(match.id for answer in ends for match in answer.matches)
    return [article for article in articles_by_id(list(ids)) if article.first_published]


@register.simple_tag
def coverage(catalogue: Catalogue, years: list[YearCount]) -> list[dict[str, Any]]:
    """Of each year: the articles, and which share of all articles of the year they are."""
    answer = catalogue.answer(SearchRequest(limit=0, facets=()))
    of_all = dict(years_of(answer.spread))
    return [
        {"year": year, "articles": count, "share": hand().percent(count, of_all.get(year, 0))}
        for year, count in years
        if count
    ]

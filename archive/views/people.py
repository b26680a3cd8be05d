"""The people of the record, and one person with their articles."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive import selectors

ARTICLES_PER_PAGE = 30
PEOPLE_PER_PAGE = 100


@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody whom a public article mentions, A to Z, or those of one letter."""
    people = selectors.public_people()
    letters = selectors.initials(people)
    asked = request.GET.get("letter", "")
    letter = asked if asked in letters else ""
    chosen = people.filter(key__startswith=letter) if letter else people
    context = {
        "letter": letter,
        "letters": letters,
        "page": Paginator(chosen, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "archive/people.html", context)


@require_safe
def person_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One person and every public article that mentions them."""
    person = get_object_or_404(selectors.public_people(), slug=slug)
    articles = selectors.public_articles().filter(mentions__person=person)
    context = {
        "person": person,
        "aliases": person.aliases.all(),
        "years": selectors.year_counts(articles),
        "page": Paginator(articles.select_related("section", "source"), ARTICLES_PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "archive/person.html", context)

"""What a person says, on pages of its own."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models import Article, Person, Quotation
from archive.said import Shown, quotations_by, to_read
from archive.selectors import public_people
from search.browse.crumbs import Crumb, canonical
from search.browse.kinds import PEOPLE
from search.browse.paging import Paging
from search.forms import SearchForm
from search.language.lexer import MARKS
from search.language.tree import Field, Phrase
from search.language.unparse import unparse
from search.views import public_page

QUOTED_FIRST = 3
"""Quotations on a person's first page."""

PER_PAGE = 30
SAID = _("Quotations")


class Quoted(NamedTuple):
    """A quotation with the article that it is from."""

    article: Article
    shown: Shown


@public_page
def said(request: HttpRequest, slug: str) -> HttpResponse:
    """All that a person says in public articles, the newest first."""
    person = public_people().filter(slug=slug).first()
    if person is None:
        return redirect("browse:person", slug=slug)  # which knows former slugs
    found = quotations_by(person)
    paging = Paging.of(request.GET.get("page", ""), PER_PAGE, found.count())
    context = {
        "subject": person,
        "said": list(quoted(found[paging.offset : paging.offset + PER_PAGE])),
        "paging": paging,
        "search": search_url(person),
        "trail": [
            Crumb(str(PEOPLE.title), reverse(PEOPLE.list)),
            Crumb(str(person), person.get_absolute_url()),
            Crumb(str(SAID)),
        ],
        "canonical": canonical(request, page=paging.current),
    }
    return render(request, "browse/said.html", context)


def search_url(person: Person) -> str:
    """The search among what a person says: more words can be asked of the same quotation."""
    name = " ".join(re.split(rf"[{MARKS}\s]+", person.name)).strip()
    return SearchForm(q=unparse(Phrase(name, Field.BY))).url


def quoted(quotations: Iterable[Quotation]) -> Iterator[Quoted]:
    for one in quotations:
        yield from (Quoted(one.article, shown) for shown in to_read(one.article, [one]))

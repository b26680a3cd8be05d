"""What was chosen, and the ways back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.forms import SearchForm
from search.request import Facet, SearchPage


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was chosen, and the address of the same search without it."""

    kind: str
    label: str
    url: str


def chips(form: SearchForm, page: SearchPage) -> list[Chip]:
    """Everything that narrows the search except its words."""
    found = [
        Chip(facet_kind(facet), label_of(page, facet, slug), form.without_value(facet, slug).url)
        for facet in Facet
        for slug in form.chosen.get(facet, ())
    ]
    if form.undated:
        found.append(Chip(_("Date"), _("undated"), form.without_dates().url))
    elif form.dates_in_words:
        found.append(Chip(_("Date"), form.dates_in_words, form.without_dates().url))
    return found


def label_of(page: SearchPage, facet: Facet, slug: str) -> str:
    """The name of a chosen value; its slug where nothing is known by it."""
    labels = {found.value: found.label for found in page.facets.get(facet, ())}
    return labels.get(slug, slug)


def facet_kind(facet: Facet) -> str:
    """One value's kind: the word on its chip."""
    return {
        Facet.PERSON: _("Person"),
        Facet.TAG: _("Tag"),
        Facet.SECTION: _("Section"),
        Facet.SOURCE: _("Source"),
    }[facet]

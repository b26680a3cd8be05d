"""What was chosen, and the ways back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.forms import SearchForm
from search.request import Facet, SearchPage


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was chosen, and the same search without it."""

    kind: str
    label: str
    form: SearchForm

    @property
    def url(self) -> str:
        return self.form.url


def chips(form: SearchForm, page: SearchPage) -> list[Chip]:
    """Everything that narrows the search except its words."""
    found = [
        Chip(facet_kind(facet), label_of(page, facet, slug), form.without_value(facet, slug))
        for facet in Facet
        for slug in form.chosen.get(facet, ())
    ]
    if form.undated:
        found.append(Chip(_("date"), _("undated"), form.without_dates()))
    elif form.dates_in_words:
        found.append(Chip(_("date"), form.dates_in_words, form.without_dates()))
    return found


def label_of(page: SearchPage, facet: Facet, slug: str) -> str:
    """The name of a chosen value; its slug where nothing is known by it."""
    labels = {found.value: found.label for found in page.facets.get(facet, ())}
    return labels.get(slug, slug)


def facet_kind(facet: Facet) -> str:
    """One value's kind: the word on its chip."""
    return {
        Facet.PERSON: _("person"),
        Facet.QUOTED: _("quoted"),
        Facet.TAG: _("tag"),
        Facet.SECTION: _("section"),
        Facet.SOURCE: _("source"),
    }[facet]

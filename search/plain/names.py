"""What is chosen in the facets, by name, as far as public articles have it."""

from django.db.models import Exists, Model, OuterRef

from archive.models import Person, Section, Source, Tag
from archive.selectors import public_articles
from search.forms import SearchForm
from search.plain.conditions import known
from search.request import Facet, FacetCount

CARRIED: dict[Facet, tuple[type[Model], str]] = {
    Facet.PERSON: (Person, "mentions__person"),
    Facet.QUOTED: (Person, "quotations__speaker"),
    Facet.TAG: (Tag, "tags"),
    Facet.SECTION: (Section, "section"),
    Facet.SOURCE: (Source, "source"),
}
"""Of each facet what its values are, and where an article has them."""


def names_of(form: SearchForm) -> dict[Facet, tuple[FacetCount, ...]]:
    """The chosen values that are known; nobody has counted them."""
    return {facet: chosen(facet, slugs) for facet, slugs in form.chosen.items()}


def chosen(facet: Facet, slugs: tuple[str, ...]) -> tuple[FacetCount, ...]:
    model, path = CARRIED[facet]
    carrying = public_articles().filter(**{path: OuterRef("pk")}).order_by()
    found = model._default_manager.filter(Exists(carrying), slug__in=known(slugs))
    return tuple(
        FacetCount(slug, name, 0, True) for slug, name in found.values_list("slug", "name")
    )

"""What articles are filed under, as far as each kind has pages of its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.models import Person, Section, Tag
from search.request import Facet, FacetRequest, SearchRequest, Sort

PEOPLE_BESIDE = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """People, sections or tags: a page that lists them, and a page for each."""

    facet: Facet
    model: type[Person | Section | Tag]
    list: str  # the name of the page that lists them
    page: str  # the name of the page of one of them
    title: str | Promise
    within: str | Promise  # what is looked for within it

    def request(self, slug: str) -> SearchRequest:
        """All that is filed under one of them, the newest first, and the people besides."""
        return SearchRequest(
            people=(slug,) if self.facet is Facet.PERSON else (),
            sections=(slug,) if self.facet is Facet.SECTION else (),
            tags=(slug,) if self.facet is Facet.TAG else (),
            # Whoever is counted with a person is mentioned in the same articles.
            all_people=True,
            sort=Sort.NEWEST,
            facets=(FacetRequest(Facet.PERSON, limit=PEOPLE_BESIDE + 1),),
        )


PEOPLE = Kind(
    Facet.PERSON, Person, "browse:people", "browse:person", _("People"), _("Find a person")
)
SECTIONS = Kind(
    Facet.SECTION, Section, "browse:sections", "browse:section", _("Sections"), _("Find a section")
)
TAGS = Kind(Facet.TAG, Tag, "browse:tags", "browse:tag", _("Tags"), _("Find a tag"))

"""A small record for the tests of how the index follows it, and a look at both sides."""

from collections.abc import Callable

from archive.models import Article, Person, Section, Tag
from search import get_engine
from search.engines.base import Shelf
from search.models import IndexChange
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, TagFactory


def article(headline: str = "Flood in Port Almond", **fields: object) -> Article:
    """An article, undated and public unless something else is said."""
    return ArticleFactory(**{"headline": headline, "published": None} | fields)


def person(name: str) -> Person:
    return PersonFactory(name=name)


def tag(name: str) -> Tag:
    return TagFactory(name=name)


def section(name: str) -> Section:
    return SectionFactory(name=name)


def in_outbox() -> set[int]:
    """The ids of the articles that wait, were set aside or were applied for a rebuild."""
    return set(IndexChange.objects.values_list("article_id", flat=True))


def marked_by(change: Callable[[], object]) -> set[int]:
    """The ids of the articles for which `change` left a row."""
    IndexChange.objects.all().delete()
    change()
    return in_outbox()


def held(shelf: Shelf = Shelf.PUBLIC) -> list[int]:
    """The ids of the articles on a shelf of the live index."""
    return [id for id, _ in get_engine().contents(shelf)]

"""A small record for the tests of how the index follows it."""

from collections.abc import Callable, Iterable

from archive.models import Article, Mention, Person, Section, Source, Status, Tag
from search import get_engine
from search.engines.base import Shelf
from search.models import IndexChange


def article(
    headline: str = "Flood in Port Almond",
    *,
    people: Iterable[str] = (),
    tags: Iterable[str] = (),
    **fields: object,
) -> Article:
    """An article, public unless `status` says otherwise, with people and tags by name."""
    source, _ = Source.objects.get_or_create(name="Courier", slug="courier")
    defaults = {"source": source, "headline": headline, "status": Status.PUBLISHED}
    made = Article.objects.create(**defaults | fields)
    for name in people:
        Mention.objects.create(article=made, person=person(name))
    made.tags.add(*[tag(name) for name in tags])
    return made


def person(name: str) -> Person:
    return Person.objects.get_or_create(name=name, slug=slug(name))[0]


def tag(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name, slug=slug(name))[0]


def section(name: str) -> Section:
    return Section.objects.get_or_create(name=name, slug=slug(name))[0]


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


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

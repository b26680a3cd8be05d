"""A look at both sides of how the index follows the record: the outbox, and what an index holds."""

from collections.abc import Callable

from search import get_engine
from search.engines.base import Shelf
from search.models import IndexChange


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

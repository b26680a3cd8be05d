"""What the database remembers of its index.

Without that, a folder that was lost would be begun anew, empty, and nobody would know; one of
another database, or one of last week, would be searched.

A row for each generation that is ours: two, while one takes the place of the other.
"""

from search.engines.base import Position
from search.models import IndexGeneration
from search.shelving import settled_article


class DatabaseLedger:
    """See `engines.base.Ledger`."""

    def knows(self, position: Position) -> bool:
        ours = IndexGeneration.objects.filter(name=position.generation)
        return ours.filter(commits__lte=position.commits).exists()

    def is_new(self) -> bool:
        """Does each article wait to be indexed? Then an empty index lacks nothing for long."""
        return not settled_article()

    def add(self, position: Position) -> None:
        IndexGeneration.objects.update_or_create(
            name=position.generation, defaults={"commits": position.commits}
        )

    def keep_only(self, generation: str) -> None:
        IndexGeneration.objects.exclude(name=generation).delete()


def reached(position: Position) -> None:
    """The index has come so far: an older state of it is not ours any more."""
    ours = IndexGeneration.objects.filter(name=position.generation)
    ours.update(commits=position.commits)

"""What the index should hold of each article: its document as it is now, on the right shelf."""

from collections.abc import Iterator

from django.db import Error as DatabaseProblem
from django.db.models import Exists, OuterRef

from archive.models import Article
from search.engines.base import Change, Engine, EngineBusy, IndexUnavailable, Rebuild, Shelf
from search.models import IndexChange
from search.reading import Names, documents

# What is no article's fault, so that none is blamed for it.
HOUSE_PROBLEMS = (EngineBusy, IndexUnavailable, DatabaseProblem, OSError, MemoryError)


def changes_of(ids: list[int], names: Names | None = None) -> list[Change]:
    """What the index has to learn about these articles, in a fixed number of queries.

    names: of a run that reads them all; else everything is read as it is now. An article that is
    published meanwhile cannot reach the public shelf with the text of its draft: see `documents`.
    """
    found = {
        document.id: Change(document.id, document, Shelf.PUBLIC if is_public else Shelf.DESK)
        for document, is_public in documents(ids, names or Names())
    }
    return [found.get(id) or Change(id) for id in ids]


def readable_changes(ids: list[int], names: Names) -> list[Change]:
    """As `changes_of`, where what cannot be read at all should not be in the index."""
    try:
        return changes_of(ids, names)
    except HOUSE_PROBLEMS:
        raise
    except Exception:  # noqa: BLE001  the drainer meets it again and says what it was
        if len(ids) == 1:
            return [Change(ids[0])]
        middle = len(ids) // 2
        return readable_changes(ids[:middle], names) + readable_changes(ids[middle:], names)


def article_ids(chunk: int) -> Iterator[list[int]]:
    """The ids of all articles, ascending, `chunk` at a time; no query stays open meanwhile."""
    last = 0
    while ids := list(
        Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:chunk]
    ):
        yield ids
        last = ids[-1]


def teach(engine: Engine, ids: list[int]) -> dict[int, Exception]:
    """Bring the index to what these articles are now. Returns those it refused, and why.

    A refused article leaves the index: what the index held of it is no longer true. If not one is
    taken, an article that was taken before decides whose fault that is; the engine's own failure
    is raised. Call it under `Engine.writing`.
    """
    refused = update(engine, ids)
    if len(refused) == len(ids):
        engine.update(changes_of(settled_article()))
    if refused:
        engine.update([Change(id) for id in refused])
    return refused


def update(index: Engine | Rebuild, ids: list[int]) -> dict[int, Exception]:
    """As `teach`, but no questions asked: who is refused stays in `index` as it was.

    An update is all or nothing, so a batch that fails is halved until the bad article is alone.
    """
    try:
        index.update(changes_of(ids))
    except HOUSE_PROBLEMS:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, it is kept with the article
        if len(ids) == 1:
            return {ids[0]: error}
        middle = len(ids) // 2
        return update(index, ids[:middle]) | update(index, ids[middle:])
    return {}


def settled_article() -> list[int]:
    """The id of an article that the index holds as it is; nothing where there is none."""
    in_outbox = IndexChange.objects.filter(article_id=OuterRef("pk"))
    settled = Article.objects.filter(~Exists(in_outbox)).order_by("-pk")
    return list(settled.values_list("pk", flat=True)[:1])

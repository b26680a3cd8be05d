"""How the index follows the database: a row for each change, drained into the index.

The rows are written by database triggers in the transaction of the change, so none is lost. They
are deleted after the index has committed, so dying anywhere only means doing a batch again. In
between, searches hide what waits here and is not public (`hidden_ids`).
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet
from django.utils import timezone

from archive.models import Article
from archive.selectors import came_due, due_between, public_articles
from search import ledger
from search.engines import get_engine
from search.engines.base import EngineBusy, IndexUnavailable
from search.models import DueMark, IndexChange
from search.prepared import Given, Prepared
from search.shelving import teach
from search.upkeep.purging import purge_soon

logger = logging.getLogger(__name__)

COMMAND_WAIT = 60.0  # seconds that a command waits for whoever is writing the index
REQUEST_WAIT = 5.0
REQUEST_BATCH = 100  # articles that a web request indexes at most: a quarter of a second
ROWS_PER_ARTICLE = 8  # what a new article usually leaves: itself, its people, its tags


@dataclass(frozen=True, slots=True)
class Drained:
    """What became of a batch, in articles: in the index now, set aside with an error.

    more: do others wait? How many would take longer to count than a batch to index.
    """

    applied: int
    set_aside: int
    more: bool = False


def drain(limit: int = 500, wait: float = COMMAND_WAIT) -> Drained:
    """Bring the index up to date with what is due and with the articles that waited longest.

    Call it outside of any transaction: committing the index must not keep the database locked.
    Raises EngineBusy if another writer is not done after `wait` seconds, IndexUnavailable, and
    whatever the engine raises when it fails altogether; the rows wait then.
    """
    note_due()
    engine = get_engine()
    refused: dict[int, Exception] = {}
    with engine.writing(wait):
        if rows := claim(limit):
            refused = teach(engine, list(rows))
            # Asked after the articles were read: a rebuild that begins later reads them later.
            keep = engine.rebuilding()
            with transaction.atomic():
                settle(rows, refused, keep=keep)
                ledger.reached(engine.position())
    return Drained(len(rows) - len(refused), len(refused), waiting().exists())


def drain_all(progress: Callable[[int, int], None] | None = None, chunk: int = 2000) -> Drained:
    """Drain until nothing waits, `chunk` articles at a time. progress: (articles done, in all)."""
    applied = set_aside = 0
    total = waiting_articles()
    while True:
        batch = drain(chunk)
        applied += batch.applied
        set_aside += batch.set_aside
        if progress:
            done = applied + set_aside
            progress(done, max(done, total))
        if not batch.more:
            return Drained(applied, set_aside)


def waiting() -> QuerySet[IndexChange]:
    """The rows that the live index has yet to learn of, without those set aside."""
    return IndexChange.objects.filter(applied=False, error="")


def waiting_articles() -> int:
    return waiting().values("article_id").distinct().count()


def set_aside() -> QuerySet[IndexChange]:
    """One row for each article that could not be indexed, with the reason."""
    return IndexChange.objects.exclude(error="")


def claim(limit: int) -> dict[int, list[int]]:
    """The ids of all rows of the next `limit` articles, by article.

    Half of them may be articles that the index knows and that changed: an editor's correction is
    not to wait for the thousands that an import adds. The others have waited longest.

    Exactly these rows are finished later. Never "all rows up to": on PostgreSQL a transaction that
    commits late brings rows with smaller ids. A row that was set aside goes with the newer ones.
    """
    oldest = waiting().order_by("pk").values_list("article_id", flat=True)
    found = chain(changed()[: limit // 2], oldest[: limit * ROWS_PER_ARTICLE])
    ids = list(islice(dict.fromkeys(found), limit))
    changes = IndexChange.objects.filter(applied=False, article_id__in=ids).order_by("pk")
    return by_article(changes.values_list("pk", "article_id"))


def changed() -> QuerySet[IndexChange, int]:
    """The articles that wait and that the index may know, by id: an index of the database has them
    in this order, without those that are new."""
    rows = waiting().filter(hides=True).order_by("article_id")
    return rows.values_list("article_id", flat=True).distinct()


def by_article(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """The ids of these rows, by article. pairs: (row, article)."""
    rows: dict[int, list[int]] = {}
    for row, id in pairs:
        rows.setdefault(id, []).append(row)
    return rows


def settle(rows: dict[int, list[int]], refused: dict[int, Exception], *, keep: bool) -> None:
    """Finish the claimed rows: one stays for each refused article, with the error.

    keep: mark the others as applied instead of deleting them, for the rebuild to replay.
    """
    done = [row for id, own in rows.items() for row in (own[:-1] if id in refused else own)]
    with transaction.atomic():
        for id, error in refused.items():
            logger.error("Article %s cannot be indexed and was set aside.", id, exc_info=error)
            reason = f"{type(error).__name__}: {error}"
            kept = IndexChange.objects.filter(pk=rows[id][-1])
            kept.update(applied=False, hides=True, error=reason)
        for start in range(0, len(done), 1000):
            finished = IndexChange.objects.filter(pk__in=done[start : start + 1000])
            finished.update(applied=True, error="") if keep else finished.delete()


def note(ids: list[int]) -> None:
    """Have these articles indexed again."""
    for start in range(0, len(ids), 1000):
        part = ids[start : start + 1000]
        IndexChange.objects.bulk_create([IndexChange(article_id=id) for id in part])


def note_all() -> int:
    """Have every article indexed again. Returns how many."""
    outbox, articles = IndexChange._meta.db_table, Article._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {outbox} (article_id) SELECT id FROM {articles}")  # noqa: S608
        return int(cursor.rowcount)


def note_due() -> int:
    """Have those articles indexed whose hour came since this was last asked. Returns how many.

    Nothing was written when their hour came, so no trigger tells of them. The mark is where the
    last look ended. When the clock was put back, it is put back too, and what lies in between is
    looked at again: it is not public any more and its hour will come once more.
    """
    now = timezone.now()
    mark = DueMark.objects.filter(pk=1).first()
    if mark and mark.until <= now and not came_due(mark.until, now):
        return 0  # nothing is written
    with transaction.atomic():
        mark, is_new = DueMark.objects.select_for_update().get_or_create(
            pk=1, defaults={"until": now}
        )
        if is_new:
            return note_all()  # who knows what came due
        due = came_due(*sorted((mark.until, now)))
        note(due)
        mark.until = now
        mark.save()
    return len(due)


def hidden_ids() -> frozenset[int]:
    """The articles that the index may hold as public although they are not. Ask before searching.

    Searches leave them out, so that what was withdrawn a moment ago is in no count, also while
    nobody drains. One query, of the articles that were there before: what an import adds is in no
    index yet.
    """
    return frozenset(id for (id,) in _HIDDEN.rows(now=timezone.now()))


def hidden() -> QuerySet[IndexChange, tuple[int]]:
    public = public_articles(Given("now", DateTimeField()))
    is_public = public.filter(pk=OuterRef("article_id"))
    changed = IndexChange.objects.filter(~Exists(is_public), applied=False, hides=True)
    return changed.order_by().values_list("article_id")


def catch_up() -> None:
    """Before a search: index what is due and what waits, if this process is the one to do it.

    Never raises because of the index and never waits for another writer: a search that comes
    meanwhile is answered from the index as it is. Costs one small query when nothing is to do.
    """
    if is_inline():
        if has_news():
            note_due()
            drain_if_possible(wait=0)
        purge_soon()


def has_news() -> bool:
    """Does anything wait, or has something come due, or does nobody know?"""
    now = timezone.now()
    for until, is_due, waits in _STATE.rows(now=now):
        return bool(is_due or waits or until > now)
    return True


def state() -> QuerySet[DueMark, tuple[datetime, bool, bool]]:
    dated, freed = due_between(OuterRef("until"), Given("now", DateTimeField()))
    marked = DueMark.objects.filter(pk=1)
    seen = marked.annotate(is_due=Exists(dated) | Exists(freed), waits=Exists(waiting()))
    return seen.values_list("until", "is_due", "waits")


# What every search asks.
_HIDDEN = Prepared(hidden)
_STATE = Prepared(state)


def drain_after_commit() -> None:
    """What follows an editor's commit: their change is found at once, if that can be."""
    drain_if_possible(wait=REQUEST_WAIT)


def drain_if_possible(wait: float, limit: int = REQUEST_BATCH) -> None:
    """Drain one batch. A failure is logged and the rows wait: no request fails over the index."""
    try:
        if waiting().exists():
            drain(limit, wait)
    except EngineBusy:
        logger.info("The index is being written by another process; the changes wait.")
    except IndexUnavailable:
        logger.info("There is no index that can be trusted; the changes wait.")
    except Exception:
        logger.exception("The index could not be brought up to date; the changes wait.")


def is_inline() -> bool:
    """Does each process write the index itself, without a worker?"""
    return bool(settings.SEARCH_SYNC == "inline")

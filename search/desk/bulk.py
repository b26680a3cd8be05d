"""Changes of many articles: counted first, then made in batches that anybody can go on with.

Whoever looks at the page of a change does a batch with each look, and so does `index_worker`; one
at a time, since each locks the change's row. A batch is one transaction: the articles, what became
of them, and how far the change came.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from archive.bulk import Change, Kind, Verdict, change_from, change_make, change_undo, verdicts
from archive.bulk.base import allowed
from archive.models import Article
from archive.rights import NotAllowed, Somebody
from search import outbox
from search.models import BulkChange, BulkItem

logger = logging.getLogger(__name__)

BATCH = 500
"""Articles that are changed in one transaction, which nobody else can write meanwhile (SQLite)."""

KEPT_UNBEGUN = timedelta(days=1)

State = BulkChange.State
UNDER_WAY = (State.RUNNING, State.UNDOING)


@transaction.atomic
def bulk_count(
    *,
    kind: Kind,
    change: Any,
    described: str,
    articles: QuerySet[Article],
    query: str,
    by: Somebody,
) -> BulkChange:
    """Write down which articles would be changed, and count what would become of them.

    Nothing is changed yet. change: as `change_from` makes it of the kind. described, query: for
    those who read of it. Raises NotAllowed.
    """
    editor = allowed(change, by)
    forgotten = BulkChange.objects.filter(
        state=State.COUNTED, counted_at__lt=timezone.now() - KEPT_UNBEGUN
    )
    forgotten.delete()
    bulk = BulkChange.objects.create(
        kind=kind, params=asdict(change), described=described, query=query, by=editor
    )
    bulk.total = write_down(bulk, articles)
    counted = verdicts(change, Article.objects.filter(pk__in=bulk.items.values("article_id")))
    bulk.expected = {verdict.value: count for verdict, count in counted.items()}
    bulk.save(update_fields=["total", "expected"])
    return bulk


def write_down(bulk: BulkChange, articles: QuerySet[Article]) -> int:
    """An item for each of the articles, by ascending id. Returns how many they are."""
    ids, params = articles.order_by().values("pk").distinct().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {BulkItem._meta.db_table} (change_id, article_id) "  # noqa: S608
            f"SELECT {int(bulk.pk)}, pk FROM ({ids}) AS chosen ORDER BY pk",
            params,
        )
        return int(cursor.rowcount)


def bulk_begin(*, bulk: BulkChange, by: Somebody) -> None:
    """Have it made, or go on after it was stopped by an error. Raises NotAllowed."""
    allowed(change_of(bulk), by)
    stopped = BulkChange.objects.filter(pk=bulk.pk)
    stopped.filter(state=State.COUNTED).update(state=State.RUNNING)
    stopped.filter(state__in=UNDER_WAY).update(error="")


def bulk_undo(*, bulk: BulkChange, by: Somebody) -> None:
    """Have it undone: what was changed again since is left alone. Raises NotAllowed."""
    editor = allowed(change_of(bulk), by)
    done = BulkChange.objects.filter(pk=bulk.pk, state=State.DONE)
    done.update(state=State.UNDOING, undone_by=editor, reached=0, done=0, finished_at=None)


def bulk_forget(*, bulk: BulkChange, by: Somebody) -> None:
    """Drop one that was counted and never begun. Raises NotAllowed."""
    allowed(change_of(bulk), by)
    BulkChange.objects.filter(pk=bulk.pk, state=State.COUNTED).delete()


def bulk_step(pk: int) -> bool:
    """Make or undo one batch of a change, unless somebody else is at it. Returns: is there more?

    What fails stops the change, with the error at hand, and its batch is as if never begun.
    """
    try:
        with transaction.atomic():
            return one_batch(pk)
    except OperationalError:
        logger.info("Somebody else writes; the change of many articles waits.", exc_info=True)
        return True
    except NotAllowed as error:
        stop(pk, str(error))
    except Exception as error:  # noqa: BLE001  whatever it is, an editor reads it and decides
        stop(pk, f"{type(error).__name__}: {error}")
    return False


def bulk_go_on(pk: int) -> bool:
    """One batch, and the index after it where no worker sees to that. Returns: is there more?"""
    more = bulk_step(pk)
    if outbox.is_inline():
        outbox.drain_if_possible(wait=0, limit=BATCH)
    return more


def one_batch(pk: int) -> bool:
    under_way = BulkChange.objects.filter(pk=pk, state__in=UNDER_WAY, error="")
    bulk = under_way.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    ).first()
    if bulk is None:
        return False
    undoing = bulk.state == State.UNDOING
    waiting = bulk.items.filter(pk__gt=bulk.reached).order_by("pk")
    if undoing:
        waiting = waiting.filter(verdict=Verdict.CHANGED)
    items = list(waiting[:BATCH])
    if items:
        (undo if undoing else make)(bulk, items)
        bulk.reached = items[-1].pk
        bulk.done += len(items)
    else:
        finish(bulk)
    bulk.save(update_fields=["reached", "done", "state", "finished_at"])
    return bool(items)


def make(bulk: BulkChange, items: list[BulkItem]) -> None:
    made = change_make(
        change=change_of(bulk),
        ids=[item.article_id for item in items],
        editor=somebody(bulk.by),
        now=timezone.now(),
    )
    for item in items:
        item.verdict, item.was = made[item.article_id]
    BulkItem.objects.bulk_update(items, ("verdict", "was"), batch_size=BATCH)


def undo(bulk: BulkChange, items: list[BulkItem]) -> None:
    was = {item.article_id: item.was for item in items}
    change, editor = change_of(bulk), somebody(bulk.undone_by)
    back = change_undo(change=change, was=was, editor=editor, now=timezone.now())
    put_back = [item.pk for item in items if item.article_id in set(back)]
    BulkItem.objects.filter(pk__in=put_back).update(undone=True)


def finish(bulk: BulkChange) -> None:
    if bulk.state == State.RUNNING:
        change_of(bulk).finish()
    bulk.state = State.UNDONE if bulk.state == State.UNDOING else State.DONE
    bulk.finished_at = timezone.now()


def stop(pk: int, error: str) -> None:
    BulkChange.objects.filter(pk=pk).update(error=error)


def bulk_step_oldest() -> bool:
    """One batch of the change that has waited longest. Returns: is there more? For the worker."""
    waiting = BulkChange.objects.filter(state__in=UNDER_WAY, error="").order_by("pk")
    oldest = waiting.values_list("pk", flat=True).first()
    return oldest is not None and bulk_step(oldest)


def outcome(bulk: BulkChange) -> Mapping[Verdict, int]:
    """What became of its articles, of those that were dealt with."""
    rows = bulk.items.exclude(verdict="").order_by().values_list("verdict")
    return Counter({Verdict(verdict): count for verdict, count in rows.annotate(Count("pk"))})


def put_back(bulk: BulkChange) -> int:
    """How many articles its undoing put back."""
    return bulk.items.filter(undone=True).count()


def change_of(bulk: BulkChange) -> Change:
    return change_from(bulk.kind, bulk.params)


def somebody(user: Any) -> Somebody:
    if user is None:
        raise NotAllowed("The account that wanted this is gone.")
    return user  # type: ignore[no-any-return]

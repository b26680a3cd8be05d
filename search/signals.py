"""When the index follows: after a commit, and after a migration has put up its triggers."""

from collections.abc import Callable
from typing import Any

from django.db import connections, transaction
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_migrate
from django.utils import timezone

from archive.models import Article, Mention, Person, PersonAlias, Quotation, Section, Source, Tag
from archive.signals import bulk_changed
from search import outbox, triggers
from search.models import DueMark

FOLLOWED = (Article, Mention, Person, PersonAlias, Quotation, Section, Source, Tag)


def connect(app: Any) -> None:
    pre_migrate.connect(before_migrate, sender=app)
    post_migrate.connect(after_migrate, sender=app)
    for model in FOLLOWED:
        post_save.connect(follow, sender=model)
        post_delete.connect(follow, sender=model)
    m2m_changed.connect(follow, sender=Article.tags.through)
    bulk_changed.connect(follow_to_the_end)


def follow(**_: Any) -> None:
    """Index what this transaction changes, once, as soon as it is committed."""
    planned = [hook[1] for hook in transaction.get_connection().run_on_commit]
    if outbox.is_inline() and outbox.drain_after_commit not in planned:
        transaction.on_commit(outbox.drain_after_commit)


def follow_to_the_end(progress: Callable[[int, int], None], **_: Any) -> None:
    """Index all that waits after a bulk command, which shows how far this is."""
    if outbox.is_inline():
        outbox.drain_all(progress)


def before_migrate(using: str, plan: list[Any], **_: Any) -> None:
    """Take the triggers down while the record's tables are rebuilt.

    SQLite rebuilds a table by dropping it and renaming another, and refuses the renaming while a
    trigger elsewhere names the dropped one. PostgreSQL would run bodies that name old columns.
    """
    if touches_the_record(plan):
        triggers.take_down(connections[using])


def after_migrate(using: str, plan: list[Any] | None = None, **_: Any) -> None:
    """Put the triggers up. After a migration of the record every article is looked at again."""
    connection = connections[using]
    if not triggers.tables_exist(connection):
        return
    triggers.put_up(connection)
    DueMark.objects.get_or_create(pk=1, defaults={"until": timezone.now()})
    if touches_the_record(plan or []):
        outbox.note_all()


def touches_the_record(plan: list[Any]) -> bool:
    return any(migration.app_label in {"archive", "search"} for migration, _ in plan)

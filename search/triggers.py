"""Database triggers that leave a row in the outbox, whichever door a change comes through.

Signals miss `bulk_create`, `queryset.update`, cascades and raw SQL; a trigger misses none of them,
and its row commits or vanishes together with the change.

Every change leaves a row, also where one waits already. To skip it would lose changes: a drainer
may have read the article before this change and be about to delete the row that waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from archive.models import Article, Mention, Person, PersonAlias, Quotation, Section, Source, Tag
from search.models import IndexChange

TABLES = {
    "outbox": IndexChange._meta.db_table,
    "article": Article._meta.db_table,
    "mention": Mention._meta.db_table,
    "quotation": Quotation._meta.db_table,
    "tagging": Article.tags.through._meta.db_table,
}
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger. `body` and `when` are SQL that SQLite and PostgreSQL read alike."""

    name: str
    table: str
    event: str
    body: str
    when: str = ""

    def create(self, vendor: str) -> str:
        condition = f"WHEN ({self.when})" if self.when else ""
        after = f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.table} FOR EACH ROW"
        if vendor == "sqlite":
            return f"{after} {condition} BEGIN {self.body}; END"
        return (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ BEGIN {self.body}; RETURN NULL; END $$;"
            f" {after} {condition} EXECUTE FUNCTION {self.name}()"
        )

    def drop(self, vendor: str) -> str:
        if vendor == "sqlite":
            return f"DROP TRIGGER IF EXISTS {self.name}"
        return f"DROP FUNCTION IF EXISTS {self.name}() CASCADE"


def watch(model: type[Model], articles: str) -> list[Trigger]:
    """Any change of a row of `model` concerns `articles`.

    articles: SQL for their ids; {row} is the row as it was (OLD) or as it becomes (NEW). Only a
    change of the article itself can hide it, and a new one is in no index yet.
    """
    return [
        trigger(model, event, articles, hides=model is Article and event != "INSERT")
        for event in ROWS
    ]


def watch_label(model: type[Model], articles: str) -> Trigger:
    """A new name or slug in a row of `model` concerns `articles`.

    Nothing else does: an article gains or loses such a row through a table that is watched itself.
    """
    return trigger(model, "UPDATE", articles, "OLD.name <> NEW.name OR OLD.slug <> NEW.slug")


def trigger(
    model: type[Model], event: str, articles: str, when: str = "", *, hides: bool = False
) -> Trigger:
    table = model._meta.db_table
    ids = " UNION ".join(articles.format(row=row, **TABLES) for row in ROWS[event])
    rows = f"SELECT *, {hides} FROM ({ids}) AS concerned"  # noqa: S608  names of our own tables
    body = "INSERT INTO {outbox} (article_id, hides) ".format(**TABLES) + rows
    return Trigger(f"search_{table}_{event.lower()}", table, event, body, when)


# Of the person in a row, {person}.
NAMING = (
    "SELECT article_id FROM {mention} WHERE person_id = {person}"
    " UNION SELECT article_id FROM {quotation} WHERE speaker_id = {person}"
)

TRIGGERS = (
    *watch(Article, "SELECT {row}.id"),
    *watch(Mention, "SELECT {row}.article_id"),
    *watch(Quotation, "SELECT {row}.article_id"),
    *watch(Article.tags.through, "SELECT {row}.article_id"),
    *watch(PersonAlias, NAMING.replace("{person}", "{row}.person_id")),
    watch_label(Person, NAMING.replace("{person}", "{row}.id")),
    watch_label(Tag, "SELECT article_id FROM {tagging} WHERE tag_id = {row}.id"),
    watch_label(Section, "SELECT id FROM {article} WHERE section_id = {row}.id"),
    watch_label(Source, "SELECT id FROM {article} WHERE source_id = {row}.id"),
)

PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # A trigger can be switched off (D), as restoring tools do and forget to undo.
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O','A')",
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Make all triggers anew, at once: no change slips through between the old and the new."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for each in TRIGGERS:
            cursor.execute(each.drop(connection.vendor))
            cursor.execute(each.create(connection.vendor))


def take_down(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for each in TRIGGERS:
            cursor.execute(each.drop(connection.vendor))


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of those that are not there, or that are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return [each.name for each in TRIGGERS if each.name not in present]


def tables_exist(connection: BaseDatabaseWrapper) -> bool:
    """Is there anything to watch? Not before the first migrate, nor after one back to zero."""
    needed = {*TABLES.values(), *(each.table for each in TRIGGERS)}
    return needed <= set(connection.introspection.table_names())


def check_triggers(*, databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """A system check. A warning, since an error would keep `migrate` from putting them up."""
    return [
        Warning(
            f"Triggers are missing in the database {alias!r}: {', '.join(missing)}.",
            hint="Run manage.py verify_index: it puts them up and mends what was missed.",
            id="search.W001",
        )
        for alias in databases or ()
        if tables_exist(connections[alias]) and (missing := missing_triggers(connections[alias]))
    ]

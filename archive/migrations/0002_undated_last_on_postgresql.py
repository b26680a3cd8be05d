"""The newest articles first, the undated last, by an index on PostgreSQL too.

The order of `Article` says NULLS LAST. To SQLite that is what DESC means, and no word that it takes
in an index; to PostgreSQL DESC means NULLS FIRST, and the index of the model serves no query.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def undated_last(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _make_anew(schema_editor, "first_published DESC NULLS LAST, id DESC")


def as_declared(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _make_anew(schema_editor, "first_published DESC, id DESC")


def _make_anew(schema_editor: BaseDatabaseSchemaEditor, columns: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX article_newest")
        schema_editor.execute(f"CREATE INDEX article_newest ON archive_article ({columns})")


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunPython(undated_last, as_declared)]

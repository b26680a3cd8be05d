"""How exactly the date of an article is known: a column that all rows have the same in.

Written in SQL that SQLite and PostgreSQL read alike, so that both add it without touching a row:
Django would copy the whole table on SQLite, which takes minutes where there are a million articles.
"""

from django.db import migrations, models


def column(model: str) -> migrations.SeparateDatabaseAndState:
    table = f'archive_{model}'
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD COLUMN date_precision varchar(5) DEFAULT '' NOT NULL",
                f'ALTER TABLE {table} DROP COLUMN date_precision',
            )
        ],
        state_operations=[
            migrations.AddField(
                model_name=model,
                name='date_precision',
                field=models.CharField(blank=True, choices=[('', 'day, or day and time'), ('month', 'month only'), ('year', 'year only')], db_default='', default='', help_text='Of a month or a year give any day above; readers see no day then.', max_length=5, verbose_name='exactness of the date'),
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [('archive', '0013_names_of_links')]
    operations = [column('article'), column('articleversion')]
